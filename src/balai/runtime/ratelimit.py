"""Rate limits that all processes share: one row for each bucket and key, counted by one statement.

The window opens with the first hit and closes `seconds` later, so the waiting time told is exact. What is
counted (a NIK, a phone number, an address) is stored only as a keyed hash.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import ProgrammingError, connection

from balai.runtime import clock, transaction
from balai.runtime.crypto import lookup_hash
from balai.runtime.errors import TooMany
from balai.runtime.models import RateWindow

_TABLE = RateWindow._meta.db_table

# Where the earlier window is over, a new one starts with this hit.
_HIT = f"""
INSERT INTO {_TABLE} (id, started_at, ends_at, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (id) DO UPDATE SET
    count = CASE WHEN {_TABLE}.ends_at <= excluded.started_at THEN 1 ELSE {_TABLE}.count + 1 END,
    started_at = CASE WHEN {_TABLE}.ends_at <= excluded.started_at
                      THEN excluded.started_at ELSE {_TABLE}.started_at END,
    ends_at = CASE WHEN {_TABLE}.ends_at <= excluded.started_at
                   THEN excluded.ends_at ELSE {_TABLE}.ends_at END
RETURNING count
"""  # noqa: S608 (the table's name is our own)


def hit(bucket: str, key: str, *, limit: int, seconds: int) -> None:
    """Count one attempt of `key` in `bucket`; raises TooMany above `limit` attempts in `seconds`.

    Call it before the write transaction of the action, not inside: there a refusal would undo the count
    with everything else, and guessing would be free. Raises ProgrammingError when it is.
    """
    if transaction.is_open():
        raise ProgrammingError(f"ratelimit.hit({bucket!r}) inside a write transaction would be rolled back")
    window = lookup_hash(key, context=f"ratelimit.{bucket}")
    now = clock.now()
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(_HIT, [window, adapt(now), adapt(now + timedelta(seconds=seconds))])
        count: int = cursor.fetchone()[0]
    if count > limit:
        ends_at = RateWindow.objects.values_list("ends_at", flat=True).get(pk=window)
        raise TooMany(bucket, retry_after=int((ends_at - now).total_seconds()) + 1)


def forgive(bucket: str, key: str) -> None:
    """Forget the attempts of `key`, after one that succeeded."""
    RateWindow.objects.filter(pk=lookup_hash(key, context=f"ratelimit.{bucket}")).delete()


def sweep() -> int:
    """Delete windows that are over; returns how many."""
    return RateWindow.objects.filter(ends_at__lte=clock.now()).delete()[0]

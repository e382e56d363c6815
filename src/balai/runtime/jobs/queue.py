"""The queue itself: rows in the same database, so that a job exists exactly when its cause does.

Two statements carry it, written in SQL that SQLite (3.35+) and PostgreSQL share: an insert that respects
keys, and a claim that returns what it took. Everything else is ordinary.
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from balai.runtime import clock
from balai.runtime.models import Job, JobState
from balai.runtime.redaction import is_personal

FIRST_DELAY_SECONDS = 5
LONGEST_DELAY_SECONDS = 3600

_TABLE = Job._meta.db_table

# A key whose job is held by a worker right now has perhaps been read past already: it runs once again.
_INSERT = f"""
INSERT INTO {_TABLE} (name, key, payload, state, run_at, lease, again, attempts, created_at, last_error)
VALUES (%s, %s, %s, 'waiting', %s, '', %s, 0, %s, '')
ON CONFLICT (name, key) WHERE state = 'waiting' AND NOT (key = '')
DO UPDATE SET
    again = ({_TABLE}.lease <> ''),
    run_at = CASE WHEN {_TABLE}.lease = '' AND excluded.run_at < {_TABLE}.run_at
                  THEN excluded.run_at ELSE {_TABLE}.run_at END
"""  # noqa: S608 (the table's name is our own)

_CLAIM = f"""
UPDATE {_TABLE} SET lease = %s, run_at = %s, attempts = attempts + 1
WHERE id = (SELECT id FROM {_TABLE} WHERE state = 'waiting' AND run_at <= %s
            ORDER BY run_at, id LIMIT 1 {{skip_locked}})
RETURNING id
"""  # noqa: S608 (the table's name is our own)


def enqueue(name: str, /, *, key: str = "", run_at: datetime | None = None, **payload: Any) -> None:
    """Owe a job: one row, in the caller's transaction.

    While a job of the same name and non-empty key is not finished no second row is made; if a worker is
    busy with it, it runs once more afterwards, so that what was just committed is not overlooked.
    `payload` holds plain ids (text, whole numbers, booleans, UUIDs, None), never personal values.
    Raises TypeError for other types, ValueError for a value that looks like a NIK or a phone number.
    """
    now = _instant(clock.now())
    due = now if run_at is None else _instant(run_at)
    body = json.dumps({field: _plain(field, value) for field, value in payload.items()}, sort_keys=True)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [name, key, body, due, False, now])


def _plain(field: str, value: Any) -> str | int | bool | None:
    if isinstance(value, UUID):
        return str(value)
    if value is not None and not isinstance(value, str | int | bool):
        raise TypeError(f"job payload {field}: {type(value).__name__} is not a plain id")
    if isinstance(value, str) and is_personal(value):
        raise ValueError(f"job payload {field}: looks like a NIK or a phone number; pass the row's id")
    return value


def _instant(at: datetime) -> Any:
    """An instant as the database's driver takes it in raw SQL."""
    return connection.ops.adapt_datetimefield_value(at)


def claim(*, lease_seconds: float) -> Job | None:
    """Take the job that has been due longest, for so many seconds; None when nothing is due.

    Safe beside other workers: on PostgreSQL rows being claimed are skipped, SQLite has one writer.
    """
    now = clock.now()
    if not Job.objects.filter(state=JobState.WAITING, run_at__lte=now).exists():
        return None  # a reading costs no lock; an idle town writes nothing
    skip_locked = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    ends = _instant(now + timedelta(seconds=lease_seconds))
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM.format(skip_locked=skip_locked), [secrets.token_hex(16), ends, _instant(now)])
        row = cursor.fetchone()
    return None if row is None else Job.objects.get(pk=row[0])


def prolong(job: Job, *, lease_seconds: float) -> bool:
    """Hold the job longer; False when the lease was lost."""
    ends = clock.now() + timedelta(seconds=lease_seconds)
    return bool(_held(job).update(run_at=ends))


def finish(job: Job) -> bool:
    """The job is done: its row goes, or it becomes due again when its key was enqueued meanwhile.

    False when the lease was lost (another worker has the job now; its handler is idempotent).
    """
    if _held(job).filter(again=False).delete()[0]:
        return True
    return bool(_held(job).update(lease="", again=False, attempts=0, run_at=clock.now(), last_error=""))


def put_back(job: Job, *, error: str, most_attempts: int) -> bool:
    """The job failed: due again after a growing delay, or dead. True when it is dead now.

    One whose key was enqueued meanwhile lives on as the new one: what was just committed is still owed.
    Of a key one dead row is kept, the latest: it owes the same work.
    """
    if job.attempts >= most_attempts:
        _held(job).filter(again=True).update(lease="", again=False, attempts=0, last_error=error)
        died = bool(_held(job).update(state=JobState.DEAD, lease="", run_at=clock.now(), last_error=error))
        if died and job.key:
            Job.objects.filter(name=job.name, key=job.key, state=JobState.DEAD).exclude(pk=job.pk).delete()
        return died
    _held(job).update(lease="", run_at=clock.now() + delay_after(job.attempts), last_error=error)
    return False


def delay_after(attempts: int) -> timedelta:
    """5 s, 10 s, 20 s, … up to an hour."""
    doubled = FIRST_DELAY_SECONDS * 2 ** min(attempts - 1, 20)
    return timedelta(seconds=min(doubled, LONGEST_DELAY_SECONDS))


def revive(ids: list[int] | None = None) -> int:
    """Give dead jobs (all, or these) a new life; returns how many. A key that is owed anew stays dead."""
    dead = Job.objects.filter(state=JobState.DEAD)
    found = dead if ids is None else dead.filter(pk__in=ids)
    return sum(revive_one(pk) for pk in found.order_by("pk").values_list("pk", flat=True))


def revive_one(job_id: int) -> bool:
    """A dead job waits again, with all its attempts; False when its key is owed already, or it is alive."""
    dead = Job.objects.filter(pk=job_id, state=JobState.DEAD)
    try:
        with transaction.atomic():
            return bool(
                dead.update(state=JobState.WAITING, lease="", again=False, attempts=0, run_at=clock.now())
            )
    except IntegrityError:  # job_one_per_key
        return False


def _held(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, lease=job.lease, state=JobState.WAITING)

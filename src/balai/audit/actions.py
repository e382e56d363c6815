"""Writing to the journal, inside the caller's transaction; sealing what was written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection

from balai.audit.models import Batch, Entry, Reading
from balai.audit.sealing import FIRST_HEAD, head_of, leaf_of
from balai.kernel.references import Actor, Subject
from balai.runtime import clock
from balai.runtime.crypto import sign_journal
from balai.runtime.redaction import redact
from balai.runtime.transaction import write_transaction

_INSERT = f"""
INSERT INTO {Entry._meta.db_table}
    (at, event, by_kind, by_id, by_name, about_label, about_id, note, data)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""  # noqa: S608 (the table's name is our own)

NAME_LENGTH = 150
NOTE_LENGTH = 500
BATCH_ROWS = 1000


def record(
    event: str, *, by: Actor, about: Subject, note: str = "", data: Mapping[str, Any] | None = None
) -> None:
    """Add one line: `by` did `event` ("cases.approved") to `about`.

    `data` holds plain JSON values. Sixteen-digit numbers and phone numbers in note, name and data are
    replaced: the journal is read by many and kept for long, and holds no clear personal identifier.
    Written in SQL because every action of the house pays for it (a fifth of the ORM's cost).
    """
    values = [
        connection.ops.adapt_datetimefield_value(clock.now()),
        event,
        by.kind,
        str(by.id),
        redact(by.name)[:NAME_LENGTH],
        about.label,
        str(about.id),
        redact(note.replace("\0", ""))[:NOTE_LENGTH] if note else "",
        redact(canonical_json(data)) if data else "{}",
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)


def record_reading(*, by: Actor, about: Subject, what: str, purpose: str, office: str = "") -> None:
    """Add one line: `by` looked at `what` ("nik", "berkas") of `about`, for `purpose`, in that office."""
    data = {"what": what, "office": office} if office else {"what": what}
    record(Reading.EVENT, by=by, about=about, note=purpose, data=data)


def canonical_json(data: Mapping[str, Any]) -> str:
    """One text for one value: sorted names, no spaces."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@write_transaction
def seal_next(*, most: int = BATCH_ROWS) -> Batch | None:
    """Seal the oldest unsealed entries as the next batch; None when there are none.

    A row that commits late, with a lower id than rows sealed before, simply comes into the next batch.
    Two sealers at once take the same number, and the key refuses the second.
    """
    entries = list(Entry.objects.filter(batch=None).order_by("id")[:most])
    if not entries:
        return None
    last = Batch.objects.order_by("-number").first()
    batch = Batch(
        number=last.number + 1 if last else 1,
        sealed_at=clock.now(),
        count=len(entries),
        total=(last.total if last else 0) + len(entries),
        leaves=b"".join(leaf_of(entry).packed() for entry in entries),
        previous_head=last.head if last else FIRST_HEAD,
    )
    batch.head = head_of(batch)
    batch.signature = sign_journal(batch.head.encode())
    batch.save(force_insert=True)
    # The plain manager: the one change that a row knows is the number of its batch.
    Entry._base_manager.filter(pk__in=[entry.pk for entry in entries]).update(batch=batch.number)
    return batch

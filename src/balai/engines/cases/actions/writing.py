"""The applicant's words to the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balai.engines.cases.models import Case
from balai.kernel.references import Subject
from balai.runtime.crypto import lookup_hash
from balai.runtime.errors import NotFound
from balai.runtime.transaction import write_transaction
from balai.sync import actions as sync
from balai.threads import actions as threads
from balai.threads import queries as notes

if TYPE_CHECKING:
    from balai.people.models import Citizen
    from balai.threads.models import Note

KIND = "cases.message"


@write_transaction
def write(*, by: Citizen, case: Case, text: str, key: str = "") -> tuple[Note, bool]:
    """The message, and whether it is new: the same key of the same citizen writes once.

    Raises NotFound, KeyReused (the key stood for other words), and what `threads.post` raises.
    """
    if case.applicant_id != by.pk:
        raise NotFound(case.number)
    owner, key = by.as_subject(), f"{case.pk}:{key}" if key else ""
    if key:
        mark = lookup_hash(text, context=KIND)
        earlier = sync.once(owner=owner, kind=KIND, key=key, fingerprint=mark)
        if earlier is not None:
            return notes.note(earlier.result.id), False
    row = threads.post(by=by.as_actor(), subject=case.as_subject(), text=text)
    if key:
        sync.finish(owner=owner, kind=KIND, key=key, result=Subject("threads.note", str(row.pk)))
    return row, True

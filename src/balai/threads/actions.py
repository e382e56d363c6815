"""Writing a note."""

from __future__ import annotations

from balai.audit import actions as audit
from balai.kernel.errors import ValueRefused
from balai.kernel.names import short_name
from balai.kernel.references import Actor, Subject
from balai.kernel.text import clean_text
from balai.runtime import clock
from balai.runtime.transaction import write_transaction
from balai.threads.enums import Audience
from balai.threads.errors import NoteEmpty, NoteNotInside, NoteTooLong, NoteUnreadable
from balai.threads.models import Note

LONGEST = 2000


@write_transaction
def post(*, by: Actor, subject: Subject, text: str, audience: Audience = Audience.CITIZEN) -> Note:
    """Add a note to a subject. Whether `by` may write about it is for the engine to have asked.

    Raises NoteEmpty, NoteTooLong, NoteUnreadable; NoteNotInside when a citizen writes an internal note.
    The journal keeps that a note was written, never its words.
    """
    if audience == Audience.INTERNAL and by.kind == "citizen":
        raise NoteNotInside()
    note = Note.objects.create(
        subject_label=subject.label,
        subject_id=str(subject.id),
        author_kind=by.kind,
        author_id=by.id,
        author_name=short_name(by.name) or by.name,
        text=_clean(text),
        audience=audience,
        created_at=clock.now(),
    )
    audit.record("threads.posted", by=by, about=subject, data={"audience": str(audience)})
    return note


def _clean(text: str) -> str:
    try:
        cleaned = clean_text(text, multiline=True)
    except ValueRefused:
        raise NoteUnreadable() from None
    if not cleaned:
        raise NoteEmpty()
    if len(cleaned) > LONGEST:
        raise NoteTooLong(most=LONGEST)
    return cleaned

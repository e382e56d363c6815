"""Reading notes."""

from __future__ import annotations

from balai.kernel.references import Subject
from balai.threads.enums import Audience
from balai.threads.models import Note

MOST = 200


def notes(subject: Subject, audience: Audience) -> list[Note]:
    """Notes about a subject, oldest first, at most the newest 200; one statement.

    `Audience.CITIZEN` gives what a citizen may read; `Audience.INTERNAL` is the officer's view: all.
    """
    rows = Note.objects.filter(subject_id=str(subject.id), subject_label=subject.label)
    if audience != Audience.INTERNAL:
        rows = rows.filter(audience=Audience.CITIZEN)
    return list(reversed(rows.order_by("-id")[:MOST]))


def note(id: str) -> Note:
    """One note by its id, which no page gives away; Note.DoesNotExist for an id that no action gave."""
    return Note.objects.get(pk=id)

"""Reading letters and their files."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from balai.documents.enums import LetterState
from balai.documents.errors import NotPublished
from balai.documents.models import Letter
from balai.documents.permissions import READ_BOOK
from balai.files import queries as files
from balai.files.models import Upload
from balai.kernel.references import Subject
from balai.people.models import Officer


def letter(id: UUID | str) -> Letter | None:
    """The letter with its number, or None."""
    try:
        key = UUID(str(id))
    except ValueError:
        return None
    return Letter.objects.select_related("number").filter(pk=key).first()


def letters_of(owner: Subject) -> QuerySet[Letter]:
    """All letters made for a thing, oldest first, void ones included."""
    found = Letter.objects.filter(owner_label=owner.label, owner_id=owner.id)
    return found.select_related("number").order_by("id")


def letter_upload(letter: Letter) -> Upload | None:
    """The stored PDF of a published letter; its address is `.url`."""
    if letter.state != LetterState.PUBLISHED or letter.upload_id is None:
        return None
    return files.upload(letter.upload_id)


def letter_content(letter: Letter) -> bytes:
    """The PDF of a published letter; raises NotPublished before that."""
    stored = letter_upload(letter)
    if stored is None:
        raise NotPublished()
    return files.open_content(stored)


def may_see_published(officer: Officer, letter: Letter) -> bool:
    """Whether the officer reads the book that it stands in, or initialled or signed it."""
    if officer.has_permission(READ_BOOK, letter.office_code):
        return True
    return letter.turns.filter(officer=officer).exists()

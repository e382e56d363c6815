"""Registry: who is told that a letter is published, and through whom its file is read.

`register("cases.case", on_published=…)` in `apps.ready()`. `on_published(owner_id, letter_id)` is called
outside any transaction, at least once, after the publication is committed: it opens its own write
transaction with its own locks, and is idempotent. Who may read the published file is what `may_read`
says, else what `files.readers` says for the owner's label.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from balai.documents.enums import LetterState
from balai.files import readers

OnPublished = Callable[[str, str], None]
_owners: dict[str, OnPublished] = {}
_letter_readers: dict[str, readers.CanRead] = {}


def register(label: str, *, on_published: OnPublished, may_read: readers.CanRead | None = None) -> None:
    """Say who is told, and who reads letters if not whoever reads files; a second answer is a mistake."""
    if _owners.get(label, on_published) is not on_published:
        raise ValueError(f"owner of letters {label} is registered twice")
    _owners[label] = on_published
    if may_read is not None:
        _letter_readers[label] = may_read


def tell(label: str, owner_id: str, letter_id: str) -> None:
    """Tell the owner's package; labels that nobody registered are told nothing."""
    on_published = _owners.get(label)
    if on_published is not None:
        on_published(owner_id, letter_id)


def may_read_letter(request: HttpRequest, letter_id: str) -> bool:
    """Reader of files of letters: published ones, by whomever the letter's owner lets read them."""
    from balai.documents import queries  # noqa: PLC0415  # models load after this module

    letter = queries.letter(letter_id)
    if letter is None or letter.state != LetterState.PUBLISHED:
        return False
    can_read = _letter_readers.get(letter.owner_label)
    if can_read is not None:
        return can_read(request, letter.owner_id)
    return readers.may_read(request, letter.owner_label, letter.owner_id)


def forget(label: str) -> None:
    """Take an answer back; for tests that register their own."""
    _owners.pop(label, None)
    _letter_readers.pop(label, None)

"""Registry: who is told what becomes of a letter, and through whom its file is read.

`register("cases.case", on_published=…, on_news=…)` in `apps.ready()`. Both are called outside any
transaction, at least once, after the fact is committed: they open their own write transaction with their
own locks, and are idempotent. Publication goes to `on_published(owner_id, letter_id)`; everything else
(`News.INITIALLED`, REFUSED, REVOKED, VOIDED) to `on_news(owner_id, letter_id, news, turn_id)`, where
`turn_id` is the turn that it came from, "" when it came from none. Who may read the published file is what
`may_read` says, else what `files.readers` says for the owner's label. `describe(owner_id)` gives whoever
initials and signs what the letter rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from balai.documents.enums import LetterState, News
from balai.files import readers

OnPublished = Callable[[str, str], None]
OnNews = Callable[[str, str, News, str], None]


@dataclass(frozen=True)
class Description:
    """What a letter is for: its number there, the page of it for officers, and facts as label and value."""

    number: str = ""
    url: str = ""
    facts: Sequence[tuple[str, str]] = ()


Describe = Callable[[str], Description]


@dataclass(frozen=True)
class _Owner:
    on_published: OnPublished
    on_news: OnNews | None = None
    may_read: readers.CanRead | None = None
    describe: Describe | None = None


_owners: dict[str, _Owner] = {}


def register(
    label: str,
    *,
    on_published: OnPublished,
    on_news: OnNews | None = None,
    may_read: readers.CanRead | None = None,
    describe: Describe | None = None,
) -> None:
    """Say who is told, who reads letters if not whoever reads files; a second answer is a mistake."""
    owner = _Owner(on_published, on_news, may_read, describe)
    if _owners.get(label, owner) != owner:
        raise ValueError(f"owner of letters {label} is registered twice")
    _owners[label] = owner


def tell(label: str, owner_id: str, letter_id: str, news: News = News.PUBLISHED, turn_id: str = "") -> None:
    """Tell the owner's package; labels that nobody registered are told nothing."""
    owner = _owners.get(label)
    if owner is None:
        return
    if news is News.PUBLISHED:
        owner.on_published(owner_id, letter_id)
    elif owner.on_news is not None:
        owner.on_news(owner_id, letter_id, news, turn_id)


def description_of(label: str, owner_id: str) -> Description:
    """What the owner's package says that the letter is for; empty where it says nothing."""
    owner = _owners.get(label)
    return owner.describe(owner_id) if owner is not None and owner.describe is not None else Description()


def may_read_letter(request: HttpRequest, letter_id: str) -> bool:
    """Reader of files of letters: published ones, by whomever the letter's owner lets read them.

    An officer also reads what lies in her own house's book, and what she initialled or signed herself.
    """
    from balai.documents import queries  # noqa: PLC0415  # models load after this module

    letter = queries.letter(letter_id)
    if letter is None or letter.state != LetterState.PUBLISHED:
        return False
    officer = getattr(request, "officer", None)
    if officer is not None and queries.may_see_published(officer, letter):
        return True
    owner = _owners.get(letter.owner_label)
    if owner is not None and owner.may_read is not None:
        return owner.may_read(request, letter.owner_id)
    return readers.may_read(request, letter.owner_label, letter.owner_id)


def forget(label: str) -> None:
    """Take an answer back; for tests that register their own."""
    _owners.pop(label, None)

"""Showing a letter to somebody by a link, and taking the link back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from balai import audit
from balai.documents.models import Letter, Share
from balai.documents.wallet import queries, rules
from balai.documents.wallet.errors import (
    ContentClosed,
    NoteRefused,
    NotShareable,
    SpanRefused,
    TooManyLinks,
)
from balai.kernel.errors import ValueRefused
from balai.kernel.references import Actor
from balai.kernel.text import clean_text
from balai.people.today import local_today
from balai.runtime import clock
from balai.runtime.errors import NotFound
from balai.runtime.transaction import lock, write_transaction

if TYPE_CHECKING:
    from balai.people.models import Citizen


@write_transaction(locks="letter")
def share(*, by: Citizen, letter: Letter, days: int, note: str = "") -> Share:
    """A link that opens the letter for so many days; `note` says for whom, and only the holder reads it.

    Raises NotFound (another's letter), ContentClosed, NotShareable, SpanRefused, NoteRefused,
    TooManyLinks.
    """
    letter, at = lock(letter), clock.now()
    _require_holder(by, letter)
    if not rules.may_read_content(by):
        raise ContentClosed()
    if not rules.is_shareable(letter, local_today()):
        raise NotShareable()
    if days not in rules.SPANS:
        raise SpanRefused()
    if len(queries.open_shares(letter, at)) >= rules.MOST_OPEN:
        raise TooManyLinks(count=rules.MOST_OPEN)
    row = Share(letter=letter, note=_noted(note), made_at=at, expires_at=at + timedelta(days=days))
    row.token_hash = rules.token_hash(rules.token_of(row))
    row.save(force_insert=True)
    about = letter.as_subject()
    audit.record("documents.shared", by=by.as_actor(), about=about, data={"share": str(row.pk), "days": days})
    return row


def _require_holder(by: Citizen, letter: Letter) -> None:
    holder, asks = letter.holder, by.as_subject()
    if holder is None or (holder.label, holder.id) != (asks.label, asks.id):
        raise NotFound(letter.pk)


def _noted(text: str) -> str:
    try:
        return clean_text(text, multiline=False)[: rules.LONGEST_NOTE]
    except ValueRefused:
        raise NoteRefused() from None


@write_transaction(locks="share")
def close_share(*, by: Citizen, share: Share) -> Share:
    """The link opens nothing any more; again is no error. Raises NotFound for another's."""
    _require_holder(by, share.letter)
    fresh = lock(share)
    if fresh.closed_at is None:
        fresh.closed_at = clock.now()
        fresh.save(update_fields=["closed_at"])
        audit.record("documents.share_closed", by=by.as_actor(), about=fresh.as_subject())
    return fresh


@write_transaction
def note_opening(*, by: Actor, share: Share) -> None:
    """Somebody looked: counted at the link, and told to the holder among those who read her data."""
    Share.objects.filter(pk=share.pk).update(times_opened=F("times_opened") + 1, last_opened_at=clock.now())
    holder = share.letter.holder
    if holder is not None:
        audit.record_reading(
            by=by, about=holder, what=share.letter.title, purpose=_("Tautan yang Anda bagikan")
        )

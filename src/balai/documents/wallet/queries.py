"""Reading the wallet. Every query asks who asks; absent and forbidden look alike."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from balai.documents.enums import LetterState
from balai.documents.models import Letter, Share
from balai.documents.wallet import rules
from balai.documents.wallet.errors import (
    LetterReplaced,
    LetterRevoked,
    LinkClosed,
    LinkExpired,
    LinkUnknown,
)
from balai.documents.wallet.rules import Standing
from balai.people.today import local_today
from balai.runtime.errors import NotFound

if TYPE_CHECKING:
    from balai.people.models import Citizen

MOST_LETTERS = 200


def letters_of(citizen: Citizen) -> list[Letter]:
    """Letters issued to the citizen or in the making for her, newest first, at most 200; no void ones."""
    holder = citizen.as_subject()
    found = Letter.objects.filter(holder_label=holder.label, holder_id=holder.id)
    living = found.exclude(state=LetterState.VOID).select_related("number")
    return list(living.order_by("-requested_at", "-id")[:MOST_LETTERS])


def usable_count(citizen: Citizen) -> int:
    """How many letters of the citizen hold today."""
    holder, today = citizen.as_subject(), local_today()
    found = Letter.objects.filter(holder_label=holder.label, holder_id=holder.id, state=LetterState.PUBLISHED)
    holding = found.filter(revoked_at=None).exclude(valid_until_on__lt=today)
    return holding.count()


def letter_of(citizen: Citizen, letter_id: UUID) -> Letter:
    """One letter of the citizen's; raises NotFound."""
    holder = citizen.as_subject()
    found = Letter.objects.filter(pk=letter_id, holder_label=holder.label, holder_id=holder.id)
    letter = found.exclude(state=LetterState.VOID).select_related("number").first()
    if letter is None:
        raise NotFound(letter_id)
    return letter


def successor_of(letter: Letter) -> Letter | None:
    """The published letter that stands in its place, or None."""
    found = Letter.objects.filter(replaces=letter, state=LetterState.PUBLISHED)
    return found.select_related("number").first()


def open_shares(letter: Letter, now: datetime) -> list[Share]:
    """Links to the letter that open it now, newest first."""
    return list(letter.shares.filter(closed_at=None, expires_at__gt=now).order_by("-made_at", "-id"))


def share_of(citizen: Citizen, share_id: UUID) -> Share:
    """A link to a letter of the citizen's; raises NotFound."""
    holder = citizen.as_subject()
    found = Share.objects.filter(
        pk=share_id, letter__holder_label=holder.label, letter__holder_id=holder.id
    ).select_related("letter")
    share = found.first()
    if share is None:
        raise NotFound(share_id)
    return share


def share_behind(token: str, now: datetime) -> Share:
    """The link that somebody opens, with its letter.

    Raises LinkUnknown, LinkClosed, LinkExpired, LetterRevoked or LetterReplaced.
    """
    found = Share.objects.filter(token_hash=rules.token_hash(token))
    share = found.select_related("letter", "letter__number").first()
    if share is None:
        raise LinkUnknown()
    if share.closed_at is not None:
        raise LinkClosed()
    if share.expires_at <= now:
        raise LinkExpired()
    stands = rules.standing(share.letter, local_today())
    if stands == Standing.REVOKED:
        raise LetterRevoked()
    if stands == Standing.REPLACED:
        raise LetterReplaced()
    return share

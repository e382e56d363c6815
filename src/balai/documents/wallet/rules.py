"""Where a letter stands for its holder, and what she may do with it. Nothing here asks the database."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balai.documents.enums import LetterState, SignatureKind
from balai.people.enums import IdentityLevel
from balai.runtime.crypto import lookup_hash

if TYPE_CHECKING:
    from balai.documents.models import Letter, Share
    from balai.people.models import Citizen

SPANS = (1, 7, 30)
"""Days for which a link may live."""
MOST_OPEN = 20
LONGEST_NOTE = 100
REPLACED = "replaced"
"""The code of a revocation that came with a new letter (`documents` revokes the old one with it)."""
_TOKEN_LENGTH = 40  # hexadecimal digits: 160 bits


class Standing(TextChoices):
    """What a letter is worth today."""

    MAKING = "making", _("Sedang dibuat")
    VALID = "valid", _("Berlaku")
    EXPIRED = "expired", _("Lewat masa berlaku")
    REPLACED = "replaced", _("Diganti")
    REVOKED = "revoked", _("Dicabut")


TONES = {
    Standing.MAKING: "waiting",
    Standing.VALID: "good",
    Standing.EXPIRED: "neutral",
    Standing.REPLACED: "neutral",
    Standing.REVOKED: "late",
}


def standing(letter: Letter, today: date) -> Standing:
    """Where the letter stands on `today`, the government's own day; the last day of validity still counts."""
    if letter.state != LetterState.PUBLISHED:
        return Standing.MAKING
    if letter.is_revoked:
        return Standing.REPLACED if letter.revocation_code == REPLACED else Standing.REVOKED
    if letter.valid_until_on is not None and letter.valid_until_on < today:
        return Standing.EXPIRED
    return Standing.VALID


def may_read_content(citizen: Citizen) -> bool:
    """Whether an officer has seen the holder's card: at the counter, or when she took a letter there."""
    return citizen.identity_level.reaches(IdentityLevel.COUNTER_PROVEN)


def is_file_the_letter(letter: Letter) -> bool:
    """Whether the file is the letter itself; of one signed in ink it is only what was printed."""
    return letter.state == LetterState.PUBLISHED and letter.signature == SignatureKind.CERTIFIED


def is_shareable(letter: Letter, today: date) -> bool:
    """Whether a link to it would help whoever opens it."""
    return is_file_the_letter(letter) and standing(letter, today) == Standing.VALID


def token_of(share: Share) -> str:
    """The secret part of the link: derived, never stored, so that its owner can copy it again.

    HMAC of the row's id under the lookup key, like the PIN of a slip; the row keeps a hash of it.
    """
    return lookup_hash(str(share.pk), context="documents.share")[:_TOKEN_LENGTH]


def token_hash(token: str) -> str:
    """What a link is found by."""
    return lookup_hash(token, context="documents.share.token")

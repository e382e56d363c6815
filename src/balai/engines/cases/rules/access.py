"""Which permissions there are, and who may do what at which office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from balai.documents.permissions import INITIAL, REVOKE, SIGN
from balai.engines.cases.errors import NotYourStep

if TYPE_CHECKING:
    from balai.people.models import Officer

CHECK = "cases.check"
DECIDE = "cases.decide"
PRODUCE = "cases.produce"
HAND_OVER = "cases.hand_over"
RETURN_AGAIN = "cases.return_again"
ATTEST = "cases.attest"
RECOMMEND = "cases.recommend"
VISIT = "cases.visit"
REVIEW = "cases.review"

PERMISSIONS = {
    CHECK: _("Memeriksa berkas permohonan"),
    DECIDE: _("Menyetujui atau menolak permohonan"),
    PRODUCE: _("Mencetak surat dan menaruhnya di rak"),
    HAND_OVER: _("Menyerahkan surat kepada warga"),
    RETURN_AGAIN: _("Mengembalikan berkas untuk kedua kalinya"),
    ATTEST: _("Memberi keterangan sebagai ketua RT"),
    RECOMMEND: _("Memberi pendapat atas permohonan"),
    VISIT: _("Meninjau lapangan"),
    REVIEW: _("Memeriksa keberatan atas penolakan"),
}
DECIDING = (DECIDE, SIGN)
# Whoever initials, signs or revokes a letter (`documents.permissions`) sees the case behind it.
SEEING = (*PERMISSIONS, INITIAL, SIGN, REVOKE)
TRAYS = (CHECK, DECIDE, PRODUCE, HAND_OVER, ATTEST, RECOMMEND, VISIT, REVIEW, INITIAL, SIGN)
# Who has such a step before her may judge, return and reject.
JUDGING = (CHECK, DECIDE, INITIAL, SIGN)
# Whoever says what she knows or thinks reads the case for that, and no longer.
OPINIONS = ("attest", "recommend")
# Whoever is asked may judge nothing, whatever permission the step is done by: the village answers for an RT
# without an office, and goes to a home, as one that checks.
ASKED = (*OPINIONS, "visit")


def may(officer: Officer, permission: str, office_code: str) -> bool:
    """Whether the officer may do the act at the office today."""
    return officer.has_permission(permission, office_code)


def require(officer: Officer, permission: str, office_code: str) -> None:
    """Raise NotYourStep unless the officer may do the act at the office today."""
    if not may(officer, permission, office_code):
        raise NotYourStep()


def may_judge(officer: Officer, act: str, permission: str, office_code: str) -> bool:
    """Whether a step of this act and permission at this office lets the officer judge and return today."""
    return act not in ASKED and permission in JUDGING and may(officer, permission, office_code)


def stands_in_for_rt(act: str, permission: str) -> bool:
    """Whether a step of the RT lies at the village, because the RT has no office here."""
    return act == "attest" and permission != ATTEST


def may_see(officer: Officer, office_codes: frozenset[str]) -> bool:
    """Whether the officer does any act of this engine at one of the case's offices."""
    return any(not office_codes.isdisjoint(officer.office_codes(name)) for name in SEEING)

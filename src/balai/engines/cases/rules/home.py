"""Jemput bola: the office comes to whoever cannot come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from balai.catalogue.schema import ServiceDefinition, Step
from balai.engines.cases.enums import HomeReason
from balai.engines.cases.errors import HomeVisitRefused
from balai.engines.cases.rules.access import CHECK
from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text

# Beside all other steps, opened with the case, done by whoever checks.
STEP = Step(
    id="home_visit",
    act="visit",
    title="Kunjungan ke rumah",
    permission=CHECK,
    office="own",
    after=(),
)
SHORTEST, LONGEST = 5, 200


@dataclass(frozen=True)
class HomeVisit:
    """Why the office should come, and where to."""

    reason: str
    address: str


class Asked(Protocol):
    """A case, as far as the rules look at it."""

    home_reason: str


def checked(service: ServiceDefinition, wanted: HomeVisit | None) -> HomeVisit | None:
    """The request as it may be kept; raises HomeVisitRefused."""
    if wanted is None:
        return None
    try:
        address = clean_text(wanted.address, multiline=False)
    except ValueRefused:
        raise HomeVisitRefused() from None
    is_whole = wanted.reason in HomeReason.values and SHORTEST <= len(address) <= LONGEST
    if not service.home_visit or not is_whole:
        raise HomeVisitRefused()
    return HomeVisit(wanted.reason, address)


def text_of(case: Asked) -> str:
    """The request in words, "" without one."""
    if not case.home_reason:
        return ""
    return _("Anda meminta petugas datang ke rumah (%(reason)s).") % {
        "reason": str(HomeReason(case.home_reason).label).lower()
    }

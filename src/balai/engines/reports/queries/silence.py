"""Through which doors reports come, and since when none did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from balai.engines.reports.enums import Channel
from balai.engines.reports.models import Report
from balai.kernel.references import Subject

SILENCE_LABEL = "reports.silence"
OWN_DOORS = (
    Channel.WEB,
    Channel.API,
    Channel.OPEN311,
    Channel.SMS,
    Channel.WHATSAPP,
    Channel.EMAIL,
)
"""Doors that only work while machines do; what officers write down says nothing about them."""


@dataclass(frozen=True)
class Door:
    """A channel, and when the last report came through it."""

    label: str
    last_at: datetime | None
    is_own: bool


def last_of_own_doors() -> tuple[Report | None, Report | None]:
    """The last report that came by itself, and the one before it.

    Where none ever did, the first of all counts: people report, and the machines never heard of it.
    """
    rows = list(Report.objects.filter(channel__in=OWN_DOORS).order_by("-filed_at", "-id")[:2])
    if not rows:
        return Report.objects.order_by("filed_at", "id").first(), None
    return rows[0], rows[1] if len(rows) > 1 else None


def silence_after(report: Report) -> Subject:
    """The silence that began after this report."""
    return Subject(SILENCE_LABEL, str(report.pk))


def doors() -> list[Door]:
    """Every channel with its last report, the town's own first."""
    found = [
        Door(str(channel.label), _last_at(channel), channel in OWN_DOORS)
        for channel in Channel
        if channel != Channel.LAPOR
    ]
    return sorted(found, key=lambda door: not door.is_own)


def _last_at(channel: Channel) -> datetime | None:
    rows = Report.objects.filter(channel=channel).order_by("-filed_at")
    return rows.values_list("filed_at", flat=True).first()

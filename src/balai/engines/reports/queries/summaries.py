"""What is told of many reports at once: a fixed number of statements, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from balai.engines.reports.enums import ClockName, EventKind, ReportState
from balai.engines.reports.models import Event, Evidence, Report
from balai.engines.reports.models.report import SUBJECT_LABEL
from balai.engines.reports.queries import definitions, telling
from balai.region import queries as region
from balai.work import queries as work

# Lines of the timeline in which an office says something of its own.
_SAID = (
    EventKind.ANSWERED,
    EventKind.STAGE,
    EventKind.FORWARDED,
    EventKind.RETURNED,
    EventKind.RESOLVED,
    EventKind.REJECTED,
    EventKind.RECHECKED,
)


@dataclass(frozen=True)
class Summary:
    """One report as everybody reads it in a list. `due_at`: until when it shall be done, while it counts."""

    report: Report
    category: str
    group: str
    office: str
    place: str
    point: tuple[float, float] | None
    said: str
    due_at: datetime | None
    picture_url: str
    url: str

    def is_late(self, now: datetime) -> bool:
        """Whether what was promised is over while somebody still owes it."""
        return self.due_at is not None and self.due_at < now


def summaries(reports: Sequence[Report]) -> list[Summary]:
    """The same reports, in their order. Every one of them must be for the reader already."""
    keys = [each.pk for each in reports]
    offices = {each.code: each.name for each in region.offices()}
    said, pictures = _said(keys), _pictures(keys)
    clocks = work.clocks(SUBJECT_LABEL, map(str, keys), ClockName.COMPLETION)
    told = []
    for each in reports:
        category = definitions.current().any_category(each.category)
        clock = clocks.get(str(each.pk))
        picture = pictures.get(each.pk)
        url = f"{settings.BALAI.public_url}{each.get_absolute_url()}"
        told.append(
            Summary(
                report=each,
                category=category.title if category else each.category,
                group=category.group if category else "",
                office=_in_charge(each, offices),
                place=telling.place_words(each),
                point=telling.point_shown(each),
                said=said.get(each.pk, ""),
                due_at=clock.due_at if clock and each.is_open and clock.state == "running" else None,
                picture_url=f"{url}foto/{picture}/" if picture else "",
                url=url,
            )
        )
    return told


def _in_charge(report: Report, offices: dict[str, str]) -> str:
    """The office, or the body outside this government that has it in hand."""
    body = None
    if report.state == ReportState.FORWARDED and report.body:
        body = definitions.current().body(report.body)
    return body.name if body else offices.get(report.office_code, report.office_code)


def _said(keys: list[UUID]) -> dict[UUID, str]:
    """What an office said last of each, in public."""
    rows = Event.objects.filter(report__in=keys, public=True, is_automatic=False, kind__in=_SAID)
    return dict(rows.order_by("id").values_list("report_id", "text"))


def _pictures(keys: list[UUID]) -> dict[UUID, UUID]:
    """The first photo of each that everybody sees."""
    rows = Evidence.objects.filter(report__in=keys, is_picture=True, is_public=True)
    return dict(rows.order_by("-at", "-id").values_list("report_id", "upload_id"))

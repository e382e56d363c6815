"""Everything that an officer's page of one report shows; the same number of statements whatever it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from balai.engines.reports.enums import ClockName
from balai.engines.reports.models import Event, Evidence, Report, Voice
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries.alike import MOST_SHOWN, Alike, alike
from balai.engines.reports.queries.routes import Suggestion, suggestion_for
from balai.engines.reports.rules.acts import Act, acts_of
from balai.engines.reports.rules.categories import Category, StandardText
from balai.files import queries as files
from balai.files.models import Upload
from balai.partners.lapor import queries as lapor
from balai.partners.lapor.models import HandOver
from balai.region import queries as region
from balai.region.models import Office
from balai.work import queries as work
from balai.work.enums import ClockState
from balai.work.models import Clock

if TYPE_CHECKING:
    from balai.people.models import Officer

MOST_EVENTS, MOST_VOICES, MOST_RELATED = 200, 50, 50


@dataclass(frozen=True)
class Shown:
    """A file of the report, and what it is evidence of."""

    evidence: Evidence
    upload: Upload


@dataclass(frozen=True)
class Promise:
    """One clock as people read it: how much of its time is used, and whether it was kept."""

    name: ClockName
    clock: Clock
    share: int
    is_late: bool

    @property
    def is_running(self) -> bool:
        """Time goes by."""
        return self.clock.state == ClockState.RUNNING

    @property
    def is_paused(self) -> bool:
        """Somebody else is waited for."""
        return self.clock.state == ClockState.PAUSED


@dataclass(frozen=True)
class Sheet:
    """A report as whoever works on it reads it."""

    report: Report
    words: str
    category: Category | None
    office: Office | None
    reception: Office | None
    suggestion: Suggestion
    events: list[Event]
    files: list[Shown]
    promises: list[Promise]
    voices: list[Voice]
    parent: Report | None
    children: list[Report]
    acts: frozenset[Act]
    is_recheck_due: bool
    handed_over: list[HandOver]

    @property
    def texts(self) -> list[StandardText]:
        """Standard texts for this kind of report, those of the kind itself first."""
        slug = self.report.category
        fitting = [
            each for each in definitions.current().texts if not each.categories or slug in each.categories
        ]
        return sorted(fitting, key=lambda each: not each.categories)


def sheet(report: Report, officer: Officer, at: datetime) -> Sheet:
    """The sheet of a report that the officer may see."""
    offices = {code: region.office(code) for code in {report.office_code, report.reception_code}}
    related = Report.objects.filter(parent=report).order_by("filed_at", "id")
    return Sheet(
        report=report,
        words=str(report.words.clear or ""),
        category=definitions.current().any_category(report.category),
        office=offices[report.office_code],
        reception=offices[report.reception_code],
        suggestion=suggestion_for(report),
        events=list(reversed(Event.objects.filter(report=report).order_by("-id")[:MOST_EVENTS])),
        files=shown_files(report),
        promises=promises(report, at),
        voices=list(Voice.objects.filter(report=report).order_by("-is_first", "at", "pk")[:MOST_VOICES]),
        parent=report.parent,
        children=list(related[:MOST_RELATED]),
        acts=acts_of(officer, report),
        handed_over=lapor.hand_overs_of(report.as_subject()) if definitions.current().here.lapor else [],
        is_recheck_due=any(item.kind == "recheck" for item in work.items_of(report.as_subject())),
    )


def alike_to(sheet: Sheet) -> list[Alike]:
    """Others that may be about the same thing, likeliest first."""
    report = sheet.report
    if sheet.category is None:
        return []
    found = alike(
        sheet.category,
        sheet.words,
        at=report.filed_at,
        lat=report.lat,
        lon=report.lon,
        area_code=report.area_code,
        most=MOST_SHOWN + 1,
    )
    return [each for each in found if each.report.pk != report.pk][:MOST_SHOWN]


def shown_files(report: Report) -> list[Shown]:
    """The report's files that still exist, in the order in which they came."""
    rows = list(Evidence.objects.filter(report=report).order_by("at", "pk"))
    uploads = files.uploads([row.upload_id for row in rows]) if rows else {}
    return [Shown(row, uploads[row.upload_id]) for row in rows if row.upload_id in uploads]


def promises(report: Report, at: datetime) -> list[Promise]:
    """The latest round of each clock that the report has."""
    rows = {name: work.clock_of(report.as_subject(), name) for name in ClockName}
    return [_promise(name, clock, at) for name, clock in rows.items() if clock is not None]


def _promise(name: ClockName, clock: Clock, at: datetime) -> Promise:
    end = clock.stopped_at or clock.paused_at or at
    whole = (clock.due_at - clock.started_at).total_seconds()
    used = (end - clock.started_at).total_seconds()
    share = 100 if whole <= 0 else max(0, min(100, round(100 * used / whole)))
    return Promise(name, clock, share, is_late=clock.due_at < end)


def voice_of(report: Report, voice_id: str) -> Voice | None:
    """One voice of this report, by the id in a form."""
    try:
        key = UUID(voice_id)
    except ValueError:
        return None
    return Voice.objects.select_related("report", "citizen").filter(report=report, pk=key).first()


def last_event(report: Report) -> Event | None:
    """What happened last: who was faster, when two work on one report."""
    return Event.objects.filter(report=report, is_automatic=False).order_by("-id").first()

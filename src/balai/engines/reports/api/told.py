"""A report as the API tells it: to everybody, to who is behind it, to who handles it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from balai.engines.reports.enums import EventKind, ReportKind, ReportState
from balai.engines.reports.models import Event, Report, Voice
from balai.engines.reports.queries import definitions, telling
from balai.engines.reports.queries.promises import Promise
from balai.engines.reports.queries.summaries import Summary, summaries
from balai.runtime import clock


class ReportCard(Schema):
    """One report as everybody reads it. Sensitive kinds have no point, and their `place` is the village."""

    number: str
    category: str
    category_title: str
    group: str
    title: str
    text: str
    state: ReportState
    state_label: str
    is_open: bool
    is_late: bool
    office: str
    place: str
    lat: float | None
    lon: float | None
    filed_at: datetime
    updated_at: datetime
    due_at: datetime | None
    voices: int
    said: str
    picture_url: str
    url: str


class ReportPage(Schema):
    """Newest first; `next` is the cursor of the page after this one."""

    items: list[ReportCard]
    next: str | None


class ReportEventTold(Schema):
    """One line of the timeline; officers are named shortly, citizens never."""

    at: datetime
    kind: EventKind
    text: str
    by: str
    office_code: str


class PromiseTaken(Schema):
    """One promise in words, and what became of it."""

    label: str
    value: str
    note: str


class ReportTold(ReportCard):
    """The report with its timeline and its promises."""

    events: list[ReportEventTold]
    promises: list[PromiseTaken]


class PromiseTold(Schema):
    """How long something may take, as promised today; `from_filing`: else from when the office gets it."""

    clock: str
    label: str
    within: str
    from_filing: bool
    basis: str
    is_demo: bool


class FollowedReport(Schema):
    """A report as whoever is behind it reads it; `text` is "" for who joined what nobody has checked yet."""

    number: str
    title: str
    text: str
    kind: ReportKind
    state: ReportState
    state_label: str
    is_first: bool
    may_judge: bool
    may_reply: bool
    filed_at: datetime
    updated_at: datetime
    events: list[ReportEventTold]
    promises: list[PromiseTaken]


class ReportAfter(Schema):
    """What an act leaves behind."""

    id: UUID
    number: str
    state: ReportState
    state_label: str
    version: int
    updated_at: datetime


def card(each: Summary, now: datetime) -> ReportCard:
    """The report in a list."""
    return ReportCard(**_card(each, now))


def _card(each: Summary, now: datetime) -> dict[str, Any]:
    report, (lat, lon) = each.report, each.point or (None, None)
    return {
        "number": report.number,
        "category": report.category,
        "category_title": each.category,
        "group": each.group,
        "title": report.title,
        "text": report.public_text,
        "state": ReportState(report.state),
        "state_label": report.state_label,
        "is_open": report.is_open,
        "is_late": each.is_late(now),
        "office": each.office,
        "place": each.place,
        "lat": lat,
        "lon": lon,
        "filed_at": report.filed_at,
        "updated_at": report.updated_at,
        "due_at": each.due_at,
        "voices": report.voices,
        "said": each.said,
        "picture_url": each.picture_url,
        "url": each.url,
    }


def told(report: Report) -> ReportTold:
    """A report that everybody may read."""
    now = clock.now()
    (summary,) = summaries([report])
    events = [event(each) for each in telling.events(report)]
    return ReportTold(**_card(summary, now), events=events, promises=_taken(report, now))


def _taken(report: Report, now: datetime) -> list[PromiseTaken]:
    found = telling.promises_taken(report, now)
    return [PromiseTaken(label=each.label, value=each.value, note=each.note) for each in found]


def event(row: Event) -> ReportEventTold:
    """One line."""
    return ReportEventTold(
        at=row.at,
        kind=EventKind(row.kind),
        text=row.text,
        by=row.actor_name,
        office_code=row.office_code,
    )


def followed(voice: Voice, *, may_judge: bool) -> FollowedReport:
    """Her report, by the rules of her page."""
    report = voice.report
    category = definitions.current().any_category(report.category)
    is_hers = voice.is_first or report.is_listed or category is None
    return FollowedReport(
        number=report.number,
        title=report.title if is_hers or category is None else category.title,
        text=str(report.words.clear or "")
        if voice.is_first
        else report.public_text
        if report.is_listed
        else "",
        kind=ReportKind(report.kind),
        state=ReportState(report.state),
        state_label=report.state_label,
        is_first=voice.is_first,
        may_judge=may_judge,
        may_reply=voice.is_first and report.state == ReportState.WAITING,
        filed_at=report.filed_at,
        updated_at=report.updated_at,
        events=[event(each) for each in telling.events(report, voice=voice)],
        promises=_taken(report, clock.now()),
    )


def promise(each: Promise) -> PromiseTold:
    """One promise."""
    return PromiseTold(
        clock=each.clock.value,
        label=each.label,
        within=each.within,
        from_filing=each.from_filing,
        basis=each.basis,
        is_demo=each.is_demo,
    )


def after(report: Report) -> ReportAfter:
    """What an act left behind."""
    return ReportAfter(
        id=report.pk,
        number=report.number,
        state=ReportState(report.state),
        state_label=report.state_label,
        version=report.version,
        updated_at=report.updated_at,
    )

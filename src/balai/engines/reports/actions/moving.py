"""The small moves that every action is made of. Callers hold the lock on the report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from balai import audit, government
from balai.engines.reports.enums import OVER, ClockName, EventKind, ReportKind, ReportState, Visibility
from balai.engines.reports.errors import Moved
from balai.engines.reports.models import Event, Report
from balai.engines.reports.queries import definitions
from balai.engines.reports.rules import access, life
from balai.engines.reports.rules.categories import ClockRule, Patience, Term
from balai.kernel.names import short_name
from balai.kernel.references import Actor
from balai.region import queries as region
from balai.runtime.jobs import enqueue
from balai.work import actions as work
from balai.work import queries as clocks

TRIAGE, RESPOND, COMPLETE, RECHECK = "triage", "respond", "complete", "recheck"
"""Kinds of work items."""


def enter(report: Report, state: ReportState, at: datetime) -> None:
    """Move along the table; raises Moved for any other move. Saved by `keep`."""
    if not life.may_move(report.state, state):
        raise Moved(state=report.state_label)
    report.state = state
    report.closed_at = at if state in OVER else None


def require_state(report: Report, *states: ReportState) -> None:
    """Raise Moved unless the report is in one of the states."""
    if report.state not in states:
        raise Moved(state=report.state_label)


def keep(report: Report, at: datetime) -> None:
    """Write the report, once at the end of an action."""
    report.updated_at = at
    report.version += 1
    report.save()


def tell(
    report: Report,
    kind: EventKind,
    *,
    by: Actor,
    at: datetime,
    text: str | Promise,
    public: bool = True,
    automatic: bool = False,
    note: str = "",
    data: Mapping[str, Any] | None = None,
) -> Event:
    """One line in the timeline that people read, one row in the journal that auditors read."""
    event = Event.objects.create(
        report=report,
        at=at,
        kind=kind,
        office_code=report.office_code,
        actor_name=short_name(by.name) if by.kind == "officer" else "",
        text=str(text),
        public=public,
        is_automatic=automatic,
    )
    audit.record(f"reports.{kind.value}", by=by, about=report.as_subject(), note=note, data=data)
    return event


def tell_voices(report: Report, news: str, *, mark: str) -> None:
    """Owe everybody behind the report a message; `mark` tells one piece of news from the next."""
    enqueue(
        "reports.tell_voices",
        key=f"{report.pk}:{news}:{mark}",
        report_id=report.pk,
        news=news,
        mark=mark,
    )


def local(at: datetime) -> datetime:
    """The instant on the town's wall."""
    return at.astimezone(ZoneInfo(government.current().zone))


def rule_for(report: Report, clock: ClockName) -> ClockRule | None:
    """The promise that held on the day of filing: the town's own before that of all."""
    category = definitions.current().any_category(report.category)
    if category is None:
        return None
    day = local(report.filed_at).date()
    return definitions.current().promise(clock, category, ReportKind(report.kind), day)


def patience_for(report: Report) -> Patience | None:
    """How long reporters are waited for, by what held on the day of filing."""
    day, found = local(report.filed_at).date(), definitions.current()
    rules = (*found.here.patience, *found.clocks.patience)
    return next((rule for rule in rules if rule.holds_on(day)), None)


def start_clocks(report: Report, moment: str, *, by: Actor, at: datetime, is_new: bool = False) -> None:
    """Start the promises that count from this moment ("filed" or "assigned"), each in a round of its own.

    `is_new` saves asking for earlier rounds.
    """
    for name in ClockName:
        rule = rule_for(report, name)
        if rule is not None and rule.starts == moment:
            _start_clock(report, rule, by=by, at=at, is_new=is_new)


def restart_clock(report: Report, name: ClockName, *, by: Actor, at: datetime) -> None:
    """A new round of this promise, from now."""
    rule = rule_for(report, name)
    if rule is not None:
        _start_clock(report, rule, by=by, at=at)


def _start_clock(report: Report, rule: ClockRule, *, by: Actor, at: datetime, is_new: bool = False) -> None:
    begin = work.start_clock if is_new else work.restart_clock
    begin(
        by=by,
        subject=report.as_subject(),
        name=rule.clock.value,
        duration=rule.term.duration,
        office_code=report.office_code,
        at=at,
        escalate_after=rule.escalate_after,
    )


def due_of(report: Report, clock: ClockName, at: datetime) -> datetime:
    """When this promise is due counted from `at`; what nobody promised is due in a fortnight."""
    rule = rule_for(report, clock)
    calendar = region.working_calendar(report.office_code)
    if rule is None:
        return calendar.add_days(at, 10)
    return rule.term.duration.due(calendar, at)


def promised_by(report: Report, clock: ClockName, at: datetime) -> datetime:
    """When the clock that counts is over; where none does, counted from `at`."""
    counting = clocks.clock_of(report.as_subject(), clock)
    is_over = counting is None or counting.stopped_at is not None
    return due_of(report, clock, at) if counting is None or is_over else counting.due_at


def open_item(
    report: Report, kind: str, *, by: Actor, at: datetime, due_at: datetime, office: str = ""
) -> None:
    """Lay one obligation into the tray of the office in charge.

    Whoever oversees an office reads its late items without reading its reports: of a secret one no place is
    told there, of one about officers not even the kind.
    """
    permission = {TRIAGE: access.TRIAGE, RECHECK: access.RECHECK}.get(kind, access.HANDLE)
    category = definitions.current().any_category(report.category)
    title, stage = report.title, category.title if category else report.category
    if report.kind == ReportKind.WHISTLE:
        permission, title, stage = access.INVESTIGATE, _("Laporan rahasia"), ""
    work.open_item(
        by=by,
        subject=report.as_subject(),
        kind=kind,
        title=title,
        note="" if report.visibility == Visibility.SECRET else place_words(report),
        office_code=office or report.office_code,
        permission=permission,
        due_at=due_at,
        reference=report.number,
        stage=stage,
        at=at,
    )


def place_words(report: Report) -> str:
    """Where it is, in a line: the village, and what is near."""
    village = region.area_path(report.area_code).split(",")[0] if report.area_code else ""
    return ", ".join(filter(None, (village, report.place_note)))


def term_end(report: Report, term: Term, at: datetime) -> datetime:
    """When a term that begins now is over, on the calendar of the office in charge."""
    return term.duration.due(region.working_calendar(report.office_code), at)

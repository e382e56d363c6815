"""Calling whoever is on duty, so that a clock of minutes has an owner at two in the morning.

Only promises that are counted in hours or less wake somebody; a term of working days waits for the morning
in its tray. What is said names the kind and the village, never a person and never a reporter's words.
"""

from __future__ import annotations

from datetime import timedelta

from balai.engines.reports.actions import moving
from balai.engines.reports.enums import ClockName, ReportKind
from balai.engines.reports.models import Report
from balai.engines.reports.queries import definitions
from balai.engines.reports.rules import access
from balai.engines.reports.rules.categories import ClockRule
from balai.kernel.references import SYSTEM, Actor
from balai.region import queries as region
from balai.work import actions as work
from balai.work.overdue import PERMISSION as OVERSEE

URGENT_MINUTES = 24 * 60
MINUTES = {"minutes": 1, "working_minutes": 1, "hours": 60}


def call_reception(report: Report, *, by: Actor) -> None:
    """A report came in whose check, or first answer from its filing, is promised within a day."""
    due = [moving.rule_for(report, name) for name in (ClockName.ACKNOWLEDGE, ClockName.FIRST_RESPONSE)]
    if any(is_urgent(rule) and rule.starts == "filed" for rule in due if rule is not None):
        call(report, by=by, permission=_permission(report, access.TRIAGE), office=report.office_code)


def call_office(report: Report, *, by: Actor) -> None:
    """A report was handed to an office that has promised its first answer within a day."""
    rule = moving.rule_for(report, ClockName.FIRST_RESPONSE)
    if rule is not None and is_urgent(rule) and report.answered_at is None:
        call(report, by=by, permission=_permission(report, access.HANDLE), office=report.office_code)


def call_late(report: Report, *, level: int, words: str) -> None:
    """A promise is broken: who is on duty at first; at each level more, who oversees one step further up."""
    office = report.office_code
    if level == 0:
        is_new = report.assigned_at is None
        permission = _permission(report, access.TRIAGE if is_new else access.HANDLE)
        call(report, by=SYSTEM, permission=permission, office=office, words=words)
        return
    for _step in range(level - 1):
        above = region.office(office)
        office = above.parent_code if above is not None and above.parent_code else office
    # Nobody is planned for overseeing itself: whoever oversees the office is told at once.
    call(report, by=SYSTEM, permission=OVERSEE, office=office, words=words)


def is_urgent(rule: ClockRule) -> bool:
    """Whether a promise ends before the next morning could."""
    factor = MINUTES.get(rule.term.unit)
    return factor is not None and timedelta(minutes=rule.term.amount * factor) < timedelta(
        minutes=URGENT_MINUTES
    )


def call(report: Report, *, by: Actor, permission: str, office: str, words: str = "") -> None:
    """Owe the call; a report about officers is a number and nothing else."""
    work.alert_on_duty(
        by=by,
        subject=report.as_subject(),
        office_code=office,
        permission=permission,
        text=f"{words} {_about(report)}".strip(),
    )


def _about(report: Report) -> str:
    if report.kind == ReportKind.WHISTLE:
        return f"{report.number}."
    category = definitions.current().any_category(report.category)
    village = region.area_path(report.area_code).split(",")[0] if report.area_code else ""
    title = category.title if category else report.category
    return f"{', '.join(filter(None, (title, village)))}. {report.number}."


def _permission(report: Report, usual: str) -> str:
    return access.INVESTIGATE if report.kind == ReportKind.WHISTLE else usual

"""What an officer may do with a report as it stands: what the page offers, nothing that it would refuse."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from balai.engines.reports.enums import AT_WORK, OPEN, ReportKind, ReportState, Visibility
from balai.engines.reports.rules import access, life

if TYPE_CHECKING:
    from balai.people.models import Officer


class Act(StrEnum):
    """What a page may offer, named after the action."""

    ASSIGN = "assign"
    ANSWER_HERE = "answer_here"
    ANSWER = "answer"
    ASK = "ask"
    STAGE = "say_stage"
    RESOLVE = "resolve"
    FORWARD = "forward_out"
    COME_BACK = "come_back"
    REJECT = "reject"
    ARCHIVE = "archive"
    MERGE = "merge"
    SEPARATE = "separate"
    SPLIT = "split"
    EDIT = "edit_public"
    RECHECK = "recheck"
    IDENTIFY = "identify"


class Report(access.Report, Protocol):
    """What this asks of a report."""

    state: str
    visibility: str


def acts_of(officer: Officer, report: Report) -> frozenset[Act]:
    """Everything that the officer may do with it now."""
    acts = set(_of_anybody_in_charge(officer, report))
    if access.may_triage(officer, report):
        acts |= _of_the_reception(officer, report)
    if access.may_handle(officer, report):
        acts |= _of_the_office(report)
    if may_identify(officer, report):
        acts.add(Act.IDENTIFY)
    is_over = report.state in (ReportState.UNCONFIRMED, ReportState.CLOSED)
    if is_over and access.may_recheck(officer, report):
        acts.add(Act.RECHECK)
    return frozenset(acts)


def may_identify(officer: Officer, report: access.Report) -> bool:
    """Whether the officer may read who is behind it, with a purpose."""
    if report.kind == ReportKind.WHISTLE:
        return officer.has_permission(access.INVESTIGATE, report.office_code)
    return officer.has_permission(access.IDENTIFY, report.reception_code)


def _of_anybody_in_charge(officer: Officer, report: Report) -> set[Act]:
    """Handing on, which the reception and the office in charge both may."""
    if not (access.may_triage(officer, report) or access.may_handle(officer, report)):
        return set()
    acts = set()
    has_act_of_its_own = report.state in (ReportState.FORWARDED, ReportState.JOINED)
    is_routed = report.kind != ReportKind.WHISTLE and not has_act_of_its_own
    if is_routed and life.may_move(report.state, ReportState.ASSIGNED):
        acts.add(Act.ASSIGN)
    if life.may_move(report.state, ReportState.FORWARDED):
        acts.add(Act.FORWARD)
    return acts


def _of_the_reception(officer: Officer, report: Report) -> set[Act]:
    moves = {
        Act.REJECT: ReportState.REJECTED,
        Act.ARCHIVE: ReportState.ARCHIVED,
    }
    acts = {act for act, state in moves.items() if life.may_move(report.state, state)}
    if report.visibility == Visibility.PUBLIC:
        acts.add(Act.EDIT)
        if life.may_move(report.state, ReportState.JOINED):
            acts.add(Act.MERGE)
    if report.state == ReportState.JOINED:
        acts.add(Act.SEPARATE)
    if report.state == ReportState.FORWARDED:
        acts |= {Act.COME_BACK, Act.RESOLVE}
    if report.state in OPEN and report.kind != ReportKind.WHISTLE:
        acts.add(Act.SPLIT)
    if (
        report.state == ReportState.RECEIVED
        and report.kind != ReportKind.WHISTLE
        and officer.has_permission(access.HANDLE, report.reception_code)
    ):
        acts.add(Act.ANSWER_HERE)
    return acts


def _of_the_office(report: Report) -> set[Act]:
    is_unrouted = report.kind == ReportKind.WHISTLE and report.state == ReportState.RECEIVED
    if report.state in AT_WORK:
        return {Act.ANSWER, Act.ASK, Act.STAGE, Act.RESOLVE}
    if is_unrouted:
        return {Act.ANSWER}
    return {Act.RESOLVE} if report.state == ReportState.WAITING else set()

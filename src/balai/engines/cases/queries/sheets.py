"""What the pages of a case show: progress and timeline for everybody, the checking sheet for officers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from balai.catalogue.kinds.groups import row_title
from balai.catalogue.schema import Reason, Requirement, ServiceDefinition, Step
from balai.engines.cases.enums import CaseState, Outcome, StepState, TargetKind
from balai.engines.cases.models import Case, CaseFile, CaseStep, Event, Verdict
from balai.engines.cases.queries.filing import may_decide
from balai.engines.cases.queries.finding import definition_of, filed_on
from balai.engines.cases.queries.referring import ReferredLetter, referred_letters
from balai.engines.cases.rules import access, checking, fees, home
from balai.engines.cases.rules.checking import Target
from balai.kernel.names import short_name
from balai.work import queries as work

if TYPE_CHECKING:
    from balai.people.models import Officer
    from balai.work.models import Clock

CLOCK = "service"
MOVING = (
    CaseState.SUBMITTED,
    CaseState.APPROVED,
    CaseState.ISSUED,
    CaseState.READY,
    CaseState.REPLACING,
    CaseState.OBJECTED,
)


@dataclass(frozen=True)
class StepLine:
    """One step as everybody reads it; `state` is "done", "open", "paused" or "ahead".

    `planned_at` is when an officer comes to look.
    """

    title: str
    act: str
    state: str
    at: datetime | None
    actor_name: str
    planned_at: datetime | None = None
    id: str = ""
    fee: str = ""


@dataclass(frozen=True)
class CheckLine:
    """One thing to judge on the officer's sheet.

    `is_new`: provided with the last repair. `may_fault`: False when the one-round rule stands in the way of
    an officer without `cases.return_again`.
    """

    target: Target
    title: str
    requirement: Requirement | None
    uploads: tuple[UUID, ...]
    letter: ReferredLetter | None
    verdict: Verdict | None
    reasons: tuple[Reason, ...]
    needed: bool
    is_new: bool
    may_fault: bool


@dataclass(frozen=True)
class Fault:
    """One fault as the citizen reads it. `page_id` is the form page that holds its field."""

    target: Target
    title: str
    page_id: str
    reason: Reason
    note: str


@dataclass(frozen=True)
class Desk:
    """Everything that the officer's page of a case needs."""

    case: Case
    service: ServiceDefinition
    lines: tuple[CheckLine, ...]
    open_steps: tuple[CaseStep, ...]
    steps: tuple[StepLine, ...]
    events: tuple[Event, ...]
    clock: Clock | None
    acts: frozenset[str]
    """Acts of open steps that this officer may do now."""
    mine: tuple[CaseStep, ...]
    """The open steps of those acts."""
    found: tuple[CaseStep, ...]
    """Steps at which somebody gave an opinion or reported a visit, in the order done."""
    may_return: bool
    may_reject: bool


def verdicts_of(case: Case) -> list[Verdict]:
    """Every verdict of the case, oldest first."""
    return list(case.verdicts.order_by("round", "id"))


def files_of(case: Case) -> list[CaseFile]:
    """Files that count now, in the order handed in."""
    return list(case.files.filter(replaced_round=None).order_by("id"))


def provided_targets(case: Case) -> dict[Target, int]:
    """What was provided anew, each with the round in which it last was; empty in the first round."""
    if case.round == 1:
        return {}
    repairs = case.returns.order_by("round")
    return {Target.parse(text): each.round + 1 for each in repairs for text in each.provided}


def timeline(case: Case, *, public: bool = True) -> list[Event]:
    """The lines of the case's history, oldest first; `public=False` adds those for officers only."""
    lines = case.events.order_by("id")
    return list(lines.filter(public=True) if public else lines)


def progress(case: Case, steps: Sequence[CaseStep] | None = None) -> list[StepLine]:
    """Every step the case needs, with where it stands and what is paid then; without a row it lies ahead."""
    service = definition_of(case)
    rows = case.steps.order_by("opened_at", "id") if steps is None else steps
    last = {row.step_id: row for row in rows if row.state != StepState.CANCELLED}
    wanted = service.steps_for(case.answers.clear, filed_on(case), case.delivery)
    charged = service.fees_on(filed_on(case))
    # Nobody pays the head of the RT: what is paid when applying is paid to the office.
    first = next((step.id for step in wanted if step.act != "attest"), "")
    lines = [
        replace(
            _step_line(case, step, last.get(step.id)),
            fee=fees.at_step(charged, step.id, is_first=step.id == first),
        )
        for step in wanted
    ]
    if case.home_reason:
        lines.insert(0, _step_line(case, home.STEP, last.get(home.STEP.id)))
    return lines


def _step_line(case: Case, step: Step, row: CaseStep | None) -> StepLine:
    if row is None:
        return StepLine(step.title, step.act, "ahead", None, "", id=step.id)
    title = _title_of(step, row)
    if row.state == StepState.DONE:
        return StepLine(title, step.act, "done", row.done_at, short_name(row.by_name), id=step.id)
    state = "paused" if case.state == CaseState.RETURNED else "open"
    return StepLine(title, step.act, state, row.opened_at, "", row.planned_at, step.id)


def _title_of(step: Step, row: CaseStep) -> str:
    """What is done, by whoever does it: without an office of the RT the village says what it knows."""
    if access.stands_in_for_rt(row.act, row.permission):
        return _("Kantor desa atau kelurahan memberi keterangan menggantikan ketua RT")
    return step.title


def faults_to_repair(case: Case) -> list[Fault]:
    """Every fault that the citizen has been asked to repair; empty unless the case is returned."""
    if case.state != CaseState.RETURNED:
        return []
    service = definition_of(case)
    found = case.verdicts.filter(round=case.round, outcome=Outcome.FAULT).order_by("id")
    return [_fault(service, verdict) for verdict in found]


def _fault(service: ServiceDefinition, verdict: Verdict) -> Fault:
    target = Target(verdict.kind, verdict.target_id)
    pages = {spec.id: page.id for page in service.pages for spec in page.field}
    return Fault(
        target=target,
        title=_title_of_fault(service, verdict),
        page_id=pages.get(target.id, ""),
        reason=service.return_reason_of(verdict.reason_code),
        note=verdict.note_text,
    )


def _title_of_fault(service: ServiceDefinition, verdict: Verdict) -> str:
    """What is faulty, with the row where only one is: "Para ahli waris (Ahli waris 2)"."""
    target = Target(verdict.kind, verdict.target_id)
    title, spec = checking.title_of(service, target), service.field_by_id.get(target.id)
    return title if verdict.row is None or spec is None else f"{title} ({row_title(spec, verdict.row)})"


def check_lines(case: Case, service: ServiceDefinition, *, may_return_again: bool = False) -> list[CheckLine]:
    """The officer's sheet: requirements first, then every answer given, each with the verdict that counts."""
    answers = case.answers.clear
    files: dict[str, list[UUID]] = defaultdict(list)
    for file in files_of(case):
        files[file.requirement_id].append(file.upload_id)
    asked = service.requirements_for(answers, filed_on(case))
    letters = referred_letters(case) if any(each.is_letter for each in asked) else {}
    needed = set(checking.to_judge(asked, {*files, *letters}))
    by_id = {each.id: each for each in asked}
    targets = [checking.requirement(each.id) for each in asked]
    targets += [checking.field(spec.id) for spec in service.fields if spec.id in answers]
    counting = {Target(v.kind, v.target_id): v for v in verdicts_of(case)}
    provided = provided_targets(case)
    stale = set(checking.unjudged(counting, counting.values(), provided=provided))
    return [
        CheckLine(
            target=target,
            title=checking.title_of(service, target),
            requirement=by_id.get(target.id) if target.kind == TargetKind.REQUIREMENT else None,
            uploads=tuple(files.get(target.id, ())) if target.kind == TargetKind.REQUIREMENT else (),
            letter=letters.get(target.id) if target.kind == TargetKind.REQUIREMENT else None,
            verdict=None if target in stale else counting.get(target),
            reasons=_reasons(service, by_id.get(target.id), target),
            needed=target in needed,
            is_new=provided.get(target) == case.round,
            may_fault=may_return_again
            or not checking.overlooked([target], round=case.round, provided=provided),
        )
        for target in targets
    ]


def _reasons(service: ServiceDefinition, asked: Requirement | None, target: Target) -> tuple[Reason, ...]:
    if target.kind == TargetKind.REQUIREMENT and asked is not None and asked.reasons:
        return tuple(service.return_reason_of(code) for code in asked.reasons)
    return service.return_reason


def desk(case: Case, officer: Officer) -> Desk:
    """All of the officer's page, in a fixed number of statements."""
    service = definition_of(case)
    rows = list(case.steps.order_by("opened_at", "id"))
    open_steps = tuple(row for row in rows if row.state == StepState.OPEN)
    mine = tuple(row for row in open_steps if access.may(officer, row.permission, row.office_code))
    judging = [
        row for row in open_steps if access.may_judge(officer, row.act, row.permission, row.office_code)
    ]
    is_moving = case.state in MOVING
    again = access.may(officer, access.RETURN_AGAIN, case.office_code)
    undecided = case.state == CaseState.SUBMITTED
    return Desk(
        case=case,
        service=service,
        lines=tuple(check_lines(case, service, may_return_again=again)),
        open_steps=open_steps,
        steps=tuple(progress(case, rows)),
        events=tuple(timeline(case, public=False)),
        clock=work.newest_clock(case.as_subject()),
        acts=frozenset(row.act for row in mine) if is_moving else frozenset(),
        mine=mine if is_moving else (),
        found=tuple(row for row in rows if row.state == StepState.DONE and (row.opinion or row.report)),
        may_return=undecided and bool(judging),
        may_reject=undecided and may_decide(officer, case, service),
    )

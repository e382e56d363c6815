"""The small moves that every action is made of. Callers hold the lock on the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from balai import audit
from balai.catalogue.schema import ServiceDefinition, Step
from balai.engines.cases.actions import letters
from balai.engines.cases.actions.acts import act_of, codes
from balai.engines.cases.enums import CaseState, EventKind, StepState
from balai.engines.cases.errors import NotNow, Overtaken
from balai.engines.cases.models import Case, CaseStep, Event
from balai.engines.cases.queries.filing import Place, place_of_step
from balai.engines.cases.queries.finding import filed_on
from balai.engines.cases.rules import home, life
from balai.kernel.names import short_name
from balai.kernel.references import Actor
from balai.region import queries as region
from balai.runtime.jobs import enqueue
from balai.work import actions as work

STORED_LANGUAGE = "id"  # the timeline is kept in the town's language, whoever reads the page

DONE_WORDS = {
    CaseState.RETURNED: _("dikembalikan kepada pemohon"),
    CaseState.APPROVED: _("disetujui"),
    CaseState.ISSUED: _("disetujui"),
    CaseState.READY: _("disetujui"),
    CaseState.CLOSED: _("diselesaikan"),
    CaseState.REPLACING: _("dibuka lagi untuk diganti suratnya"),
    CaseState.REJECTED: _("ditolak"),
}


def enter(case: Case, state: CaseState, at: datetime) -> None:
    """Move along the table; raises NotNow for any other move. Saved by `keep`."""
    if not life.may_move(case.state, state):
        raise NotNow(state=case.state_label)
    case.state = state
    if state in life.OVER:
        case.closed_at = at


def keep(case: Case, at: datetime) -> None:
    """Write the case, once at the end of an action."""
    case.updated_at = at
    case.version += 1
    case.save()


def require_state(case: Case, *states: CaseState) -> None:
    """Raise Overtaken, naming who acted, or NotNow, unless the case is in one of the states."""
    if case.state in states:
        return
    raise overtaken(case)


def overtaken(case: Case) -> Exception:
    """The sentence for an officer whose page is older than a colleague's act."""
    who = case.decided_by_name
    if case.state == CaseState.RETURNED:
        last = case.returns.order_by("-round").first()
        who = last.by_name if last else ""
    what = DONE_WORDS.get(CaseState(case.state))
    if who and what:
        return Overtaken(what=what, who=who)
    return NotNow(state=case.state_label)


def tell(
    case: Case,
    kind: EventKind,
    *,
    by: Actor,
    at: datetime,
    text: str | Promise,
    public: bool = True,
    note: str = "",
    data: Mapping[str, Any] | None = None,
) -> None:
    """One line in the timeline that people read, one row in the journal that auditors read."""
    actor = short_name(by.name) if by.kind == "officer" else ""
    with override(STORED_LANGUAGE):
        Event.objects.create(case=case, at=at, kind=kind, actor_name=actor, text=str(text), public=public)
    audit.record(f"cases.{kind.value}", by=by, about=case.as_subject(), note=note, data=data)


def notify_applicant(case: Case, news: str, *, again: int | None = None) -> None:
    """Owe the applicant a message; once for each piece of news of each round and each letter.

    `again` counts news that may come several times by themselves, such as days of a visit.
    """
    if again is None:
        again = case.replacements.count() if case.state in life.LETTER_OUT else 0
    enqueue(
        "cases.tell_applicant",
        key=f"{case.pk}:{news}:{case.round}:{again}",
        case_id=case.pk,
        news=news,
        round=case.round,
        again=again,
    )


def open_steps(case: Case) -> list[CaseStep]:
    """Steps that are open now, oldest first."""
    return list(case.steps.filter(state=StepState.OPEN).order_by("opened_at", "id"))


def open_ready_steps(
    case: Case, service: ServiceDefinition, *, by: Actor, at: datetime, due_at: datetime, is_new: bool = False
) -> list[CaseStep]:
    """Open every step whose turn it is, each with its work item; `is_new` saves asking for past steps."""
    rows = [] if is_new else list(case.steps.exclude(state=StepState.CANCELLED))
    wanted = steps_of(case, service)
    ready = life.steps_ready(
        wanted,
        done={row.step_id for row in rows if row.state == StepState.DONE},
        open={row.step_id for row in rows if row.state == StepState.OPEN},
    )
    opened = [_open_step(case, step, service, by=by, at=at, due_at=due_at) for step in ready]
    turns = turn_steps(wanted)
    if turns and any(step.id == turns[0].id for step in ready):
        case.letter_id = letters.request_signing(case, service, turns, by=by, at=at, due_at=due_at).pk
    return opened


def steps_of(case: Case, service: ServiceDefinition) -> tuple[Step, ...]:
    """The steps that this case needs: by its answers, and by how its letter is delivered."""
    steps = service.steps_for(case.answers.clear, filed_on(case), case.delivery)
    return (*steps, home.STEP) if case.home_reason else steps


def turn_steps(steps: Sequence[Step]) -> list[Step]:
    """Those that are turns at the letter, in order; the first of them to open asks for it."""
    return [step for step in steps if act_of(step.act).turn]


def _open_step(
    case: Case, step: Step, service: ServiceDefinition, *, by: Actor, at: datetime, due_at: datetime
) -> CaseStep:
    place = place_of_step(case, step, service)
    return open_at(case, step, place, by=by, at=at, due_at=due_at)


def open_at(case: Case, step: Step, place: Place, *, by: Actor, at: datetime, due_at: datetime) -> CaseStep:
    """Open one step at its place, with its work item; its own deadline never runs past the lawful time."""
    if step.deadline is not None:
        calendar = region.working_calendar(place.office_code)
        due_at = min(due_at, step.deadline.duration.due(calendar, at)) if due_at > at else due_at
    row = CaseStep.objects.create(
        case=case,
        step_id=step.id,
        act=step.act,
        permission=place.permission,
        office_code=place.office_code,
        opened_at=at,
    )
    work.open_item(
        by=by,
        subject=case.as_subject(),
        kind=step.id,
        title=case.title,
        note=f"{case.applicant_label}, {region.area_path(case.area_code).split(',')[0]}",
        office_code=place.office_code,
        permission=place.permission,
        due_at=due_at,
        reference=case.number,
        stage=step.title,
        waiting=act_of(step.act).waits_for_citizen,
        at=at,
    )
    return row


def finish_step(step: CaseStep, *, by: Actor, at: datetime, outcome: str) -> None:
    """The step and its work item are done."""
    step.state, step.done_at, step.outcome = StepState.DONE, at, outcome
    step.by_id, step.by_name = UUID(by.id), by.name
    step.save(update_fields=["state", "done_at", "outcome", "by_id", "by_name"])
    work.close_item(by=by, subject=step.case.as_subject(), kind=step.step_id, outcome=outcome, at=at)


def cancel_steps(case: Case, *, by: Actor, at: datetime, outcome: str) -> None:
    """Open steps and their items are over without having been done."""
    case.steps.filter(state=StepState.OPEN).update(state=StepState.CANCELLED, done_at=at, outcome=outcome)
    work.cancel_items(by=by, subject=case.as_subject(), outcome=outcome, at=at)


def start_over(
    case: Case,
    service: ServiceDefinition,
    *,
    by: Actor,
    at: datetime,
    due_at: datetime,
    outcome: str = "repaired",
    opinions_stand: bool = True,
) -> None:
    """What was done on the old version is done again, beginning with the check.

    Opinions and reports stand, unless the answers that they were given about have changed. A visit at home
    opens anew, at the office that the case lies at now, for the day that the applicant was told.
    """
    visits = case.steps.filter(state=StepState.OPEN, step_id=home.STEP.id)
    planned_at = visits.values_list("planned_at", flat=True).first()
    cancel_steps(case, by=by, at=at, outcome=outcome)
    done = case.steps.filter(state=StepState.DONE, act__in=codes()).exclude(step_id=home.STEP.id)
    if opinions_stand:
        done = done.exclude(act__in=[code for code in codes() if act_of(code).informs])
    done.update(state=StepState.CANCELLED, outcome=outcome)
    open_ready_steps(case, service, by=by, at=at, due_at=due_at)
    if planned_at is not None:
        visits.update(planned_at=planned_at)

"""The objection to a rejection: filed once by the applicant, answered by the office above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.catalogue.schema import Step
from balai.engines.cases.actions import moving
from balai.engines.cases.actions.acts import Move, StepAct, register
from balai.engines.cases.actions.steps import perform
from balai.engines.cases.enums import CaseState, EventKind, Review
from balai.engines.cases.errors import AnswerMissing, NotYourStep, ObjectionRefused, ObjectionTooShort
from balai.engines.cases.models import Case, Objection
from balai.engines.cases.queries import finding, objecting
from balai.engines.cases.queries.filing import place_of_review
from balai.engines.cases.rules import access
from balai.engines.cases.rules import filing as rules
from balai.kernel.calendars import Duration
from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.errors import NotFound
from balai.runtime.transaction import lock, write_transaction
from balai.work import actions as work

if TYPE_CHECKING:
    from balai.people.models import Citizen, Officer

STEP_ID = "objection"
SHORTEST, LONGEST = 20, 2000
CLOCK, CLOCK_AFTER = "objection", "reopened"


@dataclass(frozen=True)
class Answer:
    """How the objection ends, in words that the applicant reads."""

    outcome: str
    text: str


@write_transaction(locks="case")
def object_to_rejection(*, by: Citizen, case: Case, text: str) -> Case:
    """Ask the office above to look again, once and within its days; the case waits for the answer.

    NotFound, ObjectionRefused (not rejected, too late, a second time, or none is known), ObjectionTooShort.
    """
    case, at, actor = lock(case), clock.now(), by.as_actor()
    if case.applicant_id != by.pk:
        raise NotFound(case.number)
    service = finding.definition_of(case)
    rule = service.objection
    if rule is None or case.decided_by_id is None or not objecting.may_object(case, at):
        raise ObjectionRefused()
    words = _words(text)
    Objection.objects.create(
        case=case, text=words, rejected_for=case.reason_code, rejected_by_id=case.decided_by_id, filed_at=at
    )
    step = Step(
        id=STEP_ID,
        act="review",
        title=str(_("Memeriksa keberatan")),
        permission=access.REVIEW,
        office=rule.office,
    )
    place = place_of_review(case, step, service)
    moving.enter(case, CaseState.OBJECTED, at)
    case.closed_at = None
    duration = Duration(rule.answer_days, "working_days")
    due_at = duration.due(region.working_calendar(place.office_code), at)
    work.start_clock(
        by=actor,
        subject=case.as_subject(),
        name=CLOCK,
        duration=duration,
        office_code=place.office_code,
        at=at,
        due_at=due_at,
    )
    moving.open_at(case, step, place, by=actor, at=at, due_at=due_at)
    moving.tell(case, EventKind.OBJECTED, by=actor, at=at, text=_("Keberatan atas penolakan diterima."))
    moving.keep(case, at)
    return case


def _words(text: str) -> str:
    try:
        words = clean_text(text, multiline=True)
    except ValueRefused:
        raise ObjectionTooShort() from None
    if not SHORTEST <= len(words) <= LONGEST:
        raise ObjectionTooShort()
    return words


@register
class ReviewObjection(StepAct):
    """The office above looks again. `facts` is an Answer. Opened by the objection, never by a definition."""

    code = "review"
    is_written = False
    states = frozenset({CaseState.OBJECTED})
    event = EventKind.UPHELD
    waiting_label = _("Keberatan sedang diperiksa")
    done_text = _("Keberatan sudah diperiksa.")

    def told(self, move: Move) -> str | Promise:
        """The final sentence, or that it goes on."""
        if move.facts.outcome == Review.REOPENED:
            return _("Keberatan diterima: permohonan diperiksa kembali dari awal.")
        return _("Keberatan sudah diperiksa: penolakan tetap berlaku. Ini keputusan terakhir di layanan ini.")

    def event_of(self, move: Move) -> EventKind:
        """By how it ended."""
        return EventKind.REOPENED if move.facts.outcome == Review.REOPENED else EventKind.UPHELD

    def perform(self, move: Move) -> bool:
        """Raises AnswerMissing, and NotYourStep for whoever rejected."""
        answer: Answer = move.facts
        row = move.case.objection
        if row.rejected_by_id == move.by.pk:
            raise NotYourStep()
        row.outcome, row.answer = answer.outcome, _answer_words(answer)
        row.answered_at, row.by_id, row.by_name = move.at, move.by.pk, move.by.name
        row.save()
        subject, actor = move.case.as_subject(), move.by.as_actor()
        work.stop_clock(by=actor, subject=subject, at=move.at, name=CLOCK)
        if answer.outcome == Review.UPHELD:
            moving.enter(move.case, CaseState.REJECTED, move.at)
        else:
            _reopen(move)
        moving.notify_applicant(move.case, answer.outcome)
        return False


def _answer_words(answer: Answer) -> str:
    try:
        words = clean_text(answer.text, multiline=True)
    except ValueRefused:
        raise AnswerMissing() from None
    if answer.outcome not in Review.values or not words or len(words) > LONGEST:
        raise AnswerMissing()
    return words


def _reopen(move: Move) -> None:
    """As if nobody had decided: from the first step, within a lawful time of its own.

    How long that is, is said by the rules of the day it was filed; those may have ended since.
    """
    case, actor = move.case, move.by.as_actor()
    moving.enter(case, CaseState.SUBMITTED, move.at)
    case.decided_at, case.decided_by_id, case.decided_by_name, case.reason_code = None, None, "", ""
    duration = rules.lawful_time(move.service, case.answers.clear, finding.filed_on(case))
    due_at = duration.due(region.working_calendar(case.office_code), move.at)
    work.start_clock(
        by=actor,
        subject=case.as_subject(),
        name=CLOCK_AFTER,
        duration=duration,
        office_code=case.office_code,
        at=move.at,
        due_at=due_at,
    )
    moving.finish_step(move.step, by=actor, at=move.at, outcome="done")  # done, not called off with the rest
    moving.start_over(case, move.service, by=actor, at=move.at, due_at=due_at, outcome="reopened")


def review_objection(*, by: Officer, case: Case, answer: Answer) -> Case:
    """Let the rejection stand, which is final here, or open the case again; in words to the applicant.

    AnswerMissing, NotYourStep (also for whoever rejected), Overtaken, NotNow.
    """
    return perform(by=by, case=case, act="review", facts=answer)

"""The officers' side: look, judge, decide, produce, hand over. Every look is journalled, as on the page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from balai.engines.cases import actions, queries
from balai.engines.cases.actions import Taker, VerdictGiven
from balai.engines.cases.api.sheet import DeskSheet, opened_answers, sheet_of
from balai.engines.cases.api.told import MessageShape, message
from balai.engines.cases.enums import CaseState, IdentityCard, Outcome, Relation, TargetKind
from balai.engines.cases.forms.officer import masked_labels
from balai.engines.cases.forms.story import office_label
from balai.engines.cases.models import Case
from balai.engines.cases.rules.checking import Target
from balai.people import actions as people
from balai.people.actions.counter import Side
from balai.people.enums import Purpose
from balai.runtime import ratelimit
from balai.runtime.api import Token, refused
from balai.threads import actions as threads
from balai.threads.enums import Audience
from balai.work.api import READ

if TYPE_CHECKING:
    from balai.people.models import Officer

WORK = "desk:work"
ACTS_PER_HOUR, HOUR = 1200, 3600
SEEN = refused(401, 403, 404, 429)
DONE = refused(400, 401, 403, 404, 409, 413, 422, 429)
Note = Annotated[str, Field(max_length=2000)]
Facts = Annotated[dict[str, Annotated[str, Field(max_length=300)]], Field(max_length=30)]

router = Router(tags=["desk"])


class CaseAfter(Schema):
    """What an act leaves behind."""

    id: UUID
    number: str
    state: CaseState
    state_label: str
    version: int
    updated_at: datetime


class VerdictSent(Schema):
    """What the officer found; a fault needs a `reason` of the target's list."""

    model_config = ConfigDict(extra="forbid")
    target: Annotated[str, Field(pattern=r"^(requirement|field):[A-Za-z0-9_-]{1,48}$")]
    outcome: Outcome
    reason: Annotated[str, Field(max_length=48)] = ""
    note: Annotated[str, Field(max_length=500)] = ""
    row: Annotated[int, Field(ge=1, le=20, description="the faulty row of a group, from 1")] | None = None


class VerdictsSent(Schema):
    """Any number of verdicts; judging a target again in the same round replaces it."""

    model_config = ConfigDict(extra="forbid")
    verdicts: Annotated[list[VerdictSent], Field(min_length=1, max_length=200)]


class RejectionSent(Schema):
    """A reason of the service's list, and words for the citizen."""

    model_config = ConfigDict(extra="forbid")
    reason: Annotated[str, Field(max_length=48)]
    note: Note = ""


class ShelfSent(Schema):
    """Where the signed letter stands."""

    model_config = ConfigDict(extra="forbid")
    shelf_number: Annotated[str, Field(max_length=20)]


class TakerSent(Schema):
    """Who takes the letter, and which card the officer saw; of its number four digits are kept."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=100)]
    relation: Relation
    card: IdentityCard
    card_number: Annotated[str, Field(max_length=40)]


class CardSent(Schema):
    """What the applicant's card says, and which side holds where a record disagrees."""

    model_config = ConfigDict(extra="forbid")
    facts: Facts
    settled: dict[str, Side] = {}


class DifferenceShape(Schema):
    """One fact on which the record and the card disagree."""

    fact: str
    label: str
    on_record: str
    seen: str


class DifferenceList(Schema):
    """Everything that the officer has to settle."""

    items: list[DifferenceShape]


class PurposeSent(Schema):
    """Why the masked value is opened; the citizen reads it."""

    model_config = ConfigDict(extra="forbid")
    purpose: Purpose


class Revealed(Schema):
    """What the sheet masks, in the clear, once; `answers` by field id."""

    nik: str
    answers: dict[str, str]


class NoteSent(Schema):
    """A message to the citizen, or a note for colleagues."""

    model_config = ConfigDict(extra="forbid")
    text: Note
    audience: Audience = Audience.INTERNAL


@router.get(
    "/desk/cases/{uuid:case_id}",
    auth=Token(READ, "officer"),
    operation_id="get_sheet",
    response={200: DeskSheet, **SEEN},
)
def sheet(request: HttpRequest, case_id: UUID) -> DeskSheet:
    """The case as the office sees it; each look is journalled and shown to the citizen."""
    officer = _officer(request)
    case = queries.case_for_officer(officer, case_id)
    actions.note_reading(by=officer, case=case)
    return sheet_of(case, officer)


@router.post(
    "/desk/cases/{uuid:case_id}/verdicts",
    auth=Token(WORK, "officer"),
    operation_id="record_verdicts",
    response={200: CaseAfter, **DONE},
)
def verdicts(request: HttpRequest, case_id: UUID, sent: VerdictsSent) -> CaseAfter:
    """Keep what was found so far."""
    officer, case = at_work(request, case_id)
    given = {each.target: _verdict(each) for each in sent.verdicts}
    return after(actions.record_verdicts(by=officer, case=case, verdicts=list(given.values())))


def _verdict(sent: VerdictSent) -> VerdictGiven:
    kind, _, target_id = sent.target.partition(":")
    return VerdictGiven(
        Target(TargetKind(kind).value, target_id),
        is_ok=sent.outcome == Outcome.OK,
        reason_code=sent.reason,
        note=sent.note,
        row=sent.row,
    )


@router.post(
    "/desk/cases/{uuid:case_id}/forward",
    auth=Token(WORK, "officer"),
    operation_id="forward_case",
    response={200: CaseAfter, **DONE},
)
def forward(request: HttpRequest, case_id: UUID) -> CaseAfter:
    """Everything is in order: pass the case on."""
    officer, case = at_work(request, case_id)
    return after(actions.forward(by=officer, case=case))


@router.post(
    "/desk/cases/{uuid:case_id}/return",
    auth=Token(WORK, "officer"),
    operation_id="return_case",
    response={200: CaseAfter, **DONE},
)
def return_for_repair(request: HttpRequest, case_id: UUID) -> CaseAfter:
    """Send the case back with every fault; the clock stands still until the repair."""
    officer, case = at_work(request, case_id)
    return after(actions.return_for_repair(by=officer, case=case))


@router.post(
    "/desk/cases/{uuid:case_id}/approve",
    auth=Token(WORK, "officer"),
    operation_id="approve_case",
    response={200: CaseAfter, **DONE},
)
def approve(request: HttpRequest, case_id: UUID) -> CaseAfter:
    """Say yes; the letter is made and numbered."""
    officer, case = at_work(request, case_id)
    return after(actions.approve(by=officer, case=case))


@router.post(
    "/desk/cases/{uuid:case_id}/reject",
    auth=Token(WORK, "officer"),
    operation_id="reject_case",
    response={200: CaseAfter, **DONE},
)
def reject(request: HttpRequest, case_id: UUID, sent: RejectionSent) -> CaseAfter:
    """Say no, with a reason."""
    officer, case = at_work(request, case_id)
    return after(actions.reject(by=officer, case=case, reason_code=sent.reason, note=sent.note))


@router.post(
    "/desk/cases/{uuid:case_id}/printed",
    auth=Token(WORK, "officer"),
    operation_id="mark_printed",
    response={200: CaseAfter, **DONE},
)
def printed(request: HttpRequest, case_id: UUID) -> CaseAfter:
    """The letter is on paper and waits for the pen."""
    officer, case = at_work(request, case_id)
    return after(actions.mark_printed(by=officer, case=case))


@router.post(
    "/desk/cases/{uuid:case_id}/shelve",
    auth=Token(WORK, "officer"),
    operation_id="shelve_letter",
    response={200: CaseAfter, **DONE},
)
def shelve(request: HttpRequest, case_id: UUID, sent: ShelfSent) -> CaseAfter:
    """Signed and put on the shelf; the citizen is told to come."""
    officer, case = at_work(request, case_id)
    return after(actions.shelve(by=officer, case=case, shelf_number=sent.shelf_number))


@router.post(
    "/desk/cases/{uuid:case_id}/hand-over",
    auth=Token(WORK, "officer"),
    operation_id="hand_over_letter",
    response={200: CaseAfter, **DONE},
)
def hand_over(request: HttpRequest, case_id: UUID, sent: TakerSent) -> CaseAfter:
    """The letter leaves the house, with proof of who took it."""
    officer, case = at_work(request, case_id)
    taker = Taker(sent.name, sent.relation.value, sent.card.value, sent.card_number)
    return after(actions.hand_over(by=officer, case=case, taker=taker))


@router.post(
    "/desk/cases/{uuid:case_id}/compare",
    auth=Token(WORK, "officer"),
    operation_id="compare_card",
    response={200: DifferenceList, **DONE},
)
def compare(request: HttpRequest, case_id: UUID, sent: CardSent) -> DifferenceList:
    """Both sides of every disagreement between the card and the record; the look is journalled."""
    officer, case = at_work(request, case_id)
    found = people.compare_with_record(by=officer, citizen=case.applicant, facts=sent.facts)
    return DifferenceList(
        items=[
            DifferenceShape(fact=each.fact, label=each.label, on_record=each.on_record, seen=each.seen)
            for each in found
        ]
    )


@router.post(
    "/desk/cases/{uuid:case_id}/prove",
    auth=Token(WORK, "officer"),
    operation_id="prove_applicant",
    response={200: CaseAfter, **DONE},
)
def prove(request: HttpRequest, case_id: UUID, sent: CardSent) -> CaseAfter:
    """The applicant stood at the counter with her card; `settled` says what holds where a record differs."""
    officer, case = at_work(request, case_id)
    case = actions.prove_applicant(by=officer, case=case, facts=sent.facts, settled=sent.settled)
    return after(case)


@router.post(
    "/desk/cases/{uuid:case_id}/reveal",
    auth=Token(WORK, "officer"),
    operation_id="reveal_nik",
    response={200: Revealed, **DONE},
)
def reveal(request: HttpRequest, case_id: UUID, sent: PurposeSent) -> Revealed:
    """The applicant's NIK and every masked answer, for a purpose from the list; the citizen reads it."""
    officer, case = at_work(request, case_id)
    labels = masked_labels(queries.definition_of(case), case.answers.clear)
    nik = actions.reveal(by=officer, case=case, purpose=sent.purpose, also=labels)
    return Revealed(nik=nik, answers=opened_answers(case, officer))


@router.post(
    "/desk/cases/{uuid:case_id}/notes",
    auth=Token(WORK, "officer"),
    operation_id="post_note",
    response={201: MessageShape, **DONE},
)
def note(request: HttpRequest, case_id: UUID, sent: NoteSent) -> Status:
    """Write to the citizen, or to colleagues."""
    officer, case = at_work(request, case_id)
    row = threads.post(
        by=officer.as_actor(), subject=case.as_subject(), text=sent.text, audience=sent.audience
    )
    return Status(201, message(row))


def _officer(request: HttpRequest) -> Officer:
    officer: Officer = request.officer  # type: ignore[attr-defined]  # people.middleware; Token has looked
    return officer


def at_work(request: HttpRequest, case_id: UUID) -> tuple[Officer, Case]:
    """The officer, counted, and the case, if it is one of her offices'."""
    officer = _officer(request)
    ratelimit.hit("cases.desk", str(officer.pk), limit=ACTS_PER_HOUR, seconds=HOUR)
    return officer, queries.case_for_officer(officer, case_id)


def after(case: Case) -> CaseAfter:
    return CaseAfter(
        id=case.pk,
        number=case.number,
        state=CaseState(case.state),
        state_label=office_label(CaseState(case.state)),
        version=case.version,
        updated_at=case.updated_at,
    )

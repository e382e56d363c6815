"""The applicant's side: apply, follow, repair, take back, write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import ConfigDict, Field

from balai.catalogue import forms, running
from balai.catalogue.api import SUBMIT
from balai.catalogue.api_shapes import ShownShape
from balai.engines.cases import actions, queries
from balai.engines.cases.api.told import (
    CaseCard,
    CaseTold,
    FileTold,
    MessageShape,
    card,
    files_told,
    message,
    told,
)
from balai.engines.cases.enums import Channel, Delivery, HomeReason
from balai.engines.cases.models import Case
from balai.engines.cases.queries import listing
from balai.engines.cases.rules.life import UNDECIDED
from balai.runtime import ratelimit
from balai.runtime.api import CursorRefused, Token, refused
from balai.runtime.errors import NotFound
from balai.threads import queries as notes
from balai.threads.enums import Audience

if TYPE_CHECKING:
    from balai.people.models import Citizen

READ = "cases:read"
SUBMITS_PER_HOUR, MESSAGES_PER_HOUR, HOUR = 60, 20, 3600
MOST = 100
Answers = Annotated[dict[str, Any], Field(max_length=500)]
Uploads = Annotated[dict[str, Annotated[list[UUID], Field(max_length=20)]], Field(max_length=50)]

Letters = Annotated[dict[str, UUID], Field(max_length=20)]

router = Router(tags=["cases"])


class HomeVisitSent(Schema):
    """Asks the office to come, where the service allows it."""

    model_config = ConfigDict(extra="forbid")
    reason: HomeReason
    address: Annotated[str, Field(max_length=200)]


class Application(Schema):
    """An application. `id` is a UUIDv7 made by the client: sent again, it gives the same receipt."""

    model_config = ConfigDict(extra="forbid")
    service: Annotated[str, Field(max_length=100, description="slug of the service")]
    answers: Answers
    uploads: Uploads = Field(default={}, description="ids of files by requirement")
    letters: Letters = Field(default={}, description="ids of own letters by requirement of kind letter")
    delivery: Delivery | None = Field(
        default=None,
        description="how the letter reaches the applicant; left out: download where she may, else pickup",
    )
    home_visit: HomeVisitSent | None = None
    id: UUID | None = None


class ReceiptShape(Schema):
    """What the slip says. `is_repeat`: this very application had arrived before."""

    id: UUID
    number: str
    pin: str
    follow_url: str
    is_repeat: bool


class CasePage(Schema):
    """Newest first; `next` is the cursor of the page after this one."""

    items: list[CaseCard]
    next: str | None


class OwnCase(Schema):
    """All that the applicant's page of a case shows."""

    case: CaseTold
    answers: dict[str, Any]
    shown: list[ShownShape]
    files: list[FileTold]
    messages: list[MessageShape]
    may_withdraw: bool


class Repair(Schema):
    """New answers to what was marked (null takes an answer away), and new files for what was marked."""

    model_config = ConfigDict(extra="forbid")
    answers: Answers = Field(default={})
    uploads: Uploads = Field(default={})
    letters: Letters = Field(default={})


class ObjectionSent(Schema):
    """What is wrong with the rejection."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(max_length=2000)]


class MessageSent(Schema):
    """Words to the office."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(max_length=2000)]


class MessageList(Schema):
    """Oldest first."""

    items: list[MessageShape]


@router.post(
    "/cases",
    auth=Token(SUBMIT, "citizen"),
    operation_id="submit_case",
    response={200: ReceiptShape, 201: ReceiptShape, **refused(400, 401, 403, 404, 409, 413, 422, 429)},
)
def submit(
    request: HttpRequest,
    sent: Application,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", max_length=200)] = "",
) -> Status:
    """File an application, once, however often it is sent: 201 for the first time, 200 for every repeat."""
    citizen = _citizen(request)
    ratelimit.hit("cases.submit", str(citizen.pk), limit=SUBMITS_PER_HOUR, seconds=HOUR)
    earlier = queries.case_filed_as(citizen, sent.id) if sent.id else None
    if earlier is not None:
        return _receipt(actions.receipt_of(citizen, earlier))
    service = running.current().by_slug(sent.service)
    if service.engine != "cases":
        raise NotFound(sent.service)
    receipt = actions.submit(
        by=citizen,
        service=service,
        answers=forms.clean_answers(service, sent.answers),
        uploads={name: ids for name, ids in sent.uploads.items() if ids},
        key=f"api:{idempotency_key}" if idempotency_key else "",
        id=sent.id,
        channel=Channel.API,
        delivery=sent.delivery or "",
        letters=sent.letters,
        home=_home(sent),
    )
    return _receipt(receipt)


def _home(sent: Application) -> actions.HomeVisit | None:
    asked = sent.home_visit
    return actions.HomeVisit(asked.reason.value, asked.address) if asked else None


def _receipt(receipt: actions.Receipt) -> Status:
    shape = ReceiptShape(
        id=receipt.case.pk,
        number=receipt.number,
        pin=receipt.pin,
        follow_url=f"{settings.BALAI.public_url.rstrip('/')}/lacak/?nomor={receipt.number}",
        is_repeat=receipt.is_repeat,
    )
    return Status(200 if receipt.is_repeat else 201, shape)


@router.get(
    "/cases",
    auth=Token(READ, "citizen"),
    operation_id="list_cases",
    response={200: CasePage, **refused(401, 403, 422, 429)},
)
def own_cases(
    request: HttpRequest,
    cursor: Annotated[str, Field(max_length=60)] = "",
    limit: Annotated[int, Field(ge=1, le=MOST)] = 20,
) -> CasePage:
    """My applications, newest first."""
    citizen = _citizen(request)
    behind = _case_at(citizen, cursor) if cursor else None
    rows = listing.own_cases(citizen, behind=behind, limit=limit + 1)
    shown = rows[:limit]
    return CasePage(
        items=[card(each) for each in shown], next=shown[-1].number if len(rows) > limit else None
    )


def _case_at(citizen: Citizen, cursor: str) -> Case:
    """The last case of the page before; its number is the cursor."""
    try:
        return queries.case_for_citizen(citizen, cursor)
    except NotFound:
        raise CursorRefused() from None


@router.get(
    "/cases/{number}",
    auth=Token(READ, "citizen"),
    operation_id="get_case",
    response={200: OwnCase, **refused(401, 403, 404, 429)},
)
def own_case(request: HttpRequest, number: str) -> OwnCase:
    """Where my application stands, what I sent, what was said about it."""
    case = queries.case_for_citizen(_citizen(request), number)
    answers = case.answers.clear
    shown = forms.shown_answers(queries.definition_of(case), answers)
    return OwnCase(
        case=told(case),
        answers=answers,
        shown=[ShownShape(field=row.field, label=row.label, text=row.text) for row in shown],
        files=files_told(case),
        messages=_messages(case),
        may_withdraw=case.state in UNDECIDED,
    )


@router.get(
    "/cases/{number}/slip",
    auth=Token(READ, "citizen"),
    operation_id="get_slip",
    response={200: ReceiptShape, **refused(401, 403, 404, 429)},
)
def slip(request: HttpRequest, number: str) -> Status:
    """Number and PIN again, for the slip."""
    citizen = _citizen(request)
    return _receipt(actions.receipt_of(citizen, queries.case_for_citizen(citizen, number)))


@router.post(
    "/cases/{number}/repair",
    auth=Token(SUBMIT, "citizen"),
    operation_id="repair_case",
    response={200: CaseTold, **refused(400, 401, 403, 404, 409, 413, 422, 429)},
)
def repair(request: HttpRequest, number: str, sent: Repair) -> CaseTold:
    """Provide what the officer marked, and nothing else; the time runs on."""
    citizen = _citizen(request)
    ratelimit.hit("cases.submit", str(citizen.pk), limit=SUBMITS_PER_HOUR, seconds=HOUR)
    case = queries.case_for_citizen(citizen, number)
    answers = forms.clean_answers(
        queries.definition_of(case),
        _laid_over(case.answers.clear, sent.answers),
        today=queries.filed_on(case),
    )
    uploads = {name: ids for name, ids in sent.uploads.items() if ids}
    return told(actions.repair(by=citizen, case=case, answers=answers, uploads=uploads, letters=sent.letters))


def _laid_over(stored: Mapping[str, Any], fresh: Mapping[str, Any]) -> dict[str, Any]:
    """The stored answers with the new ones in their place; null takes one away."""
    return {name: value for name, value in {**stored, **fresh}.items() if value is not None}


@router.post(
    "/cases/{number}/withdraw",
    auth=Token(SUBMIT, "citizen"),
    operation_id="withdraw_case",
    response={200: CaseTold, **refused(401, 403, 404, 409, 429)},
)
def withdraw(request: HttpRequest, number: str) -> CaseTold:
    """Take the application back, as long as nobody has decided."""
    citizen = _citizen(request)
    return told(actions.withdraw(by=citizen, case=queries.case_for_citizen(citizen, number)))


@router.post(
    "/cases/{number}/object",
    auth=Token(SUBMIT, "citizen"),
    operation_id="object_to_rejection",
    response={200: CaseTold, **refused(400, 401, 403, 404, 409, 422, 429)},
)
def object_to(request: HttpRequest, number: str, sent: ObjectionSent) -> CaseTold:
    """Ask the office above to look again at a rejection, once."""
    citizen = _citizen(request)
    case = queries.case_for_citizen(citizen, number)
    return told(actions.object_to_rejection(by=citizen, case=case, text=sent.text))


@router.get(
    "/cases/{number}/messages",
    auth=Token(READ, "citizen"),
    operation_id="list_messages",
    response={200: MessageList, **refused(401, 403, 404, 429)},
)
def messages(request: HttpRequest, number: str) -> MessageList:
    """What the office and I have written to each other."""
    return MessageList(items=_messages(queries.case_for_citizen(_citizen(request), number)))


@router.post(
    "/cases/{number}/messages",
    auth=Token(SUBMIT, "citizen"),
    operation_id="send_message",
    response={200: MessageShape, 201: MessageShape, **refused(400, 401, 403, 404, 409, 413, 422, 429)},
)
def send_message(
    request: HttpRequest,
    number: str,
    sent: MessageSent,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", max_length=200)] = "",
) -> Status:
    """Write to the office about my application; with an Idempotency-Key once, however often it is sent."""
    citizen = _citizen(request)
    case = queries.case_for_citizen(citizen, number)
    ratelimit.hit("cases.message", str(citizen.pk), limit=MESSAGES_PER_HOUR, seconds=HOUR)
    row, is_new = actions.write(by=citizen, case=case, text=sent.text, key=idempotency_key)
    return Status(201 if is_new else 200, message(row))


def _messages(case: Case) -> list[MessageShape]:
    return [message(row) for row in notes.notes(case.as_subject(), Audience.CITIZEN)]


def _citizen(request: HttpRequest) -> Citizen:
    citizen: Citizen = request.citizen  # type: ignore[attr-defined]  # people.middleware; Token has looked
    return citizen

"""The catalogue through the API: what there is, what it costs, and the form of a service as JSON Schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from balai.catalogue import forms, running
from balai.catalogue.forms import FormErrors
from balai.catalogue.kinds.areas import government_areas
from balai.catalogue.schema import Requirement, ServiceDefinition, Step
from balai.people import queries as people
from balai.people.today import local_today
from balai.runtime.api import CursorRefused, Token, everybody, refused
from balai.runtime.errors import Fault, faults_of

if TYPE_CHECKING:
    from balai.people.models import Citizen

MOST = 100
SUBMIT = "cases:submit"

router = Router(tags=["catalogue"])


@faults_of.register
def _faults_of_answers(error: FormErrors) -> tuple[Fault, ...]:
    """Every fault of every answer, under the answer's id."""
    return tuple(
        Fault(name, fault.code, fault.sentence) for name, found in error.errors.items() for fault in found
    )


class ServiceCard(Schema):
    """A service in a list. `is_nearest` marks a guess, when nothing fits what was sought."""

    slug: str
    title: str
    summary: str
    life_event: str
    is_open: bool
    is_nearest: bool


class ServicePage(Schema):
    """Services, best hits first when something was sought; `next` is the cursor of the page after this."""

    items: list[ServiceCard]
    next: str | None


class FeeShape(Schema):
    """What is paid, in whole rupiah; 0 is said."""

    title: str
    amount: int
    basis: str


class DeadlineShape(Schema):
    """How long the office may take from a complete application."""

    amount: int
    unit: Literal["working_days", "working_minutes", "days", "hours"]
    label: str
    basis: str


class RequirementShape(Schema):
    """One thing to have ready; `kind` known is on record or shown at the counter, the others are sent."""

    id: str
    title: str
    help: str
    kind: Literal["photo", "document", "known"]
    required: bool
    is_conditional: bool
    max_files: int


class StepShape(Schema):
    """One step of the office."""

    id: str
    title: str
    act: str
    limit: str


class ServiceShape(Schema):
    """Everything a citizen is told before the first field; `deliveries`: how the product may reach her."""

    slug: str
    id: str
    title: str
    summary: str
    help: str
    life_event: str
    identity: Literal["claimed", "contact_proven", "counter_proven"]
    office: str
    is_open: bool
    must_come: bool
    attendance: str
    deliveries: list[str]
    fees: list[FeeShape]
    deadline: DeadlineShape | None
    requirements: list[RequirementShape]
    steps: list[StepShape]


class FormShape(Schema):
    """`answers` is a JSON Schema (draft 2020-12); `uploads` are files to send to /files beforehand."""

    slug: str
    definition: str = Field(description="SHA-256 of the definition; another one may ask other things")
    answers: dict[str, Any]
    uploads: list[RequirementShape]


class PrefillShape(Schema):
    """Answers that are known already."""

    answers: dict[str, Any]


class AnswersSent(Schema):
    """Answers by field id, as the form's JSON Schema describes them."""

    model_config = ConfigDict(extra="forbid")
    answers: Annotated[dict[str, Any], Field(max_length=500)]


class ShownShape(Schema):
    """One answer as people read it."""

    field: str
    label: str
    text: str


class ReviewShape(Schema):
    """Answers that pass, as they would be stored and read, and what they call for."""

    answers: dict[str, Any]
    shown: list[ShownShape]
    uploads: list[RequirementShape]
    fees: list[FeeShape]
    deadline: DeadlineShape | None


class AreaShape(Schema):
    """A village or kelurahan that a question of kind area takes."""

    code: str
    name: str
    district: str


class AreaList(Schema):
    """Every village and kelurahan of this government."""

    items: list[AreaShape]


@router.get(
    "/services", auth=everybody, operation_id="list_services", response={200: ServicePage, **refused(422)}
)
def services(
    request: HttpRequest,
    q: Annotated[str, Field(max_length=200, description="words people use; typos are forgiven")] = "",
    life_event: Annotated[str, Field(max_length=100)] = "",
    cursor: Annotated[str, Field(max_length=100)] = "",
    limit: Annotated[int, Field(ge=1, le=MOST)] = 20,
) -> ServicePage:
    """Every service, or those that people may mean by `q`."""
    today, catalogue = local_today(), running.current()
    found = [(hit.service, hit.is_nearest) for hit in catalogue.search(q, MOST)] if q.strip() else []
    if not q.strip():
        found = [(each, False) for each in catalogue.services]
    found = [each for each in found if life_event in ("", each[0].life_event)]
    start = _position([each.slug for each, _ in found], cursor)
    shown = found[start : start + limit]
    items = [
        ServiceCard(
            slug=each.slug,
            title=each.title,
            summary=each.summary,
            life_event=each.life_event,
            is_open=each.is_open_on(today),
            is_nearest=is_nearest,
        )
        for each, is_nearest in shown
    ]
    return ServicePage(items=items, next=items[-1].slug if start + limit < len(found) else None)


def _position(slugs: Sequence[str], cursor: str) -> int:
    """Where the page behind the cursor begins; the cursor is the last service of the page before."""
    if not cursor:
        return 0
    if cursor not in slugs:
        raise CursorRefused()
    return slugs.index(cursor) + 1


@router.get(
    "/services/{slug}",
    auth=everybody,
    operation_id="get_service",
    response={200: ServiceShape, **refused(404)},
)
def service(request: HttpRequest, slug: str) -> ServiceShape:
    """What it costs, how long it takes, what to bring, whether one must come."""
    found, today = running.current().by_slug(slug), local_today()
    return ServiceShape(
        slug=found.slug,
        id=found.id,
        title=found.title,
        summary=found.summary,
        help=found.help,
        life_event=found.life_event,
        identity=found.identity,
        office=found.office,
        is_open=found.is_open_on(today),
        must_come=found.attendance.needed,
        attendance=found.attendance.sentence,
        deliveries=list(found.output.delivery),
        fees=_fees(found),
        deadline=_deadline(found, {}),
        requirements=[_requirement(each) for each in found.requirement],
        steps=[_step(each) for each in found.step],
    )


@router.get(
    "/services/{slug}/form",
    auth=everybody,
    operation_id="get_form",
    response={200: FormShape, **refused(404)},
)
def form(request: HttpRequest, slug: str) -> FormShape:
    """The questions as JSON Schema, and the files that are asked for."""
    found = running.current().by_slug(slug)
    return FormShape(
        slug=found.slug,
        definition=found.content_hash,
        answers=forms.json_schema(found),
        uploads=[_requirement(each) for each in found.uploads],
    )


@router.get(
    "/services/{slug}/prefill",
    auth=Token(SUBMIT, "citizen"),
    operation_id="get_prefill",
    response={200: PrefillShape, **refused(401, 403, 404, 429)},
)
def prefill(request: HttpRequest, slug: str) -> PrefillShape:
    """Answers that the town knows; empty unless the account was proven at a counter."""
    found = running.current().by_slug(slug)
    citizen: Citizen = request.citizen  # type: ignore[attr-defined]  # people.middleware; Token has looked
    return PrefillShape(answers=forms.prefilled(found, people.known_facts(citizen)))


@router.post(
    "/services/{slug}/review",
    auth=Token(SUBMIT, "citizen"),
    operation_id="review_answers",
    response={200: ReviewShape, **refused(400, 401, 403, 404, 413, 422, 429)},
)
def review(request: HttpRequest, slug: str, sent: AnswersSent) -> ReviewShape:
    """Check answers without sending them: every fault at once, or everything once more before sending."""
    found, today = running.current().by_slug(slug), local_today()
    answers = forms.clean_answers(found, sent.answers, today=today)
    asked = found.requirements_for(answers, today)
    shown = forms.shown_answers(found, answers)
    return ReviewShape(
        answers=answers,
        shown=[ShownShape(field=row.field, label=row.label, text=row.text) for row in shown],
        uploads=[_requirement(each) for each in asked if each.is_upload],
        fees=_fees(found),
        deadline=_deadline(found, answers),
    )


@router.get("/areas", auth=everybody, operation_id="list_areas", response=AreaList)
def areas(request: HttpRequest) -> AreaList:
    """The places that a question of kind area takes, by kecamatan."""
    return AreaList(
        items=[
            AreaShape(code=code, name=name, district=district)
            for district, villages in government_areas()
            for code, name in villages
        ]
    )


def _fees(found: ServiceDefinition) -> list[FeeShape]:
    fees = found.fees_on(local_today())
    return [FeeShape(title=fee.title, amount=fee.amount, basis=fee.basis) for fee in fees]


def _deadline(found: ServiceDefinition, answers: dict[str, Any]) -> DeadlineShape | None:
    today = local_today()
    if not found.is_open_on(today):
        return None
    rule = found.deadline_on(today, answers)
    return DeadlineShape(amount=rule.amount, unit=rule.unit, label=rule.duration.label(), basis=rule.basis)


def _requirement(each: Requirement) -> RequirementShape:
    return RequirementShape(
        id=each.id,
        title=each.title,
        help=each.help or "",
        kind=each.kind,
        required=each.required,
        is_conditional=bool(each.when),
        max_files=each.max_files,
    )


def _step(each: Step) -> StepShape:
    limit = each.deadline.duration.label() if each.deadline else ""
    return StepShape(id=each.id, title=each.title, act=each.act, limit=limit)

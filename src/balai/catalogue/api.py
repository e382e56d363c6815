"""The catalogue through the API: what there is, what it costs, and the form of a service as JSON Schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from balai.catalogue import api_shapes as shapes
from balai.catalogue import forms, queries, running
from balai.catalogue.api_shapes import (
    AnswersSent,
    AreaList,
    AreaShape,
    DisruptionList,
    FormShape,
    PrefillShape,
    ReviewShape,
    ServicePage,
    ServiceShape,
    ShownShape,
)
from balai.catalogue.forms import FormErrors
from balai.catalogue.kinds.areas import government_areas
from balai.catalogue.schema.listed import Entry
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
    catalogue = running.current()
    found = []
    if q.strip():
        hits = catalogue.search(q, MOST)
        found = [(hit.service, hit.is_nearest) for hit in hits if not isinstance(hit.service, Entry)]
    if not q.strip():
        found = [(each, False) for each in catalogue.listed]
    found = [each for each in found if life_event in ("", each[0].life_event)]
    start = _position([each.slug for each, _ in found], cursor)
    shown = found[start : start + limit]
    items = [shapes.card(each, is_nearest=is_nearest) for each, is_nearest in shown]
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
    catalogue = running.current()
    elsewhere = catalogue.elsewhere_by_slug(slug)
    if elsewhere is not None:
        return shapes.told_elsewhere(elsewhere, catalogue)
    return shapes.told(catalogue.by_slug(slug), catalogue)


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
        uploads=[shapes.requirement(each) for each in found.uploads],
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
        uploads=[shapes.requirement(each) for each in asked if each.is_upload],
        fees=shapes.fees(found),
        deadline=shapes.deadline(found, answers),
    )


@router.get("/disruptions", auth=everybody, operation_id="list_disruptions", response=DisruptionList)
def disruptions(request: HttpRequest) -> DisruptionList:
    """What does not work as promised now."""
    catalogue = running.current()
    return DisruptionList(items=[shapes.disruption(each, catalogue) for each in queries.every_disruption()])


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

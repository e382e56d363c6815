"""What the API says about services: the shapes, and how a definition is put into them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from balai.catalogue import queries, standards
from balai.catalogue.catalogue import Catalogue
from balai.catalogue.models import Disruption
from balai.catalogue.schema import Requirement, ServiceDefinition, Step
from balai.catalogue.schema.elsewhere import ElsewhereDefinition
from balai.catalogue.schema.listed import Listed
from balai.people.today import local_today


class ServiceCard(Schema):
    """A service in a list. `is_nearest` marks a guess, when nothing fits what was sought.

    `is_elsewhere`: another agency does it; there is nothing to apply for here.
    """

    slug: str
    title: str
    summary: str
    life_event: str
    is_open: bool
    is_elsewhere: bool
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
    """One thing to have ready; `kind` known is on record or shown at the counter, the others are sent.

    A letter is one of the applicant's own, named by its id; where `or_upload` a file will do as well.
    """

    id: str
    title: str
    help: str
    kind: Literal["photo", "document", "letter", "known"]
    required: bool
    is_conditional: bool
    max_files: int
    letter_of: str
    or_upload: bool


class StepShape(Schema):
    """One step of the office."""

    id: str
    title: str
    act: str
    limit: str


class ComponentShape(Schema):
    """One component of the service standard (UU 25/2009 ps 21); `is_public`: one of the six for everybody."""

    key: str
    is_public: bool
    lines: list[str]


class DisruptionShape(Schema):
    """A notice that holds now; `services` are slugs, empty when it concerns all."""

    text: str
    services: list[str]
    starts_at: datetime
    ends_at: datetime


class DisruptionList(Schema):
    """Every notice that holds now, the newest first."""

    items: list[DisruptionShape]


class ElsewhereShape(Schema):
    """Who does it instead, and who stands behind these facts. Empty texts are not known: ask there."""

    name: str
    address: str
    hours: str
    phone: str
    link: str
    cost: str
    time: str
    checked_by: str
    checked_on: date
    source: str
    is_demo: bool


class ServiceShape(Schema):
    """Everything a citizen is told before the first field; `deliveries`: how the product may reach her.

    Of a service done elsewhere `elsewhere` says where, and steps, fees and form are not ours to tell.
    """

    slug: str
    id: str
    title: str
    summary: str
    help: str
    life_event: str
    identity: Literal["claimed", "contact_proven", "counter_proven"] | None
    office: str
    is_open: bool
    must_come: bool | None
    attendance: str
    deliveries: list[str]
    fees: list[FeeShape]
    deadline: DeadlineShape | None
    requirements: list[RequirementShape]
    steps: list[StepShape]
    standard: list[ComponentShape]
    disruptions: list[DisruptionShape]
    elsewhere: ElsewhereShape | None


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


def card(found: Listed, *, is_nearest: bool) -> ServiceCard:
    """A service in a list."""
    return ServiceCard(
        slug=found.slug,
        title=found.title,
        summary=found.summary,
        life_event=found.life_event,
        is_open=found.is_open_on(local_today()) if isinstance(found, ServiceDefinition) else True,
        is_elsewhere=isinstance(found, ElsewhereDefinition),
        is_nearest=is_nearest,
    )


def told(found: ServiceDefinition, catalogue: Catalogue) -> ServiceShape:
    """A service that is done here."""
    return ServiceShape(
        slug=found.slug,
        id=found.id,
        title=found.title,
        summary=found.summary,
        help=found.help,
        life_event=found.life_event,
        identity=found.identity,
        office=found.office,
        is_open=found.is_open_on(local_today()),
        must_come=found.attendance.needed,
        attendance=found.attendance.sentence,
        deliveries=list(found.output.delivery),
        fees=fees(found),
        deadline=deadline(found, {}),
        requirements=[requirement(each) for each in found.requirement],
        steps=[step(each) for each in found.step],
        standard=_standard(found, catalogue),
        disruptions=[disruption(each, catalogue) for each in queries.disruptions(found.id)],
        elsewhere=None,
    )


def _standard(found: ServiceDefinition, catalogue: Catalogue) -> list[ComponentShape]:
    return [
        ComponentShape(key=each.key, is_public=each.is_public, lines=list(each.lines))
        for each in standards.components(found, catalogue.standards, local_today())
    ]


def disruption(found: Disruption, catalogue: Catalogue) -> DisruptionShape:
    """One notice; services that are gone since are left out."""
    slugs = {each.id: each.slug for each in catalogue.listed}
    return DisruptionShape(
        text=found.text,
        services=[slugs[each] for each in found.service_ids if each in slugs],
        starts_at=found.starts_at,
        ends_at=found.ends_at,
    )


def told_elsewhere(found: ElsewhereDefinition, catalogue: Catalogue) -> ServiceShape:
    """A service that another agency does."""
    door = catalogue.doors[found.door]
    return ServiceShape(
        slug=found.slug,
        id=found.id,
        title=found.title,
        summary=found.summary,
        help=found.help,
        life_event=found.life_event,
        identity=None,
        office="",
        is_open=True,
        must_come=found.attendance.needed if found.attendance else None,
        attendance=found.attendance.sentence if found.attendance else "",
        deliveries=[],
        fees=[],
        deadline=None,
        requirements=[
            RequirementShape(
                id=f"bring-{at}",
                title=each.title,
                help=each.help or "",
                kind="known",
                required=each.required,
                is_conditional=not each.required,
                max_files=0,
                letter_of="",
                or_upload=False,
            )
            for at, each in enumerate(found.bring, 1)
        ],
        steps=[],
        standard=[],
        disruptions=[disruption(each, catalogue) for each in queries.disruptions(found.id)],
        elsewhere=ElsewhereShape(
            name=door.name,
            address=door.address or "",
            hours=door.hours or "",
            phone=door.phone or "",
            link=found.link or door.link or "",
            cost=str(found.cost.amount) if found.cost else "",
            time=found.time.text if found.time else "",
            checked_by=found.checked.by,
            checked_on=found.checked.on,
            source=found.checked.source,
            is_demo=found.checked.is_demo or door.checked.is_demo,
        ),
    )


def fees(found: ServiceDefinition) -> list[FeeShape]:
    """What is paid today."""
    rules = found.fees_on(local_today())
    return [FeeShape(title=fee.title, amount=fee.amount, basis=fee.basis) for fee in rules]


def deadline(found: ServiceDefinition, answers: dict[str, Any]) -> DeadlineShape | None:
    """The deadline of today for these stored answers; None while the service is closed."""
    today = local_today()
    if not found.is_open_on(today):
        return None
    rule = found.deadline_on(today, answers)
    return DeadlineShape(amount=rule.amount, unit=rule.unit, label=rule.duration.label(), basis=rule.basis)


def requirement(each: Requirement) -> RequirementShape:
    """One requirement."""
    return RequirementShape(
        id=each.id,
        title=each.title,
        help=each.help or "",
        kind=each.kind,
        required=each.required,
        is_conditional=bool(each.when),
        max_files=each.max_files,
        letter_of=each.service or "",
        or_upload=each.or_upload,
    )


def step(each: Step) -> StepShape:
    """One step."""
    limit = each.deadline.duration.label() if each.deadline else ""
    return StepShape(id=each.id, title=each.title, act=each.act, limit=limit)

"""Sending a report, and joining one: with a token, as a flood of reports has to have a name.

On the router of `public`: what is read and what is sent at one address is one view.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Schema, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field

from balai.engines.reports import actions
from balai.engines.reports.actions import Filing, Receipt, Where, Who
from balai.engines.reports.actions.filing import STAGED_LABEL
from balai.engines.reports.api.public import SLUG, Code, Lat, Lon, router
from balai.engines.reports.enums import Channel, ReportState, Residency
from balai.engines.reports.queries import finding
from balai.files import actions as files
from balai.kernel.errors import ValueRefused
from balai.kernel.nik import Nik
from balai.kernel.references import Actor, Subject
from balai.people.contacts import Contact, parse_contact
from balai.people.fault_sentences import sentence
from balai.runtime import ratelimit
from balai.runtime.api import Token, Unfit, refused
from balai.runtime.errors import Fault, NotFound

if TYPE_CHECKING:
    from balai.people.models import Citizen

__all__ = ["router"]

WRITE = "reports:write"
SENT_PER_ACCOUNT, PHOTOS_PER_ACCOUNT, HOUR = 300, 1200, 3600
Contactable = Annotated[str, Field(max_length=254, description="mobile number or e-mail address")]
REFUSED = refused(400, 401, 403, 404, 409, 413, 422, 429, 507)


class FilingSent(Schema):
    """A report. `id` is a UUIDv7 made before the first try; `uploads` are photos stored under that id."""

    model_config = ConfigDict(extra="forbid")
    id: UUID
    category: Annotated[str, Field(max_length=80, pattern=SLUG)]
    text: Annotated[str, Field(max_length=8000)]
    lat: Lat | None = None
    lon: Lon | None = None
    area: Code = ""
    near: Annotated[str, Field(max_length=200)] = ""
    road: Annotated[str, Field(max_length=120)] = ""
    happened_on: date | None = None
    secret: bool = False
    hides_name: bool = False
    name: Annotated[str, Field(max_length=100)] = ""
    nik: Annotated[str, Field(max_length=40)] = ""
    contact: Contactable = ""
    residency: Residency = Residency.UNSAID
    uploads: Annotated[list[UUID], Field(max_length=5)] = []


class JoinSent(Schema):
    """ "Me too": nothing need be said."""

    model_config = ConfigDict(extra="forbid")
    contact: Contactable = ""
    note: Annotated[str, Field(max_length=500)] = ""
    device: Annotated[str, Field(max_length=200, description="the same for the same phone")] = ""


class Slip(Schema):
    """Number and PIN; `is_repeat`: this very report had arrived before."""

    number: str
    pin: str
    state: ReportState
    is_repeat: bool


class EvidenceStored(Schema):
    """A photo that the report of this id may name."""

    id: UUID
    name: str
    media_type: str
    size: int


@router.post(
    "/reports/{uuid:report_id}/photos",
    auth=Token(WRITE),
    operation_id="upload_report_photo",
    response={201: EvidenceStored, **REFUSED},
)
def upload(request: HttpRequest, report_id: UUID, file: Annotated[UploadedFile, File()]) -> Status:
    """Store a photo for the report that will have this id; without place and device, for 48 hours."""
    _count(request, "photos", PHOTOS_PER_ACCOUNT)
    owner = Subject(STAGED_LABEL, str(report_id))
    return Status(201, stored(file, by=actor_of(request), owner=owner))


def stored(file: UploadedFile, *, by: Actor, owner: Subject) -> EvidenceStored:
    """Keep one photo for `owner`."""
    row = files.store(by=by, owner=owner, file=file, allow="photo")
    return EvidenceStored(id=row.pk, name=row.name, media_type=row.media_type, size=row.size)


@router.post(
    "/reports",
    auth=Token(WRITE),
    operation_id="file_report",
    response={200: Slip, 201: Slip, **REFUSED},
)
def file(request: HttpRequest, sent: FilingSent) -> Status:
    """Send a report; the same id again files nothing and gives the same slip (200)."""
    _count(request, "sent", SENT_PER_ACCOUNT)
    citizen = citizen_of(request)
    receipt = actions.file(
        by=actor_of(request), filing=_filing(sent), channel=Channel.API, citizen=citizen, id=sent.id
    )
    return Status(200 if receipt.is_repeat else 201, slip(receipt))


def _filing(sent: FilingSent) -> Filing:
    has_point = sent.lat is not None and sent.lon is not None
    who = Who(
        nik=_nik(sent.nik) if sent.nik.strip() else None,
        name=sent.name.strip(),
        contact=read_contact(sent.contact),
        residency=sent.residency,
        hides_name=sent.hides_name,
    )
    where = Where(
        lat=sent.lat if has_point else None,
        lon=sent.lon if has_point else None,
        area_code=sent.area,
        note=sent.near,
        road_name=sent.road,
    )
    return Filing(
        category=sent.category,
        text=sent.text,
        where=where,
        who=who,
        secret=sent.secret,
        happened_on=sent.happened_on,
        uploads=tuple(sent.uploads),
    )


def _nik(text: str) -> Nik:
    try:
        return Nik.parse(text)
    except ValueRefused as refusal:
        raise Unfit([Fault("nik", refusal.code, sentence(refusal.code))]) from None


def read_contact(text: str) -> Contact | None:
    """A phone number or an e-mail address; raises Unfit."""
    try:
        return parse_contact(text) if text.strip() else None
    except ValueRefused as refusal:
        raise Unfit([Fault("contact", refusal.code, sentence(refusal.code))]) from None


@router.post(
    "/reports/{report_number}/join",
    auth=Token(WRITE),
    operation_id="join_report",
    response={201: Slip, **REFUSED},
)
def join(request: HttpRequest, report_number: str, sent: JoinSent) -> Status:
    """A voice more for a report that is there; its number with a PIN of her own.

    `report_number` may be the `id` that "alike" gave of a report without a number.
    """
    _count(request, "sent", SENT_PER_ACCOUNT)
    try:
        report = finding.report_by_id(UUID(report_number))
    except ValueError:
        report = finding.report_by_number(report_number)
    if report is None:
        raise NotFound(report_number)
    receipt = actions.join(
        by=actor_of(request),
        report=report,
        who=Who(contact=read_contact(sent.contact)),
        citizen=citizen_of(request),
        device=sent.device,
        note=sent.note,
    )
    return Status(201, slip(receipt))


def slip(receipt: Receipt) -> Slip:
    """What the reporter keeps."""
    state = ReportState(receipt.report.state)
    return Slip(number=receipt.number, pin=receipt.pin, state=state, is_repeat=receipt.is_repeat)


def citizen_of(request: HttpRequest) -> Citizen | None:
    """The citizen whose token it is; a machine has an officer's."""
    citizen: Citizen | None = request.citizen  # type: ignore[attr-defined]  # people.middleware
    return citizen


def actor_of(request: HttpRequest) -> Actor:
    """Whose token it is."""
    who = request.citizen or request.officer  # type: ignore[attr-defined]  # people.middleware
    actor: Actor = who.as_actor()
    return actor


def _count(request: HttpRequest, what: str, limit: int) -> None:
    ratelimit.hit(f"reports.api.{what}", str(actor_of(request).id), limit=limit, seconds=HOUR)

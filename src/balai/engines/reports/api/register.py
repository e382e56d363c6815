"""The officers' register and sheets of reports. Every sheet that is read is journalled, as on the page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from balai.engines.reports import actions
from balai.engines.reports.api.following import READ
from balai.engines.reports.api.public import Code, cursor_of
from balai.engines.reports.api.told import ReportEventTold, event
from balai.engines.reports.enums import Channel, ReportKind, ReportState, Visibility
from balai.engines.reports.models import Report
from balai.engines.reports.queries import finding, register, routes, sheets
from balai.runtime import clock, ratelimit
from balai.runtime.api import Token, refused

if TYPE_CHECKING:
    from balai.people.models import Officer

ACTS_PER_HOUR, HOUR = 1200, 3600
SEEN = refused(401, 403, 404, 422, 429)
OfficeCode = Annotated[str, Field(max_length=40)]

router = Router(tags=["desk"])


class RegisterCard(Schema):
    """One line of the register; of a secret report no words."""

    id: UUID
    number: str
    kind: ReportKind
    category: str
    title: str
    state: ReportState
    state_label: str
    visibility: Visibility
    channel: Channel
    office_code: str
    area_code: str
    voices: int
    filed_at: datetime
    updated_at: datetime
    version: int


class RegisterPage(Schema):
    """Newest first; `next` is the cursor of the page after this one."""

    items: list[RegisterCard]
    next: str | None


class RegisterAsked(Schema):
    """Which part of the register."""

    q: Annotated[str, Field(max_length=60)] = ""
    state: Annotated[str, Field(pattern=r"^[a-z]{0,12}$", description="a state, or open")] = ""
    category: Annotated[str, Field(max_length=80)] = ""
    office: OfficeCode = ""
    area: Code = ""
    late: bool = False
    cursor: Annotated[str, Field(max_length=60)] = ""


class FileShape(Schema):
    """A file of the report; its content is at /files/{id}. `metres`: how far from the place it was taken."""

    id: UUID
    role: str
    name: str
    media_type: str
    size: int
    metres: int | None


class PromiseShape(Schema):
    """One promise; `due_at` holds while it runs."""

    name: str
    state: str
    due_at: datetime
    is_late: bool


class ReportSheet(RegisterCard):
    """What the officer works on: the reporter's own words, never her name. `acts`: what may be done now."""

    words: str
    public_text: str
    place_note: str
    road_name: str
    road_status: str
    lat: float | None
    lon: float | None
    suggested_office: str
    suggested_why: str
    suggested_body: str
    events: list[ReportEventTold]
    files: list[FileShape]
    clocks: list[PromiseShape]
    acts: list[str]


@router.get(
    "/desk/reports",
    auth=Token(READ, "officer"),
    operation_id="list_desk_reports",
    response={200: RegisterPage, **refused(401, 403, 422, 429)},
)
def listed(request: HttpRequest, asked: Query[RegisterAsked]) -> RegisterPage:
    """The register as far as the officer has a part in it, fifty at a time."""
    wanted = register.Asked(
        state=asked.state,
        category=asked.category.replace("\0", ""),
        office=asked.office.replace("\0", ""),
        area=asked.area,
        is_late=asked.late,
        words=asked.q.replace("\0", ""),
    )
    page = register.page(officer_of(request), wanted, after=cursor_of(asked.cursor))
    items = [RegisterCard(**_card(row)) for row in page.rows]
    return RegisterPage(items=items, next=str(page.older) if page.older else None)


def _card(row: Report) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "kind": ReportKind(row.kind),
        "category": row.category,
        "title": row.title,
        "state": ReportState(row.state),
        "state_label": row.state_label,
        "visibility": Visibility(row.visibility),
        "channel": Channel(row.channel),
        "office_code": row.office_code,
        "area_code": row.area_code,
        "voices": row.voices,
        "filed_at": row.filed_at,
        "updated_at": row.updated_at,
        "version": row.version,
    }


@router.get(
    "/desk/reports/{uuid:report_id}",
    auth=Token(READ, "officer"),
    operation_id="get_report_sheet",
    response={200: ReportSheet, **SEEN},
)
def sheet(request: HttpRequest, report_id: UUID) -> ReportSheet:
    """The report with the reporter's own words; each reading is journalled. Do not poll it."""
    officer, report = mine(request, report_id)
    found = sheets.sheet(report, officer, clock.now())
    actions.note_reading(by=officer, report=report)
    suggestion = routes.suggestion_for(report)
    return ReportSheet(
        **_card(report),
        words=found.words,
        public_text=report.public_text,
        place_note=report.place_note,
        road_name=report.road_name,
        road_status=report.road_status,
        lat=report.lat,
        lon=report.lon,
        suggested_office=suggestion.office.code if suggestion.office else "",
        suggested_why=suggestion.why,
        suggested_body=suggestion.body.code if suggestion.body else "",
        events=[event(each) for each in found.events],
        files=[_file(each) for each in found.files],
        clocks=[_clock(each) for each in found.promises],
        acts=sorted(act.value for act in found.acts),
    )


def _file(each: sheets.Shown) -> FileShape:
    kept, row = each.upload, each.evidence
    return FileShape(
        id=kept.pk,
        role=row.role,
        name=kept.name,
        media_type=kept.media_type,
        size=kept.size,
        metres=row.metres,
    )


def _clock(each: sheets.Promise) -> PromiseShape:
    return PromiseShape(
        name=each.name.value, state=each.clock.state, due_at=each.clock.due_at, is_late=each.is_late
    )


def mine(request: HttpRequest, report_id: UUID) -> tuple[Officer, Report]:
    """The officer and a report that she has a part in; counted. Raises NotFound, TooMany."""
    officer = officer_of(request)
    ratelimit.hit("reports.api.desk", str(officer.pk), limit=ACTS_PER_HOUR, seconds=HOUR)
    return officer, finding.report_for_officer(officer, report_id)


def officer_of(request: HttpRequest) -> Officer:
    """The officer whose token it is."""
    officer: Officer = request.officer  # type: ignore[attr-defined]  # people.middleware; Token has looked
    return officer

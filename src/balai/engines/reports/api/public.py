"""What everybody may ask: kinds and promises, whose matter a place is, what is there already, the list."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from balai.engines.reports.api.told import (
    PromiseTold,
    ReportCard,
    ReportPage,
    ReportTold,
    card,
    promise,
    told,
)
from balai.engines.reports.enums import ReportKind
from balai.engines.reports.queries import definitions, doors, finding, listing, places, promises
from balai.engines.reports.queries.alike import alike
from balai.engines.reports.queries.listing import Asked
from balai.engines.reports.queries.summaries import summaries
from balai.engines.reports.rules.categories import Category
from balai.people.today import local_today
from balai.runtime import clock
from balai.runtime.api import CursorRefused, everybody, refused

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Lat = Annotated[float, Field(ge=-90, le=90)]
Lon = Annotated[float, Field(ge=-180, le=180)]
Code = Annotated[str, Field(max_length=13, pattern=r"^[0-9.]*$", description="of a village or kecamatan")]
Text = Annotated[str, Field(max_length=4000)]
EARLIEST, LATEST = datetime(1900, 1, 1).astimezone(), datetime(2200, 1, 1).astimezone()
Instant = Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST)]

router = Router(tags=["reports"])


class CategoryShape(Schema):
    """One kind of trouble: what it asks, and what is promised today."""

    slug: str
    title: str
    summary: str
    group: str
    group_title: str
    kind: ReportKind
    place: str
    photos: int
    secret: bool
    sensitive: bool
    emergency: str | None
    promises: list[PromiseTold]


class CategoryList(Schema):
    """Every kind that this town takes."""

    items: list[CategoryShape]


class BodyShape(Schema):
    """Somebody outside this government who is in charge; `source` says by what that is known."""

    code: str
    name: str
    how: str
    link: str
    phone: str
    source: str
    is_demo: bool


class Jurisdiction(Schema):
    """Who would get a report from this place. `whose` is "" where the data say nothing."""

    office_code: str
    office: str
    why: str
    body: BodyShape | None
    whose: str
    source: str
    is_demo: bool
    area_code: str
    road: str
    is_outside: bool


class AlikeShape(Schema):
    """A report that may be the same. `number` is null, and `title` its kind, while nobody has checked it."""

    id: UUID
    number: str | None
    title: str
    metres: int | None
    likeness: int
    filed_at: datetime


class AlikeList(Schema):
    """Likeliest first."""

    items: list[AlikeShape]


class NearShape(Schema):
    """A report, and how far away it is."""

    metres: int
    report: ReportCard


class NearList(Schema):
    """The nearest first."""

    items: list[NearShape]


class PlaceAsked(Schema):
    """A kind of report, and where; words may change the route."""

    category: Annotated[str, Field(max_length=80, pattern=SLUG)]
    lat: Lat | None = None
    lon: Lon | None = None
    area: Code = ""
    road: Annotated[str, Field(max_length=120)] = ""
    text: Text = ""


class ListAsked(Schema):
    """What of the public list is wanted; days and instants are by filing, `until` is exclusive."""

    q: Annotated[str, Field(max_length=80)] = ""
    category: Annotated[str, Field(max_length=80)] = ""
    group: Annotated[str, Field(max_length=48)] = ""
    office: Annotated[str, Field(max_length=40)] = ""
    area: Code = ""
    state: Annotated[str, Field(pattern=r"^(open|done|late)?$")] = ""
    since: Instant | None = None
    until: Instant | None = None
    changed_since: Instant | None = None
    cursor: Annotated[str, Field(max_length=60)] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 30


class NearAsked(Schema):
    """A point and how far around it."""

    lat: Lat
    lon: Lon
    metres: Annotated[int, Field(ge=1, le=2000)] = 500
    limit: Annotated[int, Field(ge=1, le=50)] = 20


@router.get(
    "/report-categories", auth=everybody, operation_id="list_report_categories", response=CategoryList
)
def categories(request: HttpRequest) -> CategoryList:
    """What can be reported here, in the order of the page."""
    day = local_today()
    return CategoryList(items=[_category(each, day) for each in definitions.current().offered.values()])


def _category(each: Category, day: date) -> CategoryShape:
    groups = {group.code: group.title for group in definitions.current().groups}
    return CategoryShape(
        slug=each.slug,
        title=each.title,
        summary=each.summary,
        group=each.group,
        group_title=groups.get(each.group, each.group),
        kind=each.kind,
        place=each.place,
        photos=each.photos,
        secret=each.secret,
        sensitive=each.sensitive,
        emergency=each.emergency,
        promises=[promise(one) for one in promises.promises_on(day, each)],
    )


@router.get(
    "/reports/jurisdiction",
    auth=everybody,
    operation_id="find_report_jurisdiction",
    response={200: Jurisdiction, **refused(400, 422)},
)
def jurisdiction(request: HttpRequest, asked: Query[PlaceAsked]) -> Jurisdiction:
    """Whose matter it is, with its source, before anything is sent."""
    category = definitions.current().category(asked.category)
    place = places.place_of(asked.lat, asked.lon, asked.area, asked.road)
    door = doors.door_of(category, asked.text, place, clock.now())
    body = door.body
    return Jurisdiction(
        office_code=door.office_code,
        office=door.office_name,
        why=door.why,
        body=BodyShape(**{name: getattr(body, name) for name in BodyShape.model_fields}) if body else None,
        whose=door.whose,
        source=door.source,
        is_demo=door.is_demo,
        area_code=place.area_code,
        road=place.road_name,
        is_outside=place.is_outside,
    )


@router.get(
    "/reports/alike",
    auth=everybody,
    operation_id="find_alike_reports",
    response={200: AlikeList, **refused(400, 422)},
)
def find_alike(request: HttpRequest, asked: Query[PlaceAsked]) -> AlikeList:
    """Open reports that may be about the same, to be joined instead of sent again."""
    category = definitions.current().category(asked.category)
    place = places.place_of(asked.lat, asked.lon, asked.area, asked.road)
    lat, lon = (asked.lat, asked.lon) if asked.lat is not None and asked.lon is not None else (None, None)
    found = alike(category, asked.text, at=clock.now(), lat=lat, lon=lon, area_code=place.area_code)
    return AlikeList(
        items=[
            AlikeShape(
                id=each.report.pk,
                number=each.report.number if each.is_listed else None,
                title=each.title,
                metres=each.metres,
                likeness=each.likeness,
                filed_at=each.report.filed_at,
            )
            for each in found
        ]
    )


@router.get(
    "/reports/nearby",
    auth=everybody,
    operation_id="list_nearby_reports",
    response={200: NearList, **refused(422)},
)
def nearby(request: HttpRequest, asked: Query[NearAsked]) -> NearList:
    """Reports around a point; of sensitive kinds none, as their points are for nobody."""
    found = listing.nearby(asked.lat, asked.lon, metres=asked.metres, most=asked.limit)
    now = clock.now()
    told_of = summaries([each.report for each in found])
    pairs = zip(found, told_of, strict=True)
    return NearList(items=[NearShape(metres=near.metres, report=card(each, now)) for near, each in pairs])


@router.get(
    "/reports", auth=everybody, operation_id="list_reports", response={200: ReportPage, **refused(422)}
)
def reports(request: HttpRequest, asked: Query[ListAsked]) -> ReportPage:
    """The public list."""
    page = listing.page(_asked(asked), after=cursor_of(asked.cursor), size=asked.limit)
    now = clock.now()
    items = [card(each, now) for each in summaries(page.rows)]
    return ReportPage(items=items, next=str(page.next) if page.next else None)


def _asked(asked: ListAsked) -> Asked:
    return Asked(
        categories=(asked.category.replace("\0", ""),) if asked.category else (),
        group=asked.group,
        office=asked.office.replace("\0", ""),
        area=asked.area,
        state=asked.state,
        since=asked.since,
        until=asked.until,
        changed_since=asked.changed_since,
        words=asked.q,
    )


def cursor_of(text: str) -> UUID | None:
    """Behind which report a page begins; raises CursorRefused."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise CursorRefused() from None


@router.get(
    "/reports/{report_number}",
    auth=everybody,
    operation_id="get_report",
    response={200: ReportTold, **refused(404)},
)
def report(request: HttpRequest, report_number: str) -> ReportTold:
    """One report that everybody may read; any other is 404."""
    return told(finding.report_by_number(report_number))

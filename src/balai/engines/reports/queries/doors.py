"""Who would get a report, said before it is sent (product.md, item 5): jurisdiction with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from balai import government
from balai.engines.reports.enums import ReportKind
from balai.engines.reports.queries import definitions, places
from balai.engines.reports.queries.places import Found
from balai.engines.reports.rules import routing
from balai.engines.reports.rules.categories import Body, Category
from balai.region import queries as region


@dataclass(frozen=True)
class Door:
    """The office that a report would be handed to, or the body outside this government.

    `whose` is what the data call the place ("Jalan provinsi"), "" where they say nothing; `source` by what
    that is known, and `is_demo` that it is an example. `asks_road`: a road's name would tell more.
    """

    office_code: str
    office_name: str
    why: str
    body: Body | None
    whose: str
    source: str
    is_demo: bool
    asks_road: bool


def door_of(category: Category, text: str, found: Found, at: datetime) -> Door:
    """Where a report of this kind from this place would go; nothing is refused for what is not known."""
    town = definitions.current().here
    if category.kind == ReportKind.WHISTLE:
        return _door(town.inspectorate, "", None, Found(), asks_road=False)
    local_at = at.astimezone(ZoneInfo(government.current().zone))
    facts = routing.Facts(category, found.area_code, found.road_status, text, local_at)
    route = routing.route_of(town.route, facts)
    office = routing.office_of(route, found.area_code)
    body = places.body_in_charge(found, by_road=category.by_road, handler=category.handler)
    return _door(office, route.why, body, found, asks_road=category.by_road and not found.road_status)


def _door(office_code: str, why: str, body: Body | None, found: Found, *, asks_road: bool) -> Door:
    office = region.office(office_code)
    whose = found.owner_name or (region.road_words(found.road_status) if found.road_status else "")
    return Door(
        office_code=office_code,
        office_name=office.name if office else "",
        why=why,
        body=body,
        whose=whose,
        source=found.source or (body.source if body else ""),
        is_demo=found.is_demo or bool(body and body.is_demo),
        asks_road=asks_road,
    )

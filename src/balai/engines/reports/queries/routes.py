"""Which office a report should go to and why, which body outside is in charge, what else may be chosen."""

from __future__ import annotations

from dataclasses import dataclass

from balai import government
from balai.engines.reports.models import Report
from balai.engines.reports.queries import definitions, places
from balai.engines.reports.rules import routing
from balai.engines.reports.rules.categories import Body, Category
from balai.region import queries as region
from balai.region.enums import OfficeKind
from balai.region.models import Office

Groups = list[tuple[str, list[Office]]]
_KINDS = (OfficeKind.AGENCY, OfficeKind.DISTRICT, OfficeKind.VILLAGE, OfficeKind.KELURAHAN)


@dataclass(frozen=True)
class Suggestion:
    """What the government's list says. `body` is somebody outside who is in charge; `source` says by what."""

    office: Office | None
    why: str
    place: places.Found
    body: Body | None = None


def suggestion_for(report: Report) -> Suggestion:
    """The first route that fits, and the body outside this government, if the place is not its own."""
    found = definitions.current()
    category = found.any_category(report.category)
    place = places.place_of(report.lat, report.lon, report.area_code, report.road_name)
    if category is None:
        return Suggestion(region.office(report.reception_code), found.here.route[-1].why, place)
    route = routing.route_of(found.here.route, _facts(report, category, place))
    office = region.office(routing.office_of(route, report.area_code))
    body = places.body_in_charge(place, by_road=category.by_road, handler=category.handler)
    if office is None or not office.is_current:
        return Suggestion(region.office(found.here.reception), found.here.route[-1].why, place, body)
    return Suggestion(office, route.why, place, body)


def _facts(report: Report, category: Category, place: places.Found) -> routing.Facts:
    return routing.Facts(
        category=category,
        area_code=report.area_code,
        road_status=report.road_status or place.road_status,
        text=str(report.words.clear or ""),
        local_at=report.filed_at.astimezone(government.current().tzinfo),
    )


def offices_to_choose(report: Report) -> Groups:
    """Offices by their kind: agencies, districts, the villages around the place (all where none is known)."""
    district = report.area_code.rpartition(".")[0]
    if not district:
        return every_office()
    groups: dict[str, list[Office]] = {kind: [] for kind in _KINDS}
    for office in region.offices():
        if office.kind in groups and _is_near(office, district):
            groups[office.kind].append(office)
    return [(str(OfficeKind(kind).label), _sorted(rows)) for kind, rows in groups.items() if rows]


def every_office(codes: frozenset[str] | None = None) -> Groups:
    """All offices, or those of `codes`: agencies, districts, the villages of each under its name.

    Villages of one name are common; which one is meant is seen from the heading alone.
    """
    found = [each for each in region.offices() if codes is None or each.code in codes]
    names = {each.area_code: each.name for each in region.offices() if each.kind == OfficeKind.DISTRICT}
    groups: dict[str, list[Office]] = {}
    for kind in (OfficeKind.AGENCY, OfficeKind.DISTRICT):
        groups[str(kind.label)] = [each for each in found if each.kind == kind]
    for office in found:
        if office.kind in (OfficeKind.VILLAGE, OfficeKind.KELURAHAN):
            district = office.area_code.rpartition(".")[0]
            groups.setdefault(names.get(district, str(OfficeKind(office.kind).label)), []).append(office)
    return [(label, _sorted(rows)) for label, rows in groups.items() if rows]


def _sorted(offices: list[Office]) -> list[Office]:
    return sorted(offices, key=lambda each: each.name)


def _is_near(office: Office, district: str) -> bool:
    is_village = office.area_code.count(".") == 3
    return not (is_village and district) or office.area_code.startswith(f"{district}.")

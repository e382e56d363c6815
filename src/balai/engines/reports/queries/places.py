"""Where something is and whose it is, before anything is sent (product.md, item 5)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from balai.engines.reports.queries import definitions
from balai.engines.reports.rules.categories import Body
from balai.engines.reports.rules.routing import body_of
from balai.files import queries as files
from balai.kernel import geo
from balai.region import queries as region


@dataclass(frozen=True)
class Found:
    """What is known of a place. `source` says by what; `is_demo`: by an example, not by a decree."""

    area_code: str = ""
    cell: int | None = None
    road_name: str = ""
    road_status: str = ""
    owner_kind: str = ""
    owner_name: str = ""
    source: str = ""
    is_demo: bool = False
    is_outside: bool = False


def place_of(lat: float | None, lon: float | None, area_code: str = "", road_name: str = "") -> Found:
    """What the town's geometry, and where there is none village and road name, say of a place."""
    if area_code and region.area(area_code) is None:
        area_code = ""
    if lat is None or lon is None:
        return _by_name(area_code, road_name)
    village = region.village_at(lat, lon)
    if not village and region.is_on_map(lat, lon) is False:
        return Found(area_code=area_code, is_outside=True)
    road, owner = region.road_near(lat, lon), region.owner_at(lat, lon)
    known = Found(area_code=village or area_code, cell=geo.cell_of(lat, lon))
    if road is not None:
        known = _with_road(known, road.name, road.status, road.source, road.is_demo)
    elif road_name:
        named = _by_name(known.area_code, road_name)
        known = _with_road(known, named.road_name, named.road_status, named.source, named.is_demo)
    if owner is not None:
        return Found(
            **{
                **known.__dict__,
                "owner_kind": owner.kind,
                "owner_name": owner.name,
                "source": owner.source,
                "is_demo": owner.is_demo,
            }
        )
    return known


def _with_road(found: Found, name: str, status: str, source: str, is_demo: bool) -> Found:
    more = {"road_name": name, "road_status": status, "source": source, "is_demo": is_demo}
    return Found(**{**found.__dict__, **more})


def _by_name(area_code: str, road_name: str) -> Found:
    found = Found(area_code=area_code)
    if not road_name:
        return found
    roads = region.roads_named(road_name, area_code)
    if not roads:
        return _with_road(found, road_name, "", "", False)
    return _with_road(found, roads[0].name, roads[0].status, roads[0].source, roads[0].is_demo)


def body_in_charge(found: Found, *, by_road: bool, handler: str = "") -> Body | None:
    """The body outside this government that is in charge of the place; None: it is ours, or nobody knows.

    `by_road` and `handler` are those of the kind of report.
    """
    bodies = definitions.current().here.body
    return body_of(
        bodies,
        handler=handler,
        by_road=by_road,
        road_status=found.road_status,
        owner_kind=found.owner_kind,
    )


def pictures_among(uploads: Collection[UUID]) -> frozenset[UUID]:
    """Those of the files that are pictures."""
    known = files.uploads(list(uploads))
    return frozenset(id for id, each in known.items() if each.media_type.startswith("image/"))

"""A government's geometry in memory: read once per process when first asked, with indexes over it.

Shapes are kept in metres east and north of the middle of the town, so that distances are plain; over the
width of a kabupaten that errs by less than half a per cent. shapely is imported with them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any

from balai import government
from balai.government.geometry import ROAD_STATUSES, Feature, Geometry, Layer, read_geometry
from balai.government.loading import GOVERNMENTS, serving
from balai.kernel.geo import DECIMALS, EARTH_RADIUS_M, Place

METRES_PER_DEGREE = math.radians(EARTH_RADIUS_M)
AT_BORDER_M = 20.0  # borders of two sources never meet exactly, and a phone is not exact either
_reading = Lock()


@dataclass(frozen=True)
class Road:
    """A road and whose it is. `status` is national, provincial, local (kabupaten or kota) or village."""

    name: str
    status: str
    number: str
    source: str
    is_demo: bool
    distance_m: float | None = None


@dataclass(frozen=True)
class Owner:
    """Land that another body answers for; `kind` is one of enums.OwnerKind."""

    name: str
    body: str
    kind: str
    source: str
    is_demo: bool


@dataclass(frozen=True)
class Drawn:
    """A road of the file: its shape, or the villages where it is, and the days between which it holds."""

    road: Road
    shape: Any
    villages: frozenset[str]
    valid_from: date
    valid_to: date = date.max

    def is_in_force(self, day: date) -> bool:
        """Whether it says how things are on a day; the last day is that of its successor."""
        return self.valid_from <= day < self.valid_to


class Ground:
    """Everything drawn of one town."""

    def __init__(self, drawn: Geometry) -> None:
        import shapely.geometry  # noqa: PLC0415 - 25 MB that only a process which asks shall carry

        self.shapely = shapely
        self.sources = _sources(drawn)
        self.is_demo = any(layer.is_demo for layer in drawn)
        self.middle = _middle([*drawn.villages.features, *drawn.roads.features])
        self._wide = METRES_PER_DEGREE * math.cos(math.radians(self.middle.lat))
        self.codes: list[str] = [each.properties["code"] for each in drawn.villages.features]
        self.cells: list[Any] = [self._shape(each) for each in drawn.villages.features]
        self.roads = _successive([self._road(each, drawn.roads) for each in drawn.roads.features])
        self.owners = [_owner(each, drawn.owners) for each in drawn.owners.features]
        self.owned: list[Any] = [self._shape(each) for each in drawn.owners.features]
        self.village_tree = shapely.STRtree(self.cells)
        self.road_tree = shapely.STRtree([each.shape for each in self.roads])
        self.owner_tree = shapely.STRtree(self.owned)

    def point(self, lat: float, lon: float) -> Any:
        """A point as shapely knows it, in metres."""
        return self.shapely.Point(
            (lon - self.middle.lon) * self._wide, (lat - self.middle.lat) * METRES_PER_DEGREE
        )

    def place(self, x: float, y: float) -> Place:
        """Degrees of a point in metres."""
        lat, lon = self.middle.lat + y / METRES_PER_DEGREE, self.middle.lon + x / self._wide
        return Place(round(lat, DECIMALS), round(lon, DECIMALS))

    def in_degrees(self, shape: Any) -> Any:
        """A shape with its longitudes and latitudes."""
        scale, shift = (self._wide, METRES_PER_DEGREE), (self.middle.lon, self.middle.lat)
        return self.shapely.transform(shape, lambda metres: (metres / scale + shift).round(DECIMALS))

    def cells_of(self, area_code: str) -> list[Any]:
        """The cells of a village, or of every village of a kecamatan or of the town."""
        pairs = zip(self.codes, self.cells, strict=True)
        return [cell for code, cell in pairs if lies_in(code, area_code)]

    @cached_property
    def passed(self) -> list[frozenset[str]]:
        """For each road the villages that it passes, or runs along."""
        if not self.roads or not self.cells:
            return [each.villages for each in self.roads]
        shapes = [each.shape for each in self.roads]
        touched: dict[int, set[str]] = defaultdict(set)
        pairs = self.village_tree.query(shapes, predicate="dwithin", distance=AT_BORDER_M)
        for road, village in zip(*pairs, strict=True):
            touched[int(road)].add(self.codes[int(village)])
        return [each.villages | touched[at] for at, each in enumerate(self.roads)]

    def _shape(self, feature: Feature) -> Any:
        """In metres; None for a road that has none. Outlines that cross themselves are taken apart."""
        if feature.geometry is None:
            return None
        shape = self.shapely.geometry.shape(feature.geometry)
        shape = self.shapely.transform(
            shape, lambda degrees: (degrees - tuple(reversed(self.middle))) * (self._wide, METRES_PER_DEGREE)
        )
        return (
            shape
            if shape.is_valid
            else self.shapely.make_valid(shape, method="structure", keep_collapsed=False)
        )

    def _road(self, feature: Feature, layer: Layer) -> Drawn:
        given = feature.properties
        source = given.get("source") or layer.source
        road = Road(given["name"], given["status"], given.get("number") or "", source, layer.is_demo)
        day = given.get("valid_from")
        return Drawn(
            road,
            self._shape(feature),
            frozenset(given.get("villages") or ()),
            date.fromisoformat(day) if day else date.min,
        )


def ground() -> Ground:
    """The geometry of the government that this process serves."""
    with _reading:  # two threads would read the same files at the same time
        return _ground(government.current().folder)


@lru_cache(maxsize=2)
def _ground(folder: str) -> Ground:
    """What is faulty is left out: `government_load` has refused it before the town opened."""
    with serving(folder) as town:
        villages = {area.code for area in town.areas if area.kind != "district"}
    return Ground(read_geometry(GOVERNMENTS / folder, villages)[0])


def lies_in(code: str, area_code: str) -> bool:
    """Whether a village is the area or lies in it; "" is everywhere."""
    return not area_code or code == area_code or code.startswith(f"{area_code}.")


def _sources(drawn: Geometry) -> tuple[str, ...]:
    layers = (drawn.villages, drawn.roads, drawn.owners)
    return tuple(dict.fromkeys(layer.source for layer in layers if layer.source))


def _middle(features: Sequence[Feature]) -> Place:
    """The middle of all first points; any point near is good, as long as it stays the same."""
    firsts = [_first_point(each.geometry["coordinates"]) for each in features if each.geometry]
    if not firsts:
        return Place(0.0, 0.0)
    lons, lats = zip(*firsts, strict=True)
    return Place((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)


def _first_point(coordinates: Any) -> tuple[float, float]:
    while isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    return float(coordinates[0]), float(coordinates[1])


def _owner(feature: Feature, layer: Layer) -> Owner:
    given = feature.properties
    source = given.get("source") or layer.source
    return Owner(given["name"], given["body"], given["kind"], source, layer.is_demo)


def _successive(roads: Iterable[Drawn]) -> list[Drawn]:
    """The same line, or the same name in the same villages, drawn again: the older one ends on its day."""
    by_line: dict[Any, list[Drawn]] = defaultdict(list)
    for each in roads:
        by_line[(each.shape.wkb if each.shape else each.road.name, each.villages)].append(each)
    ended = []
    for versions in by_line.values():
        versions.sort(key=lambda each: each.valid_from)
        ends = [later.valid_from for later in versions[1:]] + [date.max]
        for each, end in zip(versions, ends, strict=True):
            ended.append(Drawn(each.road, each.shape, each.villages, each.valid_from, end))
    return ended


STATUS_RANK = {status: rank for rank, status in enumerate(ROAD_STATUSES)}

"""Where the invented reports of a demo town lie: inside its villages, and on roads of each status."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from balai import government
from balai.demo.town.cast import places
from balai.demo.town.told import Told
from balai.region import queries as region
from balai.region.geometry import ground

STRIDE = 7  # neighbours in the list lie side by side; so many apart they are spread over the town
ABOUT_200_M = 0.0018
TRIES = 12
STATUS = {"local-road": "local", "provincial-road": "provincial"}


@dataclass(frozen=True)
class Found:
    """As much of a place as the telling says: a point, a village, a road's name."""

    lat: float | None = None
    lon: float | None = None
    area_code: str = ""
    road_name: str = ""


def spot_of(told: Told) -> Found:
    """The same place at every start."""
    chance = random.Random(told.key)  # noqa: S311 - a demo's map, nothing to guess
    if told.spot == "village-road":
        return _village_road()
    if told.spot in STATUS:
        return _on_road(STATUS[told.spot], told.village)
    code = village(told.village)
    if told.spot == "" or not region.is_mapped():
        return Found(area_code=code)
    return _in_village(code, chance)


@lru_cache(maxsize=1)
def _villages(folder: str) -> tuple[str, ...]:
    homes = tuple(place.code for place in places())
    rest = [area.code for area in government.current().areas if area.kind != "district"]
    others = [code for code in rest if code not in homes]
    return homes + tuple(others[at * STRIDE % len(others)] for at in range(len(others)))


def village(number: int) -> str:
    """The village of this number: those of the cast first."""
    known = _villages(government.current().folder)
    return known[number % len(known)]


def _in_village(code: str, chance: random.Random) -> Found:
    middle = region.middle_of(code)
    if middle is None:
        return Found(area_code=code)
    for _try in range(TRIES):
        lat = middle.lat + chance.uniform(-ABOUT_200_M, ABOUT_200_M)
        lon = middle.lon + chance.uniform(-ABOUT_200_M, ABOUT_200_M)
        if region.village_at(lat, lon) == code and region.owner_at(lat, lon) is None:
            return Found(round(lat, 5), round(lon, 5), code)
    return Found(middle.lat, middle.lon, code)


def _on_road(status: str, number: int) -> Found:
    """A point on a drawn road of this status, on land that is nobody else's."""
    if not region.is_mapped():
        return Found(area_code=village(number))
    drawn = ground()
    roads: list[Any] = [each for each in drawn.roads if each.shape and each.road.status == status]
    for at in range(TRIES):
        shape = roads[(number + at) % len(roads)].shape
        point = shape.interpolate(0.3 + 0.05 * at, normalized=True)
        lat, lon = drawn.place(point.x, point.y)
        code, road = region.village_at(lat, lon), region.road_near(lat, lon)
        if code and road is not None and road.status == status and region.owner_at(lat, lon) is None:
            return Found(lat, lon, code)
    return Found(area_code=village(number))


def _village_road() -> Found:
    """A road that is on a village's list but on no map; where somebody works, if there is such a road."""
    open_ones = {place.code for place in places()}
    listed = [each for each in ground().roads if each.road.status == "village" and each.villages]
    known = [(each.road.name, code) for each in listed for code in sorted(each.villages)]
    known.sort(key=lambda pair: pair[1] not in open_ones)
    if not known:
        return Found(area_code=village(0))
    name, code = known[0]
    return Found(area_code=code, road_name=name)

"""What is where on the ground, for queries.py: villages, roads and owners at a point, roads by their name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz

from balai import government
from balai.kernel.geo import Place
from balai.region.geometry import AT_BORDER_M, STATUS_RANK, Owner, Road, ground, lies_in
from balai.runtime import clock

CLOSE = 80.0  # of 100: a slip of the finger or two
LONGEST_TEXT = 200
MEETING_M = 2.0  # lines that meet do so with a rounding between them
# What people write before a name, or leave away.
_KINDS = frozenset(["jalan", "jl", "jln", "raya", "lintas", "gang", "gg", "jalur", "ruas"])
_WORDS = re.compile(r"[^\W_]+")


def is_mapped() -> bool:
    """Whether this town has boundaries at all; without them nothing is known of points."""
    return bool(ground().codes)


def is_on_map(lat: float, lon: float) -> bool:
    """Whether a point lies in this town, or so near its border that it may."""
    return village_at(lat, lon) != ""


def village_at(lat: float, lon: float) -> str:
    """Code of the desa or kelurahan around a point; "" outside the town, or where nothing is drawn."""
    drawn = ground()
    point = drawn.point(lat, lon)
    near = map(int, drawn.village_tree.query(point, predicate="dwithin", distance=AT_BORDER_M))
    found = min(((drawn.cells[at].distance(point), drawn.codes[at]) for at in near), default=(0.0, ""))
    return found[1]


def middle_of(area_code: str) -> Place | None:
    """A point well inside a village, a kecamatan or the town; None where nothing is drawn."""
    drawn = ground()
    cells = drawn.cells_of(area_code) if area_code else []
    if not cells:
        return None
    whole = drawn.shapely.union_all(cells)
    middle = whole.centroid if whole.contains(whole.centroid) else whole.representative_point()
    return drawn.place(middle.x, middle.y)


def road_near(lat: float, lon: float, within_m: float = 40) -> Road | None:
    """The nearest road of today within so many metres; where two meet, the one of the higher status."""
    drawn, day = ground(), _today()
    point = drawn.point(lat, lon)
    near = [
        drawn.roads[int(at)] for at in drawn.road_tree.query(point, predicate="dwithin", distance=within_m)
    ]
    measured = [
        replace(each.road, distance_m=float(each.shape.distance(point)))
        for each in near
        if each.is_in_force(day)
    ]
    nearest = min((_distance(road) for road in measured), default=0.0)
    meeting = (road for road in measured if _distance(road) <= nearest + MEETING_M)
    best = min(meeting, key=lambda road: (STATUS_RANK[road.status], _distance(road)), default=None)
    return replace(best, distance_m=round(_distance(best), 1)) if best else None


def _distance(road: Road) -> float:
    return road.distance_m or 0.0


def roads_named(text: str, area_code: str) -> list[Road]:
    """Roads of today in an area whose name stands in a text, slips of the finger allowed; best first.

    All roads of the area by name for an empty text; area "" is the whole town. A name may come several
    times, with another status each: a person has to say which.
    """
    drawn, day = ground(), _today()
    words = _words(text[:LONGEST_TEXT])
    found: dict[Road, float] = {}
    for each, villages in zip(drawn.roads, drawn.passed, strict=True):
        if each.is_in_force(day) and any(lies_in(code, area_code) for code in villages):
            score = _likeness(each.road, words) if words else CLOSE
            if score >= CLOSE:
                found[each.road] = max(score, found.get(each.road, 0.0))
    return sorted(found, key=lambda road: (-found[road], road.name, STATUS_RANK[road.status]))


def owner_at(lat: float, lon: float) -> Owner | None:
    """Another body that answers for the ground at a point; the smallest piece where several lie over it."""
    drawn = ground()
    found = drawn.owner_tree.query(drawn.point(lat, lon), predicate="intersects")
    at = min(map(int, found), key=lambda each: float(drawn.owned[each].area), default=None)
    return None if at is None else drawn.owners[at]


def _likeness(road: Road, words: list[str]) -> float:
    """How well a road's name, or its number, stands somewhere in what was written."""
    number = "".join(_WORDS.findall(road.number.casefold()))
    if number and any(
        number == "".join(words[at : at + more]) for at in range(len(words)) for more in (1, 2)
    ):
        return 100.0
    name = _words(road.name)
    runs = range(max(1, len(words) - len(name) + 1))
    return max(fuzz.ratio(" ".join(name), " ".join(words[at : at + len(name)])) for at in runs)


def _words(text: str) -> list[str]:
    """The words of a name without what kind of road it is; these alone when there is nothing else."""
    words = _WORDS.findall(text.casefold())
    return [word for word in words if word not in _KINDS] or words


def _today() -> date:
    return clock.now().astimezone(government.current().tzinfo).date()

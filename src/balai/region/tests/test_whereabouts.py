"""Villages, roads and owners at points, against plain arithmetic on the files themselves."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.government.geometry import OWNER_KINDS, ROAD_STATUSES, Feature, Geometry, Layer, read_geometry
from balai.government.loading import GOVERNMENTS, serving
from balai.kernel.geo import distance_m
from balai.region import queries
from balai.region.enums import OwnerKind, RoadStatus
from balai.region.geometry import Ground, ground

BLITAR = GOVERNMENTS / "3505-kab-blitar" / "geometry"
SAWENTAR = "35.05.10.2011"


def features(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads((BLITAR / name).read_text(encoding="utf-8"))["features"]
    return loaded


OUTLINES = {
    each["properties"]["code"]: each["geometry"]["coordinates"][0] for each in features("villages.geojson")
}
LINES = [
    (each["properties"], each["geometry"]["coordinates"])
    for each in features("roads.geojson")
    if each["geometry"]
]


def is_inside(lat: float, lon: float, outline: list[list[float]]) -> bool:
    """Counts the sides that a ray to the east crosses."""
    crossed = False
    for (x1, y1), (x2, y2) in pairwise(outline):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
            crossed = not crossed
    return crossed


def metres_to_line(lat: float, lon: float, line: list[list[float]]) -> float:
    """Distance over the ground to the nearest point of each side, found by the dot product."""
    wide = math.cos(math.radians(lat))

    def to_side(a: list[float], b: list[float]) -> float:
        dx, dy = (b[0] - a[0]) * wide, b[1] - a[1]
        along = ((lon - a[0]) * wide * dx + (lat - a[1]) * dy) / (dx * dx + dy * dy)
        share = min(1.0, max(0.0, along))
        return distance_m(lat, lon, a[1] + share * (b[1] - a[1]), a[0] + share * (b[0] - a[0]))

    return min(to_side(a, b) for a, b in pairwise(line))


AROUND = st.tuples(st.floats(-8.35, -7.85), st.floats(111.85, 112.6))


@given(AROUND)
def test_village_at_is_the_one_whose_outline_is_around_the_point(point: tuple[float, float]) -> None:
    around = [code for code, outline in OUTLINES.items() if is_inside(*point, outline)]
    found = queries.village_at(*point)
    if around:
        assert found == around[0]
    elif found:  # a step outside the border
        assert metres_to_line(*point, OUTLINES[found]) <= 20.5
    assert queries.is_on_map(*point) == bool(found)


def test_village_at_corners_and_just_outside() -> None:
    east = max(lon for outline in OUTLINES.values() for lon, _lat in outline)
    lat = next(lat for outline in OUTLINES.values() for lon, lat in outline if lon == east)
    assert queries.village_at(lat, east + 0.0001) != ""
    assert queries.village_at(lat, east + 0.0003) == ""
    assert queries.village_at(51.5, 0.0) == ""


@pytest.mark.parametrize("code", [SAWENTAR, "35.05.10", "35.05"])
def test_middle_of_an_area_lies_in_it(code: str) -> None:
    middle = queries.middle_of(code)
    assert middle is not None
    assert queries.village_at(*middle).startswith(code)


@pytest.mark.parametrize("code", ["", "35.05.99", "35.05.1", "35.72.01.1004", "x"])
def test_middle_of_what_is_not_drawn_is_none(code: str) -> None:
    assert queries.middle_of(code) is None


@settings(max_examples=40)
@given(st.sampled_from(LINES), st.floats(0, 1), st.floats(-120, 120))
def test_road_near_is_the_nearest_by_arithmetic(
    line: tuple[dict[str, Any], list[list[float]]], share: float, aside: float
) -> None:
    (x1, y1), (x2, y2) = line[1][0], line[1][1]
    lat, lon = y1 + share * (y2 - y1), x1 + share * (x2 - x1) + aside / 110_000
    measured = sorted((metres_to_line(lat, lon, points), given["name"]) for given, points in LINES)
    found = queries.road_near(lat, lon)
    if found is None:
        assert measured[0][0] > 39.5
    else:
        assert found.distance_m == pytest.approx(measured[0][0], abs=2.5)
        assert found.distance_m <= 40


def test_road_near_where_two_meet_is_the_one_of_higher_status() -> None:
    given, points = next(line for line in LINES if line[0]["status"] == "village")
    lon, lat = points[-1]  # a lane ends on another road
    found = queries.road_near(lat, lon, within_m=5)
    assert found is not None
    assert (found.status != "village", found.name != given["name"]) == (True, True)


def test_road_near_says_whose_it_is_and_that_it_is_made_up() -> None:
    given, points = next(line for line in LINES if line[0]["status"] == "national")
    found = queries.road_near(points[2][1], points[2][0])
    assert found is not None
    assert (found.name, found.status, found.number) == (given["name"], "national", given["number"])
    assert (found.is_demo, found.source.startswith("Contoh demo")) == (True, True)


def test_roads_named_forgives_a_slip_and_finds_a_name_within_a_sentence() -> None:
    given, points = next(line for line in LINES if line[0]["status"] == "provincial")
    village = queries.village_at(points[3][1], points[3][0])
    word = given["name"].split()[-1]
    slip = word[:2] + word[3:] if len(word) > 4 else word
    for text in (given["name"], f"jl {word.upper()}", slip, f"lubang di jln. raya {word}, dekat pasar"):
        assert given["name"] in [road.name for road in queries.roads_named(text, village)]
    assert [road.name for road in queries.roads_named(given["number"], village)] == [given["name"]]
    assert all(road.distance_m is None for road in queries.roads_named(word, ""))


def test_roads_named_knows_roads_that_have_no_line() -> None:
    given = next(each["properties"] for each in features("roads.geojson") if each["geometry"] is None)
    village = given["villages"][0]
    found = queries.roads_named(given["name"], village)
    assert [(road.name, road.status) for road in found] == [(given["name"], "village")]
    assert queries.roads_named(given["name"], village[:8])[0].name == given["name"]


def test_roads_named_stays_in_the_area_and_lists_all_for_no_text() -> None:
    here = queries.roads_named("", SAWENTAR)
    assert [road.name for road in here] == sorted(road.name for road in here)
    assert 0 < len(here) < len(queries.roads_named("", "35.05.10")) < len(queries.roads_named("", ""))
    assert queries.roads_named("Jalan Tidak Pernah Ada Xyz", "") == []
    assert queries.roads_named("", "35.72") == []


def test_roads_passed_are_those_whose_points_lie_in_the_village() -> None:
    drawn = ground()
    by_name = defaultdict(set)
    for each, villages in zip(drawn.roads, drawn.passed, strict=True):
        by_name[each.road.name] |= villages
    for properties, points in LINES:
        passed = {queries.village_at(lat, lon) for lon, lat in points[1:-1]}
        assert passed - by_name[properties["name"]] == set()


def test_owner_at_is_the_body_whose_land_it_is() -> None:
    for each in features("owners.geojson"):
        given, outline = each["properties"], each["geometry"]["coordinates"][0]
        if given["kind"] in ("forest", "industrial_estate"):
            lon, lat = (sum(point[axis] for point in outline[:-1]) / (len(outline) - 1) for axis in (0, 1))
            found = queries.owner_at(lat, lon)
            assert found is not None
            assert (found.name, found.body, found.kind, found.is_demo) == (
                given["name"],
                given["body"],
                given["kind"],
                True,
            )
    assert queries.owner_at(51.5, 0.0) is None


def drawn_roads(*roads: dict[str, Any]) -> Ground:
    line = {"type": "LineString", "coordinates": [[112.2, -8.1], [112.21, -8.1]]}
    return Ground(Geometry(roads=Layer("Dinas", False, tuple(Feature(each, line) for each in roads))))


def test_road_drawn_again_holds_from_its_day_on() -> None:
    old = {"name": "Jalan Melati", "status": "local"}
    new = {"name": "Jalan Melati", "status": "provincial", "valid_from": "2027-01-01", "source": "SK 12/2026"}
    roads = drawn_roads(new, old).roads
    for day, status in ((date(2026, 12, 31), "local"), (date(2027, 1, 1), "provincial")):
        assert [each.road.status for each in roads if each.is_in_force(day)] == [status]
    assert {each.road.source for each in roads} == {"Dinas", "SK 12/2026"}


def test_town_without_geometry_knows_nothing_and_says_so() -> None:
    empty = Ground(Geometry())
    assert (empty.codes, empty.cells_of(""), empty.passed, empty.sources) == ([], [], [], ())
    point = empty.point(-8.1, 112.2)
    trees = (empty.village_tree, empty.road_tree, empty.owner_tree)
    assert [len(tree.query(point)) for tree in trees] == [0, 0, 0]
    assert len(empty.village_tree.query_nearest(point, max_distance=20)) == 0


def test_outline_that_crosses_itself_is_taken_apart() -> None:
    bow = [[112.2, -8.1], [112.22, -8.08], [112.22, -8.1], [112.2, -8.08], [112.2, -8.1]]
    village = Feature({"code": SAWENTAR}, {"type": "Polygon", "coordinates": [bow]})
    drawn = Ground(Geometry(villages=Layer("x", False, (village,))))
    assert drawn.cells[0].is_valid
    assert [
        int(at) for at in drawn.village_tree.query(drawn.point(-8.09, 112.205), predicate="intersects")
    ] == [0]


@pytest.mark.parametrize("folder", sorted(GOVERNMENTS.glob("[0-9]*")), ids=lambda folder: folder.name)
def test_every_town_is_mapped_and_finds_each_of_its_villages(folder: Any) -> None:
    with serving(folder.name) as town:
        villages = {area.code for area in town.areas if area.kind != "district"}
        assert queries.is_mapped()
        middles = {code: queries.middle_of(code) for code in villages}
        assert {code: middle and queries.village_at(*middle) for code, middle in middles.items()} == {
            code: code for code in villages
        }
        assert read_geometry(folder, villages)[1] == []


def test_whole_numbers_of_queries_is_none(django_assert_num_queries: pytest.fixture, db: None) -> None:
    with django_assert_num_queries(0):
        queries.village_at(-8.09, 112.2)
        queries.road_near(-8.09, 112.2)
        queries.roads_named("melati", "35.05.10")


def test_words_for_a_status_are_those_of_the_town() -> None:
    assert queries.road_words("local") == "Jalan kabupaten"
    assert queries.road_words("national") == "Jalan nasional"
    with serving("3572-kota-blitar"):
        assert queries.road_words("local") == "Jalan kota"


def test_lists_of_the_files_are_those_of_the_pages() -> None:
    assert tuple(RoadStatus.values) == ROAD_STATUSES
    assert tuple(OwnerKind.values) == OWNER_KINDS

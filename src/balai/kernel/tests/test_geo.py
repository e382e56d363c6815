"""Distances and cells, against arithmetic on vectors and against a walk over every child."""

from __future__ import annotations

import math

import h3.api.basic_int as h3
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from balai.kernel import geo
from balai.kernel.errors import ValueRefused

# Sabang to Merauke, Miangas to Rote.
LATS, LONS = st.floats(-11.2, 6.2), st.floats(94.9, 141.1)
METRES_PER_DEGREE = math.radians(geo.EARTH_RADIUS_M)


def moved(lat: float, lon: float, metres: float, bearing: float) -> tuple[float, float]:
    north, east = metres * math.cos(bearing), metres * math.sin(bearing)
    return lat + north / METRES_PER_DEGREE, lon + east / METRES_PER_DEGREE / math.cos(math.radians(lat))


def vector(lat: float, lon: float) -> tuple[float, float, float]:
    up, round_ = math.radians(lat), math.radians(lon)
    return math.cos(up) * math.cos(round_), math.cos(up) * math.sin(round_), math.sin(up)


@given(LATS, LONS, LATS, LONS)
def test_distance_is_that_of_the_chord_between_vectors(a: float, b: float, c: float, d: float) -> None:
    chord = math.dist(vector(a, b), vector(c, d))
    assert geo.distance_m(a, b, c, d) == pytest.approx(
        2 * geo.EARTH_RADIUS_M * math.asin(min(1.0, chord / 2)), rel=1e-6, abs=0.05
    )


def test_distance_between_two_known_towns() -> None:
    # Monas in Jakarta to Tugu in Yogyakarta.
    assert geo.distance_m(-6.17539, 106.82717, -7.78288, 110.36706) == pytest.approx(429_300, rel=0.005)


@settings(max_examples=400)
@given(LATS, LONS, st.floats(0, geo.RING_REACH_M), st.floats(0, 2 * math.pi))
def test_every_point_within_reach_lies_in_the_ring(
    lat: float, lon: float, metres: float, bearing: float
) -> None:
    other = moved(lat, lon, metres, bearing)
    assume(geo.distance_m(lat, lon, *other) <= geo.RING_REACH_M)
    assert geo.cell_of(*other) in geo.cells_around(lat, lon)


@given(LATS, LONS)
def test_corners_of_cells_reach_no_further_than_the_ring(lat: float, lon: float) -> None:
    """The worst points are corners: there the ring is thinnest, one edge wide."""
    for corner in h3.cell_to_boundary(geo.cell_of(lat, lon)):
        around = set(geo.cells_around(*corner))
        for step in range(36):
            assert geo.cell_of(*moved(*corner, geo.RING_REACH_M, math.radians(10 * step))) in around


@given(LATS, LONS)
def test_cells_around_are_seven_that_a_big_integer_holds(lat: float, lon: float) -> None:
    ring = geo.cells_around(lat, lon)
    assert len(ring) == len(set(ring)) == 7
    assert geo.cell_of(lat, lon) in ring
    assert all(0 < cell < 2**63 for cell in ring)


@settings(max_examples=30)
@given(LATS, LONS, st.integers(6, 10))
def test_range_holds_exactly_the_children(lat: float, lon: float, resolution: int) -> None:
    parent = geo.cell_at(lat, lon, resolution)
    lowest, highest = geo.children_range(parent)
    children = sorted(h3.cell_to_children(parent, geo.CELL_RESOLUTION))
    assert (children[0], children[-1]) == (lowest, highest)
    # Neighbours of the outermost children that are not children lie outside.
    around = {cell for child in (lowest, highest) for cell in h3.grid_disk(child, 3)} - set(children)
    assert [cell for cell in around if lowest <= cell <= highest] == []


@given(LATS, LONS, LATS, LONS, st.integers(0, 10))
def test_range_holds_a_cell_when_the_parent_is_its_parent(
    a: float, b: float, c: float, d: float, resolution: int
) -> None:
    parent, cell = geo.cell_at(a, b, resolution), geo.cell_of(c, d)
    lowest, highest = geo.children_range(parent)
    assert (lowest <= cell <= highest) == (h3.cell_to_parent(cell, resolution) == parent)


def test_range_of_a_finer_cell_is_refused() -> None:
    with pytest.raises(ValueRefused, match=r"cell\.resolution"):
        geo.children_range(h3.latlng_to_cell(-8.09, 112.2, 11))


BOXES = st.tuples(LATS, LONS, st.floats(0.0001, 3), st.floats(0.0001, 3))
SHARES = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=30, max_size=30)


@settings(max_examples=60, deadline=None)
@given(BOXES, st.integers(1, 60), SHARES)
def test_ranges_of_a_box_are_few_and_hold_each_of_its_points(
    box: tuple[float, float, float, float], most: int, shares: list[tuple[float, float]]
) -> None:
    south, west, height, width = box
    ranges = geo.cells_for_box(south, west, south + height, west + width, most)
    assert 1 <= len(ranges) <= most
    assert ranges == sorted(ranges)
    corners = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)]
    for up, right in [*corners, *shares]:
        cell = geo.cell_of(south + up * height, west + right * width)
        assert any(lowest <= cell <= highest for lowest, highest in ranges)


@settings(max_examples=20, deadline=None)
@given(LATS, LONS)
def test_ranges_of_a_street_corner_hold_no_other_town(lat: float, lon: float) -> None:
    ranges = geo.cells_for_box(lat, lon, lat + 0.005, lon + 0.005, 40)
    far = geo.cell_of(*moved(lat, lon, 3_000, 1.0))
    assert [1 for lowest, highest in ranges if lowest <= far <= highest] == []


def test_ranges_of_the_whole_world_are_one() -> None:
    lowest, highest = geo.cells_for_box(-90, -180, 90, 180, 10)[0]
    assert lowest <= geo.cell_of(-8.09, 112.2) <= highest


@pytest.mark.parametrize(
    ("lat", "lon", "place"),
    [
        ("-8.0912345", "112.2", geo.Place(-8.09123, 112.2)),
        (" 0.92 ", "104.45", geo.Place(0.92, 104.45)),
    ],
)
def test_place_is_read_to_a_metre(lat: str, lon: str, place: geo.Place) -> None:
    assert geo.parse_place(lat, lon) == place


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("", "112", "place.number"),
        ("8,09", "112", "place.number"),
        ("nan", "112", "place.range"),
        ("inf", "112", "place.range"),
        ("-91", "112", "place.range"),
        ("-8", "181", "place.range"),
    ],
)
def test_place_that_is_nowhere_is_refused(lat: str, lon: str, code: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        geo.parse_place(lat, lon)
    assert refused.value.code == code


def test_place_reads_as_text() -> None:
    assert str(geo.Place(-8.09, 112.2)) == "-8.09000, 112.20000"


@given(LATS, LONS)
def test_middle_of_a_coarse_cell_lies_in_it(lat: float, lon: float) -> None:
    cell = geo.cell_at(lat, lon, 8)
    assert h3.latlng_to_cell(*geo.middle_of_cell(cell), 8) == cell


@given(LATS, LONS, st.integers(0, 10))
def test_a_coarser_cell_is_found_by_arithmetic_alone(lat: float, lon: float, resolution: int) -> None:
    cell, wanted = geo.cell_of(lat, lon), geo.cell_at(lat, lon, resolution)
    assert geo.coarser(cell, resolution) == wanted
    assert geo.coarser(cell & geo.family_mask(resolution), resolution) == wanted

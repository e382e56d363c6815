"""Points on the ground: how far apart they are, and which cell of the H3 grid each lies in.

A cell is kept as the whole number that H3 calls it; it is below 2^63, so a BigIntegerField holds it. What
lies in a coarser cell is one range of these numbers, so an ordinary index answers "what is near".
h3 is imported when first asked: most processes of a town never ask.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from balai.kernel.errors import ValueRefused

EARTH_RADIUS_M = 6_371_008.8  # mean radius of WGS 84
CELL_RESOLUTION = 10  # hexagons of about 66 m from the middle to a side
RING_REACH_M = 60.0  # nothing nearer than this lies outside `cells_around`, anywhere in Indonesia
DECIMALS = 5  # about a metre

Range = tuple[int, int]

_RESOLUTION_BITS = 0xF << 52
_DIGIT_BITS = 3
_LAST_DIGIT, _NO_DIGIT = 6, 7
_FINEST = 15
# Children stick out of their parent a little; half an edge is three times the most that they do.
_OVERHANG = 0.5
_EVERYTHING: Range = (0, 2**63 - 1)


class Place(NamedTuple):
    """A point in WGS 84, degrees north and east."""

    lat: float
    lon: float

    def __str__(self) -> str:
        return f"{self.lat:.{DECIMALS}f}, {self.lon:.{DECIMALS}f}"


def parse_place(lat: str, lon: str) -> Place:
    """Two texts as a browser sends them ("-8.09", "112.2") to a point on Earth, to about a metre.

    Raises ValueRefused place.number for what is no number, place.range for what is nowhere.
    """
    try:
        place = Place(round(float(lat), DECIMALS), round(float(lon), DECIMALS))
    except (ValueError, OverflowError):
        raise ValueRefused("place.number") from None
    if not (abs(place.lat) <= 90 and abs(place.lon) <= 180):  # a comparison with NaN is false
        raise ValueRefused("place.range")
    return place


def distance_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Metres between two points over the ground (haversine; right to about half a per cent)."""
    north, east = math.radians(lat2 - lat1) / 2, math.radians(lon2 - lon1) / 2
    along = math.cos(math.radians(lat1)) * math.cos(math.radians(lat2)) * math.sin(east) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, math.sin(north) ** 2 + along)))


def cell_of(lat: float, lon: float) -> int:
    """The cell of a point at resolution 10."""
    import h3.api.basic_int as h3  # noqa: PLC0415 - 9 MB that only a process which asks shall carry

    return int(h3.latlng_to_cell(lat, lon, CELL_RESOLUTION))


def cells_around(lat: float, lon: float) -> list[int]:
    """The cell of a point and the six around it: every point within RING_REACH_M lies in one of them."""
    import h3.api.basic_int as h3  # noqa: PLC0415 - as above

    return sorted(map(int, h3.grid_disk(cell_of(lat, lon), 1)))


def children_range(cell: int) -> Range:
    """First and last number of the cells at resolution 10 in a coarser one, or in itself: for `BETWEEN`."""
    resolution = _resolution_of(cell)
    if not 0 <= resolution <= CELL_RESOLUTION:
        raise ValueRefused("cell.resolution")
    lowest = highest = (cell & ~_RESOLUTION_BITS) | CELL_RESOLUTION << 52
    for digit in range(resolution + 1, CELL_RESOLUTION + 1):
        shift = (_FINEST - digit) * _DIGIT_BITS
        lowest &= ~(_NO_DIGIT << shift)
        highest = highest & ~(_NO_DIGIT << shift) | _LAST_DIGIT << shift
    return lowest, highest


def cell_at(lat: float, lon: float, resolution: int) -> int:
    """The coarser cell that holds the cell of a point: of one family, as `children_range` counts."""
    import h3.api.basic_int as h3  # noqa: PLC0415 - as above

    return int(h3.cell_to_parent(cell_of(lat, lon), resolution))


def family_mask(resolution: int) -> int:
    """`cell & family_mask(r)`, which databases can do, is the same for all cells in one at resolution `r`."""
    return _EVERYTHING[1] ^ ((1 << (_FINEST - resolution) * _DIGIT_BITS) - 1)


def coarser(cell: int, resolution: int) -> int:
    """The cell at a coarser resolution that holds this one; takes what `family_mask` left of one as well."""
    unused = (1 << (_FINEST - resolution) * _DIGIT_BITS) - 1
    return (cell & ~_RESOLUTION_BITS) | resolution << 52 | unused


def middle_of_cell(cell: int) -> Place:
    """The middle of a cell: where a point is shown that may not be shown exactly."""
    import h3.api.basic_int as h3  # noqa: PLC0415 - as above

    return Place(*(round(degrees, DECIMALS) for degrees in h3.cell_to_latlng(cell)))


def cells_for_box(south: float, west: float, north: float, east: float, most: int) -> list[Range]:
    """At most `most` ranges of cells at resolution 10 that hold every point of a box, and some beside it.

    As fine as `most` allows. Whoever asks compares latitude and longitude too: the ranges only make that
    cheap.
    """
    for resolution in range(_guess(south, west, north, east, most), -1, -1):
        ranges = _cover(south, west, north, east, resolution)
        if len(ranges) <= most:
            return ranges
    return [_EVERYTHING]


def _resolution_of(cell: int) -> int:
    return (cell & _RESOLUTION_BITS) >> 52


def _guess(south: float, west: float, north: float, east: float, most: int) -> int:
    """The finest resolution whose cells could be few enough; merging makes ranges fewer than cells."""
    import h3.api.basic_int as h3  # noqa: PLC0415 - as above

    area = distance_m(south, west, north, west) * distance_m(south, west, south, east)
    fitting = (
        resolution
        for resolution in range(CELL_RESOLUTION, 0, -1)
        if area / h3.average_hexagon_area(resolution, unit="m^2") <= 4 * most
    )
    return next(fitting, 0)


def _cover(south: float, west: float, north: float, east: float, resolution: int) -> list[Range]:
    import h3.api.basic_int as h3  # noqa: PLC0415 - as above

    margin = _OVERHANG * h3.average_hexagon_edge_length(resolution, unit="m")
    up = math.degrees(margin / EARTH_RADIUS_M)
    aside = up / max(0.01, math.cos(math.radians(max(abs(south), abs(north)))))
    south, north = max(-89.9, south - up), min(89.9, north + up)
    west, east = west - aside, east + aside
    if east - west >= 180 or north - south >= 90:
        return [_EVERYTHING]
    corners = [(south, west), (south, east), (north, east), (north, west)]
    cells = h3.polygon_to_cells_experimental(h3.LatLngPoly(corners), resolution, contain="overlap")
    return _merged(sorted(map(children_range, cells)))


def _merged(ranges: list[Range]) -> list[Range]:
    """Ranges with no cell between them as one."""
    merged: list[Range] = []
    for lowest, highest in ranges:
        if merged and _follows(merged[-1][1], lowest):
            merged[-1] = (merged[-1][0], highest)
        else:
            merged.append((lowest, highest))
    return merged


def _follows(highest: int, lowest: int) -> bool:
    """Whether no cell stands between the two: as numbers in base seven they are neighbours."""
    return _ordinal(lowest) - _ordinal(highest) == 1


def _ordinal(cell: int) -> int:
    number = (cell >> 45) & 0x7F
    for digit in range(1, CELL_RESOLUTION + 1):
        number = number * 7 + ((cell >> (_FINEST - digit) * _DIGIT_BITS) & _NO_DIGIT)
    return number

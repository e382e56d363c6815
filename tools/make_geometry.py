"""Make demo geometry for every government: boundaries, roads and other owners, all of them invented.

    .venv/bin/python tools/make_geometry.py [FOLDER …]

Every village of areas.csv gets a cell, villages of a kecamatan lie together, and a net of invented roads runs
through them, near where the place really is and about as large. The same folder gives the same files. All
of it says that it is made up: a town replaces it by what it has (docs/operators/government.md).
"""

from __future__ import annotations

import csv
import json
import math
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import shapely
from shapely import LineString, MultiPoint, Point, Polygon
from shapely.ops import nearest_points

GOVERNMENTS = Path(__file__).resolve().parents[1] / "governments"
SOURCE = "Contoh demo: batas, jalan, dan lahan karangan, bukan data resmi"
NOTICE = """\
Contoh demo: boundaries, roads and land of other owners are invented by tools/make_geometry.py and say nothing
about the ground. Only the codes of villages are real. A town replaces this whole folder by what it has.
"""
METRES_PER_DEGREE = 111_195.0
DECIMALS = 5
VILLAGES_PER_ROAD = 3


def words(names: str) -> list[str]:
    """Names that stand on one line, apart."""
    return names.split()


FLOWERS = words(
    "Melati Mawar Anggrek Kenanga Cempaka Dahlia Flamboyan Teratai Seruni Bougenvil Kamboja Sedap-Malam "
    "Soka Tanjung Asoka Alamanda Wijaya-Kusuma Kantil Lavender Nusa-Indah Sakura Tulip Aster Edelweis"
)
FRUITS = words("Mangga Rambutan Durian Nangka Jambu Salak Manggis Sawo Belimbing Kelapa Pisang Nanas Duku")
BIRDS = words(
    "Kutilang Merpati Kepodang Cendrawasih Jalak Murai Kenari Perkutut Elang-Jawa Rajawali Bangau Kasuari "
    "Gelatik Prenjak Camar Pipit Walet Merak Tekukur Kakatua Beo Parkit Cucak Belibis Blekok Kuntul"
)
GEMS = words("Akik Berlian Intan Jamrud Kecubung Mirah Mutiara Nilam Pirus Safir Topas Zamrud Giok Baiduri")
TREES = words("Cendana Jati Mahoni Meranti Pinus Trembesi Ulin Sonokeling Eboni Gaharu Damar Beringin")


class Town(NamedTuple):
    """Where a government lies, how large it is, and which owners its demo has."""

    lat: float
    lon: float
    square_km: float
    owners: tuple[str, ...]


TOWNS = {
    "2172": Town(0.92, 104.45, 150, ("port", "airport", "industrial_estate")),
    "3505": Town(-8.09, 112.2, 1588, ("railway", "forest", "irrigation", "industrial_estate")),
    "3528": Town(-7.1, 113.5, 792, ("forest", "irrigation", "port")),
    "3572": Town(-8.1, 112.16, 33, ("railway", "irrigation", "housing_estate")),
    "3575": Town(-7.645, 112.907, 36, ("railway", "port", "industrial_estate")),
    "3604": Town(-6.15, 106.0, 1467, ("railway", "irrigation", "industrial_estate", "toll_road")),
}
# kind: name, body, shape (a strip along a line, or an area) and its size in metres.
OWNERS = {
    "railway": ("Jalur kereta Kenanga–Cendana (contoh)", "Pengelola kereta api (contoh)", "strip", 24),
    "toll_road": ("Jalan tol Safir (contoh)", "Badan usaha jalan tol (contoh)", "strip", 60),
    "irrigation": ("Saluran irigasi Mutiara (contoh)", "Balai besar wilayah sungai (contoh)", "strip", 16),
    "forest": ("Hutan negara Sonokeling (contoh)", "Pengelola hutan negara (contoh)", "area", 2600),
    "industrial_estate": ("Kawasan industri Nilam (contoh)", "Pengelola kawasan (contoh)", "area", 700),
    "housing_estate": ("Perumahan Intan (contoh)", "Pengembang perumahan (contoh)", "area", 180),
    "port": ("Pelabuhan Camar (contoh)", "Otoritas pelabuhan (contoh)", "area", 260),
    "airport": ("Bandar udara Rajawali (contoh)", "Otoritas bandar udara (contoh)", "area", 600),
}


class Road(NamedTuple):
    """One invented road in the plane of its town."""

    name: str
    status: str
    number: str
    line: LineString


class Ground:
    """A town's plane: metres east and north of its middle, and everything drawn there."""

    def __init__(self, town: Town, code: str, villages: list[str]) -> None:
        self.town = town
        self.chance = random.Random(code)  # noqa: S311 - a picture, not a secret
        self.outline = self._outline()
        self.districts: dict[str, list[str]] = defaultdict(list)
        for village in villages:
            self.districts[village.rpartition(".")[0]].append(village)
        self.seats = self._seats()
        self.cells = self._cells()

    def _outline(self) -> Polygon:
        """A roundish island of the right size, wider than high."""
        waves = [(k, self.chance.uniform(0.02, 0.09), self.chance.uniform(0, math.tau)) for k in (2, 3, 5)]
        points = []
        for step in range(32):
            angle = math.tau * step / 32
            radius = 1 + sum(size * math.cos(k * angle + shift) for k, size, shift in waves)
            points.append((1.25 * radius * math.cos(angle), 0.8 * radius * math.sin(angle)))
        shape = Polygon(points)
        scale = math.sqrt(self.town.square_km * 1e6 / shape.area)
        return shapely.transform(shape, lambda xy: xy * scale)

    def _seats(self) -> dict[str, Point]:
        return dict(zip(self.districts, self._spread(self.outline, len(self.districts)), strict=True))

    def _cells(self) -> dict[str, Polygon]:
        """One Voronoi cell for each village: neighbours share their corners exactly."""
        places: dict[str, Point] = {}
        grounds = voronoi(list(self.seats.values()), self.outline)
        for (_district, villages), ground in zip(self.districts.items(), grounds, strict=True):
            places |= dict(zip(villages, self._spread(ground, len(villages)), strict=True))
        return dict(zip(places, voronoi(list(places.values()), self.outline), strict=True))

    def _spread(self, ground: Polygon, number: int) -> list[Point]:
        """Points scattered over a ground, then moved apart (Lloyd)."""
        west, south, east, north = ground.bounds
        points: list[Point] = []
        while len(points) < number:
            point = Point(self.chance.uniform(west, east), self.chance.uniform(south, north))
            if ground.contains(point):
                points.append(point)
        for _ in range(3):
            points = [cell.centroid for cell in voronoi(points, ground)]
        return points

    def degrees(self, coordinates: Iterable[tuple[float, ...]]) -> list[list[float]]:
        """[longitude, latitude] of points in the plane; points that become the same stand once."""
        wide = METRES_PER_DEGREE * math.cos(math.radians(self.town.lat))
        rounded = (
            [
                round(self.town.lon + x / wide, DECIMALS),
                round(self.town.lat + y / METRES_PER_DEGREE, DECIMALS),
            ]
            for x, y in coordinates
        )
        points: list[list[float]] = []
        for point in rounded:
            if not points or points[-1] != point:
                points.append(point)
        return points

    def across(self, angle: float, shift: float) -> LineString:
        """A bent line from border to border, `shift` of the town's height beside its middle."""
        west, south, east, north = self.outline.bounds
        long, wide = max(east - west, north - south), min(east - west, north - south)
        along, beside = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
        points = []
        for step in range(-4, 5):
            far, side = step / 4 * long * 0.7, wide * (shift + self.chance.uniform(-0.04, 0.04))
            points.append((along[0] * far + beside[0] * side, along[1] * far + beside[1] * side))
        inside = self.outline.intersection(LineString(points))
        return max(shapely.get_parts(inside), key=lambda part: float(part.length))


def voronoi(points: list[Point], ground: Polygon) -> list[Polygon]:
    """The part of a ground that is nearest to each point, in their order."""
    if len(points) == 1:
        return [ground]
    cells = shapely.voronoi_polygons(MultiPoint(points), extend_to=ground, ordered=True)
    clipped = [ground.intersection(cell) for cell in cells.geoms]
    return [max(shapely.get_parts(cell), key=lambda part: float(part.area)) for cell in clipped]


def roads_of(ground: Ground) -> Iterator[Road]:
    """Two long roads of the state, some of the province, the town's between seats, the villages' to them."""
    chance = ground.chance
    gems, trees, birds = (chance.sample(names, len(names)) for names in (GEMS, TREES, BIRDS + FLOWERS))
    net: list[LineString] = []
    long = [("national", 0.15, 0.02), ("national", 1.45, 0.3)][: 2 if len(ground.districts) > 5 else 1]
    middling = [("provincial", 0.9, -0.2), ("provincial", 2.4, 0.1), ("provincial", 0.1, -0.32)]
    for number, (status, angle, shift) in enumerate([*long, *middling], start=1):
        name = f"Jalan Lintas {gems.pop()}" if status == "national" else f"Jalan Raya {trees.pop()}"
        net.append(ground.across(angle, shift))
        yield Road(name, status, f"{status[0].upper()}.{90 + number}", net[-1])
    for number, line in enumerate(links(ground), start=1):
        net.append(line)
        word = birds[number % len(birds)].replace("-", " ")
        again = number // len(birds)
        name = f"Jalan {word}{' Baru' * (again > 0)}{f' {again}' if again > 1 else ''}"
        yield Road(name, "local", f"L.{number:03}", line)
    whole = shapely.union_all(net)
    for number, cell in enumerate(ground.cells.values()):
        if number % VILLAGES_PER_ROAD == 0:
            yield Road(f"Jalan {chance.choice(FRUITS)}", "village", "", lane(cell, whole, chance))


def links(ground: Ground) -> list[LineString]:
    """Bent lines between the seats of kecamatan that are neighbours."""
    seats = list(ground.seats.values())
    if len(seats) < 3:
        return [LineString(seats)]
    triangles = shapely.delaunay_triangles(MultiPoint(seats), only_edges=True)
    lines = []
    for edge in shapely.get_parts(triangles):
        (x1, y1), (x2, y2) = edge.coords
        bend = ground.chance.uniform(-0.12, 0.12)
        middle = ((x1 + x2) / 2 - (y2 - y1) * bend, (y1 + y2) / 2 + (x2 - x1) * bend)
        line = LineString([(x1, y1), middle, (x2, y2)])
        if ground.outline.contains(line):
            lines.append(line)
    return lines


def lane(cell: Polygon, net: Any, chance: random.Random) -> LineString:
    """From a village's far side over its middle to the nearest road."""
    middle = cell.centroid
    joins = nearest_points(middle, net)[1]
    angle = math.atan2(middle.y - joins.y, middle.x - joins.x) + chance.uniform(-0.6, 0.6)
    reach = 0.5 * math.sqrt(cell.area)
    far = (middle.x + reach * math.cos(angle), middle.y + reach * math.sin(angle))
    outward = LineString([middle, far]).intersection(cell)
    return LineString([*reversed(outward.coords), joins])


def owners_of(ground: Ground) -> Iterator[tuple[str, Polygon]]:
    """Strips across the town, and round pieces of land beside the seats."""
    seats = list(ground.seats.values())
    for number, kind in enumerate(ground.town.owners):
        _name, _body, shape, size = OWNERS[kind]
        if shape == "strip":
            line = ground.across(0.3 + 0.5 * number, 0.12 * (number + 1) - 0.3)
            strip = line.buffer(size / 2, cap_style="flat", join_style="mitre")
            yield kind, strip
        else:
            seat = seats[(number * 3 + 1) % len(seats)]
            piece = Point(seat.x + 1.7 * size, seat.y - 0.9 * size).buffer(size, quad_segs=2)
            yield (
                kind,
                max(shapely.get_parts(piece.intersection(ground.outline)), key=lambda p: float(p.area)),
            )


def feature(properties: dict[str, Any], kind: str, coordinates: Any) -> dict[str, Any]:
    shape = {"type": kind, "coordinates": coordinates} if coordinates is not None else None
    return {"type": "Feature", "properties": properties, "geometry": shape}


def write(path: Path, features: Iterable[dict[str, Any]]) -> None:
    """One feature a line: small, and a change shows as the lines that changed."""

    def compact(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    head = f'{{"type":"FeatureCollection","source":{compact(SOURCE)},"is_demo":true,"features":['
    path.write_text(f"{head}\n" + ",\n".join(map(compact, features)) + "\n]}\n", encoding="utf-8")
    print(f"{path.relative_to(GOVERNMENTS)}: {path.stat().st_size:,} bytes")


def road_features(ground: Ground) -> Iterator[dict[str, Any]]:
    """Roads with their lines; then one for each kecamatan that is known by name and villages alone."""
    for road in roads_of(ground):
        properties = {"name": road.name, "status": road.status}
        if road.number:
            properties["number"] = road.number
        part = max(shapely.get_parts(road.line), key=lambda each: float(each.length))
        yield feature(properties, "LineString", ground.degrees(part.coords))
    for number, villages in enumerate(ground.districts.values()):
        name = f"Jalan {GEMS[number % len(GEMS)]} Dalam"
        yield feature({"name": name, "status": "village", "villages": villages[:2]}, "LineString", None)


def make(folder: Path) -> None:
    """Write one government's geometry, and a notice that it is made up."""
    with (folder / "areas.csv").open(encoding="utf-8", newline="") as file:
        villages = [row["code"] for row in csv.DictReader(file) if row["kind"] != "kecamatan"]
    code = folder.name.partition("-")[0]
    ground = Ground(TOWNS[code], code, villages)
    target = folder / "geometry"
    target.mkdir(exist_ok=True)
    cells = ((village, ground.degrees(cell.exterior.coords)) for village, cell in ground.cells.items())
    write(target / "villages.geojson", (feature({"code": c}, "Polygon", [line]) for c, line in cells))
    write(target / "roads.geojson", road_features(ground))
    owned = (
        feature(
            {"name": OWNERS[kind][0], "body": OWNERS[kind][1], "kind": kind},
            "Polygon",
            [ground.degrees(piece.exterior.coords)],
        )
        for kind, piece in owners_of(ground)
    )
    write(target / "owners.geojson", owned)
    (target / "NOTICE").write_text(NOTICE, encoding="utf-8")


def main() -> None:
    """Make the geometry of the folders that are named, or of all."""
    names = sys.argv[1:] or sorted(path.parent.name for path in GOVERNMENTS.glob("[0-9]*/areas.csv"))
    for name in names:
        make(GOVERNMENTS / name)


if __name__ == "__main__":
    main()

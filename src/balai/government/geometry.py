"""Reading a government's geometry/: boundaries, roads and what belongs to other owners, as GeoJSON.

Every file is optional; a town without them works by the names of villages and roads. Nothing here needs
more than Python, because `government_load` runs in a process that stays; whether shapes cross themselves
is asked by `government_check` alone (`crossing_shapes`).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

from balai.government.faults import Fault

FOLDER: Final = "geometry"
VILLAGES, ROADS, OWNERS = "villages.geojson", "roads.geojson", "owners.geojson"
ROAD_STATUSES: Final = ("national", "provincial", "local", "village")
OWNER_KINDS: Final = (
    "railway",
    "forest",
    "irrigation",
    "industrial_estate",
    "plantation",
    "port",
    "airport",
    "toll_road",
    "housing_estate",
    "military",
    "other",
)
LARGEST_FILE = 20_000_000
# Sabang to Merauke, Miangas to Rote, with the sea around them.
_LONGITUDES, _LATITUDES = (94.0, 142.0), (-12.0, 7.0)
_FEATURE = re.compile(r'"type"\s*:\s*"Feature"')
_AREAS, _LINES = {"Polygon": 2, "MultiPolygon": 3}, {"LineString": 1, "MultiLineString": 2}
_NO_SHAPE = "there is no geometry."


class Feature(NamedTuple):
    """One feature: its properties, and its GeoJSON geometry or None."""

    properties: dict[str, Any]
    geometry: dict[str, Any] | None


class Layer(NamedTuple):
    """One file: who drew it, whether it is made up, and what is in it."""

    source: str = ""
    is_demo: bool = False
    features: tuple[Feature, ...] = ()


class Geometry(NamedTuple):
    """A government's geometry; layers whose file is missing are empty."""

    villages: Layer = Layer()
    roads: Layer = Layer()
    owners: Layer = Layer()


Rule = Callable[[dict[str, Any], dict[str, Any] | None], Iterator[str]]


def paths(folder: Path) -> list[Path]:
    """The files of geometry that a government's folder has."""
    found = (folder / FOLDER / name for name in (VILLAGES, ROADS, OWNERS))
    return [path for path in found if path.is_file()]


def read_geometry(folder: Path, villages: Collection[str]) -> tuple[Geometry, list[Fault]]:
    """What is right in a folder's geometry, and every fault in the rest; `villages` are their codes."""
    faults: list[Fault] = []
    seen: set[str] = set()

    def village(properties: dict[str, Any], shape: dict[str, Any] | None) -> Iterator[str]:
        yield from _village_faults(properties, shape, villages, seen)

    def road(properties: dict[str, Any], shape: dict[str, Any] | None) -> Iterator[str]:
        yield from _road_faults(properties, shape, villages)

    rules: tuple[tuple[str, Rule], ...] = ((VILLAGES, village), (ROADS, road), (OWNERS, _owner_faults))
    layers = [_read_layer(folder, name, rule, faults) for name, rule in rules]
    return Geometry(*layers), faults


def crossing_shapes(folder: Path, geometry: Geometry) -> list[Fault]:
    """A fault for each area whose outline crosses itself: nobody can say what lies in it."""
    import shapely.geometry  # noqa: PLC0415 - 25 MB that only this check needs here

    faults = []
    for name, layer in ((VILLAGES, geometry.villages), (OWNERS, geometry.owners)):
        for feature in layer.features:
            if not shapely.geometry.shape(feature.geometry).is_valid:
                label = feature.properties.get("code") or feature.properties.get("name")
                place = _line_with(folder / FOLDER / name, str(label))
                faults.append(Fault(f"{FOLDER}/{name}", place, f'the outline of "{label}" crosses itself.'))
    return faults


def _line_with(path: Path, label: str) -> int:
    text = path.read_text(encoding="utf-8")
    return text[: max(0, text.find(json.dumps(label, ensure_ascii=False)))].count("\n") + 1


def _read_layer(folder: Path, name: str, rule: Rule, faults: list[Fault]) -> Layer:
    path, file = folder / FOLDER / name, f"{FOLDER}/{name}"
    if not path.is_file():
        return Layer()
    try:
        text = _read_text(path)
        raw = json.loads(text)
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        said = f"this is not JSON: {error.msg}" if isinstance(error, json.JSONDecodeError) else str(error)
        faults.append(Fault(file, line, f"{said}."))
        return Layer()
    of_file = list(_file_faults(raw))
    faults += (Fault(file, 1, sentence) for sentence in of_file)
    if of_file:
        return Layer()
    lines = _feature_lines(text)
    features = []
    for position, feature in enumerate(raw["features"]):
        sentences = list(_feature_faults(feature, rule))
        line = lines[position] if position < len(lines) else 1
        faults += (Fault(file, line, f"feature {position + 1}: {sentence}") for sentence in sentences)
        if not sentences:
            features.append(Feature(feature["properties"], feature.get("geometry")))
    return Layer(raw["source"], raw["is_demo"], tuple(features))


def _read_text(path: Path) -> str:
    if path.stat().st_size > LARGEST_FILE:
        raise ValueError(f"the file is larger than {LARGEST_FILE // 1_000_000} MB; simplify its lines to 2 m")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ValueError("the file is not in UTF-8") from None


def _feature_lines(text: str) -> list[int]:
    """Line on which each feature says that it is one."""
    ends = [match.start() for match in re.finditer("\n", text)]
    return [bisect_right(ends, match.start()) + 1 for match in _FEATURE.finditer(text)]


def _file_faults(raw: Any) -> Iterator[str]:
    if not isinstance(raw, dict) or raw.get("type") != "FeatureCollection":
        yield 'the file must be one {"type": "FeatureCollection", …}.'
        return
    if not _is_text(raw.get("source")):
        yield '"source" beside "features" must say who drew this, and when.'
    if not isinstance(raw.get("is_demo"), bool):
        yield '"is_demo" beside "features" must be true (made up) or false.'
    if not isinstance(raw.get("features"), list):
        yield '"features" must be a list.'


def _feature_faults(feature: Any, rule: Rule) -> Iterator[str]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        yield 'it must be {"type": "Feature", …}.'
    elif not isinstance(feature.get("properties"), dict):
        yield '"properties" must be a table.'
    elif not isinstance(feature.get("geometry"), dict | None):
        yield '"geometry" must be a table or null.'
    else:
        yield from rule(feature["properties"], feature.get("geometry"))


def _village_faults(
    properties: dict[str, Any], shape: dict[str, Any] | None, known: Collection[str], seen: set[str]
) -> Iterator[str]:
    code = properties.get("code")
    if not isinstance(code, str) or code not in known:
        yield f'"code" must be that of a desa or kelurahan of areas.csv, not {_quoted(code)}.'
    elif code in seen:
        yield f"{code} stands here for the second time; make its parts one MultiPolygon."
    else:
        seen.add(code)
    yield from _shape_faults(shape, _AREAS) if shape else (_NO_SHAPE,)


def _road_faults(
    properties: dict[str, Any], shape: dict[str, Any] | None, known: Collection[str]
) -> Iterator[str]:
    yield from _missing_texts(properties, ("name",))
    status = properties.get("status")
    if status not in ROAD_STATUSES:
        yield f'"status" must be one of {", ".join(ROAD_STATUSES)}, not {_quoted(status)}.'
    yield from _wrong_options(properties, ("number", "source"))
    day = properties.get("valid_from")
    if day is not None and not _is_day(day):
        yield f'"valid_from" must be a day such as "2026-01-31", not {_quoted(day)}.'
    if shape is not None:
        yield from _shape_faults(shape, _LINES)
        return
    codes = properties.get("villages")
    if not isinstance(codes, list) or not codes:
        yield 'a road without geometry lists its "villages" by their codes.'
    else:
        unknown = (code for code in codes if not isinstance(code, str) or code not in known)
        yield from (f"there is no village {_quoted(code)}." for code in unknown)


def _owner_faults(properties: dict[str, Any], shape: dict[str, Any] | None) -> Iterator[str]:
    yield from _missing_texts(properties, ("name", "body"))
    yield from _wrong_options(properties, ("source",))
    kind = properties.get("kind")
    if kind not in OWNER_KINDS:
        yield f'"kind" must be one of {", ".join(OWNER_KINDS)}, not {_quoted(kind)}.'
    yield from _shape_faults(shape, _AREAS) if shape else (_NO_SHAPE,)


def _missing_texts(properties: dict[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    yield from (f'"{key}" is missing or empty.' for key in keys if not _is_text(properties.get(key)))


def _wrong_options(properties: dict[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    given = ((key, properties.get(key)) for key in keys)
    yield from (f'"{key}" must be a text.' for key, value in given if not isinstance(value, str | None))


def _shape_faults(shape: dict[str, Any], kinds: dict[str, int]) -> Iterator[str]:
    kind = str(shape.get("type"))
    if kind not in kinds:
        yield f"the geometry must be a {' or '.join(kinds)}, not {_quoted(kind)}."
        return
    try:
        lines = _lines_of(shape["coordinates"], kinds[kind])
        points = [(float(point[0]), float(point[1])) for line in lines for point in line]
    except (KeyError, IndexError, TypeError, ValueError):
        yield "its coordinates are no lists of [longitude, latitude]."
        return
    closed = kinds is _AREAS
    if not lines or any(len(line) < (4 if closed else 2) for line in lines):
        yield "one of its lines has too few points."
    elif closed and any(list(line[0][:2]) != list(line[-1][:2]) for line in lines):
        yield "one of its outlines does not end where it begins."
    if any(not _is_in_indonesia(*point) for point in points):
        hint = " Longitude comes first." if all(_is_in_indonesia(y, x) for x, y in points) else ""
        yield f"it lies outside Indonesia.{hint}"


def _lines_of(coordinates: Any, depth: int) -> list[Any]:
    """Every line or outline of a geometry, however deep they are nested."""
    lines = [coordinates]
    for _ in range(depth - 1):
        lines = list(chain.from_iterable(lines))
    return lines


def _is_in_indonesia(longitude: float, latitude: float) -> bool:
    return _LONGITUDES[0] <= longitude <= _LONGITUDES[1] and _LATITUDES[0] <= latitude <= _LATITUDES[1]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_day(value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:60]

"""The drawing under all maps: small, whole, kept, and asked again by its mark."""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from balai import government
from balai.government import Government
from balai.government.geometry import Feature, Geometry, Layer, read_geometry
from balai.government.loading import GOVERNMENTS, folders, serving
from balai.government.schema import MapSpec
from balai.region import basemap, queries
from balai.region.geometry import Ground, ground

ADDRESS = "/peta/dasar.json"


def opened(packed: bytes) -> dict[str, Any]:
    drawing: dict[str, Any] = json.loads(gzip.decompress(packed))
    return drawing


def numbers(value: Any) -> list[float]:
    return [value] if isinstance(value, float | int) else [n for each in value for n in numbers(each)]


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_drawing_of_each_town_is_light_and_names_its_villages(folder: Any) -> None:
    with serving(folder.name) as town:
        packed = basemap.draw(ground(), town)
    assert len(packed) <= 20_000
    drawing = opened(packed)
    kinds = Counter(each["properties"]["k"] for each in drawing["features"])
    areas = Counter("district" if area.kind == "district" else "village" for area in town.areas)
    assert (kinds["town"], kinds["district-name"], kinds["village-name"]) == (
        1,
        areas["district"],
        areas["village"],
    )
    assert all(kinds[status] for status in ("national", "provincial", "local", "village", "owner"))
    assert (drawing["is_demo"], drawing["source"][:11], drawing["tiles"]) == (True, "Contoh demo", None)
    coordinates = numbers([each["geometry"]["coordinates"] for each in drawing["features"]])
    assert all(number == round(number, 5) for number in coordinates)


def warped(coordinates: Any) -> Any:
    """Every line in steps of some metres along a wave: as a survey draws it. The same line warps the same."""
    if isinstance(coordinates[0][0], list):
        return [warped(each) for each in coordinates]
    fine = [coordinates[0]]
    for one, two in pairwise(coordinates):
        (x1, y1), (x2, y2) = sorted((one, two))
        steps = [[x1 + n / 16 * (x2 - x1), y1 + n / 16 * (y2 - y1)] for n in range(1, 16)]
        fine += [*(steps if one == [x1, y1] else reversed(steps)), two]
    return [[x + 2e-4 * math.sin(y * 3e3), y + 2e-4 * math.sin(x * 3e3)] for x, y in fine]


def surveyed(folder: str, town: Government) -> Geometry:
    villages = {area.code for area in town.areas if area.kind != "district"}

    def layer(of: Layer) -> Layer:
        features = (
            Feature(each.properties, {**each.geometry, "coordinates": warped(each.geometry["coordinates"])})
            for each in of.features
            if each.geometry
        )
        return Layer("Survei", False, tuple(features))

    drawn, _faults = read_geometry(GOVERNMENTS / folder, villages)
    return Geometry(layer(drawn.villages), layer(drawn.roads), Layer())


def test_drawing_of_a_town_that_was_surveyed_finely_is_made_to_fit() -> None:
    with serving("3575-kota-pasuruan") as town:
        fine = Ground(surveyed(town.folder, town))
    assert sum(len(cell.exterior.coords) for cell in fine.cells) > 3_000
    assert len(basemap.draw(fine, town)) > 5_000  # as fine as it is, there being room
    packed = basemap.draw(fine, town, largest=5_000)
    assert len(packed) <= 5_000
    drawing = opened(packed)
    assert drawing["is_demo"] is False
    kinds = {each["properties"]["k"] for each in drawing["features"]}
    assert {"town", "village-edge", "district-edge", "national"} <= kinds


def test_drawing_of_a_town_with_tiles_alone_says_where_they_are() -> None:
    town = government.current()
    tiles = MapSpec(tiles="https://tiles.example/{z}/{x}/{y}.png", attribution="© Contoh")
    drawing = opened(basemap.draw(Ground(Geometry()), town.model_copy(update={"map": tiles})))
    assert drawing["tiles"] == {"url": "https://tiles.example/{z}/{x}/{y}.png", "attribution": "© Contoh"}
    assert (drawing["features"], drawing["source"], drawing["is_demo"]) == ([], "", False)


def test_page_gets_it_packed_and_is_told_when_nothing_changed() -> None:
    first = Client().get(ADDRESS, headers={"accept-encoding": "gzip, br"})
    assert (first.status_code, first["Content-Type"]) == (200, "application/geo+json")
    assert (first["Content-Encoding"], first["Vary"]) == ("gzip", "Accept-Encoding")
    assert first["Cache-Control"] == "public, max-age=86400"
    assert opened(first.content)["type"] == "FeatureCollection"
    again = Client().get(ADDRESS, headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_address_with_the_mark_is_kept_for_a_year_and_plain_text_for_others() -> None:
    mark = queries.basemap().mark
    plain = Client().get(ADDRESS, {"v": mark})
    assert plain["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Content-Encoding" not in plain
    assert plain.content == gzip.decompress(queries.basemap().packed)
    assert Client().get(ADDRESS, {"v": "other"})["Cache-Control"] == "public, max-age=86400"


def test_drawing_is_kept_and_drawn_anew_when_what_it_is_drawn_from_changes() -> None:
    town = government.current()
    assert queries.has_basemap()
    tiles = MapSpec(tiles="https://tiles.example/{z}/{x}/{y}.png", attribution="© Contoh")
    marks = {basemap._mark(town), basemap._mark(town.model_copy(update={"map": tiles}))}
    assert len(marks) == 2
    assert queries.basemap().mark in marks
    assert queries.basemap() is queries.basemap()
    assert queries.basemap().kilobytes == -(-len(queries.basemap().packed) // 1000)

"""Geometry of a government: what ships is right, and each fault is said with file, line and sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from balai import government
from balai.government.geometry import Geometry, Layer, crossing_shapes, paths, read_geometry
from balai.government.loading import checked_geometry
from balai.government.tests.folders import every_folder

VILLAGE, OTHER = "35.05.10.2011", "35.05.10.2009"
SQUARE = [[112.2, -8.1], [112.21, -8.1], [112.21, -8.09], [112.2, -8.1]]
CROSSING = [[112.2, -8.1], [112.21, -8.09], [112.21, -8.1], [112.2, -8.09], [112.2, -8.1]]


def feature(properties: Any, kind: str = "", coordinates: Any = None) -> dict[str, Any]:
    shape = {"type": kind, "coordinates": coordinates} if kind else None
    return {"type": "Feature", "properties": properties, "geometry": shape}


def village(code: str = VILLAGE, outline: Any = SQUARE) -> dict[str, Any]:
    return feature({"code": code}, "Polygon", [outline])


def road(line: Any = SQUARE, **properties: Any) -> dict[str, Any]:
    return feature({"name": "Jalan Melati", "status": "local", **properties}, "LineString", line)


def written(folder: Path, name: str, *features: Any, **head: Any) -> Path:
    """A file with its head on the first line and one feature on each line that follows."""
    path = folder / "geometry" / name
    path.parent.mkdir(exist_ok=True)
    top = {"type": "FeatureCollection", "source": "Bagian Pemerintahan, 2026", "is_demo": False, **head}
    lines = ",\n".join(json.dumps(each) for each in features)
    path.write_text(json.dumps(top)[:-1] + f', "features": [\n{lines}\n]}}', encoding="utf-8")
    return folder


def faults_of(folder: Path) -> list[str]:
    return [str(fault) for fault in read_geometry(folder, {VILLAGE, OTHER})[1]]


@pytest.mark.parametrize("folder", every_folder(), ids=lambda folder: folder.name)
def test_geometry_that_ships_is_whole_and_says_that_it_is_made_up(folder: Path) -> None:
    town = government.load(folder)
    geometry = checked_geometry(folder, town.areas)
    assert crossing_shapes(folder, geometry) == []
    drawn = {each.properties["code"] for each in geometry.villages.features}
    assert drawn == {area.code for area in town.areas if area.kind != "district"}
    assert {layer.is_demo for layer in geometry} == {True}
    assert all(layer.source.startswith("Contoh demo") for layer in geometry)
    statuses = {each.properties["status"] for each in geometry.roads.features}
    assert statuses == {"national", "provincial", "local", "village"}
    assert any(each.geometry is None for each in geometry.roads.features)
    assert geometry.owners.features
    assert "Contoh demo" in (folder / "geometry" / "NOTICE").read_text(encoding="utf-8")


def test_geometry_that_ships_is_small() -> None:
    files = [path for folder in every_folder() for path in paths(folder)]
    assert len(files) == 18
    assert sum(path.stat().st_size for path in files) < 400_000


def test_folder_without_geometry_is_without_fault(tmp_path: Path) -> None:
    assert read_geometry(tmp_path, set()) == (Geometry(Layer(), Layer(), Layer()), [])


def test_layers_are_read_with_their_source(tmp_path: Path) -> None:
    written(tmp_path, "villages.geojson", village())
    written(
        tmp_path,
        "roads.geojson",
        road(),
        feature({"name": "Jalan Duku", "status": "village", "villages": [OTHER]}),
    )
    geometry, faults = read_geometry(tmp_path, {VILLAGE, OTHER})
    assert faults == []
    assert (geometry.villages.source, geometry.villages.is_demo) == ("Bagian Pemerintahan, 2026", False)
    assert [each.properties["name"] for each in geometry.roads.features] == ["Jalan Melati", "Jalan Duku"]
    assert geometry.owners == Layer()


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (
            village("35.05.10.2099"),
            '"code" must be that of a desa or kelurahan of areas.csv, not "35.05.10.2099".',
        ),
        (village(code=["x"]), '"code" must be that of a desa or kelurahan of areas.csv, not ["x"].'),
        (village(VILLAGE), f"{VILLAGE} stands here for the second time; make its parts one MultiPolygon."),
        (feature({"code": OTHER}), "there is no geometry."),
        (village(OTHER, SQUARE[:3]), "one of its lines has too few points."),
        (village(OTHER, [*SQUARE[:3], [112.3, -8.1]]), "one of its outlines does not end where it begins."),
        (
            village(OTHER, [[lat, lon] for lon, lat in SQUARE]),
            "it lies outside Indonesia. Longitude comes first.",
        ),
        (village(OTHER, [[9.0, 51.0]] * 4), "it lies outside Indonesia."),
        (village(OTHER, [["x"]]), "its coordinates are no lists of [longitude, latitude]."),
        (
            feature({"code": OTHER}, "Point", [112.2, -8.1]),
            'the geometry must be a Polygon or MultiPolygon, not "Point".',
        ),
        (feature(None), '"properties" must be a table.'),
        ({"type": "Feature", "properties": {}, "geometry": []}, '"geometry" must be a table or null.'),
        ([], 'it must be {"type": "Feature", …}.'),
    ],
)
def test_fault_of_a_village_names_its_line(tmp_path: Path, bad: Any, sentence: str) -> None:
    written(tmp_path, "villages.geojson", village(), bad)
    line = 3 if isinstance(bad, dict) else 1  # what is no feature can not be found by saying so
    assert faults_of(tmp_path) == [f"geometry/villages.geojson:{line}: feature 2: {sentence}"]


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (road(name=" "), '"name" is missing or empty.'),
        (
            road(status="kabupaten"),
            '"status" must be one of national, provincial, local, village, not "kabupaten".',
        ),
        (road(number=7), '"number" must be a text.'),
        (road(valid_from="31-1-2026"), '"valid_from" must be a day such as "2026-01-31", not "31-1-2026".'),
        (
            feature({"name": "Jalan Duku", "status": "village"}),
            'a road without geometry lists its "villages" by their codes.',
        ),
        (
            feature({"name": "Jalan Duku", "status": "village", "villages": ["x"]}),
            'there is no village "x".',
        ),
        (
            feature({"name": "Jalan Duku", "status": "village"}, "Polygon", [SQUARE]),
            'the geometry must be a LineString or MultiLineString, not "Polygon".',
        ),
        (road(SQUARE[:1]), "one of its lines has too few points."),
    ],
)
def test_fault_of_a_road(tmp_path: Path, bad: Any, sentence: str) -> None:
    written(tmp_path, "roads.geojson", bad)
    assert faults_of(tmp_path) == [f"geometry/roads.geojson:2: feature 1: {sentence}"]


def test_fault_of_an_owner(tmp_path: Path) -> None:
    written(tmp_path, "owners.geojson", feature({"name": "Rel", "kind": "train"}, "Polygon", [SQUARE]))
    said = faults_of(tmp_path)
    assert said[0] == 'geometry/owners.geojson:2: feature 1: "body" is missing or empty.'
    assert said[1].startswith('geometry/owners.geojson:2: feature 1: "kind" must be one of railway, forest,')


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{\n"type": }', "2: this is not JSON: Expecting value."),
        ("[]", '1: the file must be one {"type": "FeatureCollection", …}.'),
        (
            '{"type": "FeatureCollection", "is_demo": true, "features": []}',
            '1: "source" beside "features" must say who drew this, and when.',
        ),
        (
            '{"type": "FeatureCollection", "source": "x", "features": []}',
            '1: "is_demo" beside "features" must be true (made up) or false.',
        ),
        (
            '{"type": "FeatureCollection", "source": "x", "is_demo": true}',
            '1: "features" must be a list.',
        ),
    ],
)
def test_fault_of_a_whole_file(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "geometry").mkdir()
    (tmp_path / "geometry" / "villages.geojson").write_text(text, encoding="utf-8")
    assert faults_of(tmp_path) == [f"geometry/villages.geojson:{fault}"]


def test_file_in_another_encoding_and_file_too_large_are_refused(tmp_path: Path) -> None:
    (tmp_path / "geometry").mkdir()
    (tmp_path / "geometry" / "villages.geojson").write_bytes(b'{"source": "\xe9"}')
    with (tmp_path / "geometry" / "roads.geojson").open("wb") as file:
        file.truncate(20_000_001)
    assert faults_of(tmp_path) == [
        "geometry/villages.geojson:1: the file is not in UTF-8.",
        "geometry/roads.geojson:1: the file is larger than 20 MB; simplify its lines to 2 m.",
    ]


def test_outline_that_crosses_itself_is_found_by_the_check_alone(tmp_path: Path) -> None:
    written(tmp_path, "villages.geojson", village(OTHER), village(VILLAGE, CROSSING))
    geometry, faults = read_geometry(tmp_path, {VILLAGE, OTHER})
    assert faults == []
    assert [str(fault) for fault in crossing_shapes(tmp_path, geometry)] == [
        f'geometry/villages.geojson:3: the outline of "{VILLAGE}" crosses itself.'
    ]

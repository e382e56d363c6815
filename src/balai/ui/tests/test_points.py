"""A point of a form: kept as typed, read as a place, and nothing where scripts do not run."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client
from django.utils.translation import get_language

from balai.kernel.geo import Place
from balai.ui import maps
from balai.ui.fields import faults
from balai.ui.icons import ICONS
from balai.ui.maps import Drawing
from balai.ui.points import PointField, PointInput

BLITAR = Place(-8.09, 112.2)


class Where(forms.Form):
    """A place that must be shown, and one that may."""

    where = PointField(label="Di mana?")
    also = PointField(label="Di mana lagi?", required=False)


def drawn(form: forms.Form) -> str:
    return Template("{% load ui %}{% field form.where %}").render(Context({"form": form}))


def test_point_is_read_as_a_place() -> None:
    form = Where({"where_lat": " -8.0912345", "where_lon": "112.2 ", "also_lat": "", "also_lon": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"where": Place(-8.09123, 112.2), "also": None}


def test_point_that_is_missing_says_how_to_show_it_and_the_summary_finds_it() -> None:
    form = Where({})
    assert [str(fault.sentence) for fault in faults(form)] == [
        "Tunjukkan tempatnya: pakai lokasi ponsel, atau tunjuk di peta."
    ]
    assert f'id="{faults(form)[0].target}"' in drawn(form)


@pytest.mark.parametrize(
    ("lat", "lon"), [("x", "112"), ("-8", ""), ("", "112"), ("-95", "112"), ("nan", "1")]
)
def test_point_that_can_not_be_is_refused_and_kept(lat: str, lon: str) -> None:
    form = Where({"where_lat": lat, "where_lon": lon})
    assert form.errors == {"where": ["Titik ini tidak terbaca. Hapus titiknya, lalu tunjuk sekali lagi."]}
    assert f'name="where_lat" value="{lat}"' in drawn(form)


def test_point_that_was_chosen_stands_in_words_and_in_the_inputs() -> None:
    page = drawn(Where(initial={"where": BLITAR}))
    assert "Titik terpilih: -8.09000, 112.20000." in page
    assert re.findall(r'name="where_l\w\w" value="([^"]*)"', page) == ["-8.09000", "112.20000"]


def test_point_without_scripts_offers_no_button_and_says_so() -> None:
    page = drawn(Where())
    assert "<noscript>" in page
    assert [button for button in re.findall(r"<button[^>]*>", page) if "hidden" not in button] == []


def test_point_opens_near_a_place_when_one_is_known() -> None:
    form = Where()
    form.fields["where"].widget = PointInput(near=BLITAR)
    assert 'data-near="-8.09,112.2"' in drawn(form)


def test_point_changes_only_with_the_place() -> None:
    field = Where().fields["where"]
    assert field.has_changed(BLITAR, ("-8.09", "112.200001")) is False
    assert field.has_changed(BLITAR, ("-8.1", "112.2")) is True
    assert field.has_changed(BLITAR, None) is True
    assert field.has_changed(None, ("x", "y")) is True


def test_point_absent_from_the_data_is_told_from_an_empty_one() -> None:
    widget = PointInput()
    assert widget.value_omitted_from_data({"where_lat": "", "where_lon": ""}, {}, "where") is False
    assert widget.value_omitted_from_data({}, {}, "where") is True


def test_map_is_offered_with_its_weight_and_not_where_there_is_none() -> None:
    before = maps.base_map.register(lambda: Drawing("/peta/dasar.json?v=1", 14))
    try:
        page = drawn(Where())
        loaded = maps.loaded_for("map-pick")
        maps.base_map.register(lambda: None)
        bare = drawn(Where())
    finally:
        maps.base_map.register(before)
    assert f"Tunjuk di peta ({14 + maps.weight_of('map-pick')} kB)" in page
    assert [address.rpartition("/")[2] for address in loaded["scripts"].split()] == [
        f"kata.js?bahasa={get_language()}",
        "leaflet.js",
        "map.js",
        "map-pick.js",
    ]
    assert 'data-base="/peta/dasar.json?v=1"' in page
    assert "Tunjuk di peta (" not in bare
    assert "Pakai lokasi ponsel" in bare


@pytest.mark.parametrize("opens", ["map-pick", "map-show"])
def test_map_weighs_little(opens: str) -> None:
    assert maps.weight_of(opens) <= 55


def test_every_file_that_is_named_is_there_and_leaflet_keeps_its_licence() -> None:
    named = {name for names in maps.SCRIPTS.values() for name in names} | set(maps.STYLES)
    assert {name for name in named if not (maps.FOLDER / name).is_file()} == set()
    assert "BSD 2-Clause" in (maps.FOLDER / "leaflet.LICENSE").read_text()
    # A source map that is not there would stop the collecting of static files.
    assert "sourceMappingURL" not in (maps.FOLDER / "leaflet.js").read_text()
    assert {"target", "track", "trash", "list"} <= set(ICONS)


def test_sample_points_are_geojson() -> None:
    answer = Client().get("/ui/titik.json").json()
    assert len(answer["features"]) == 60
    assert {each["properties"]["tone"] for each in answer["features"]} == {
        "calm",
        "good",
        "attention",
        "late",
    }


def test_scripts_speak_the_language_that_the_page_names() -> None:
    said = {tongue: Client().get("/peta/kata.js", {"bahasa": tongue}) for tongue in ("id", "en", "jv", "xx")}
    words = {
        tongue: json.loads(answer.content[len(b"window.balaiWords=") : -1]) for tongue, answer in said.items()
    }
    assert [words[tongue]["zoom_in"] for tongue in said] == ["Perbesar", "Zoom in", "Gedhekaken", "Perbesar"]
    assert said["en"]["Cache-Control"] == "public, max-age=86400"
    used = {
        name
        for script in maps.FOLDER.glob("[lm]*.js")
        if script.name != "leaflet.js"
        for name in re.findall(r"words\.(\w+)", script.read_text())
    }
    assert used == set(maps.WORDS)


def test_a_page_that_asks_for_a_point_is_hardly_heavier() -> None:
    form = Where()
    without = Template("{% load ui %}{% field form.also %}").render(Context({"form": form}))
    assert len(gzip.compress(drawn(form).encode(), 9)) <= 900
    assert (
        len(gzip.compress((without + drawn(form)).encode(), 9)) - len(gzip.compress(without.encode(), 9))
        <= 300
    )

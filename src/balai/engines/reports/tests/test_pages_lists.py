"""The public list, its map and its files: they say what a report's own page says, and nothing that leaks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from balai.engines.reports import actions
from balai.engines.reports.models import Report
from balai.engines.reports.queries import mapping
from balai.engines.reports.tests import factories as make
from balai.engines.reports.tests import pages
from balai.engines.reports.tests.sensitive import sensitive_holes
from balai.engines.reports.views import lists

__all__ = ["sensitive_holes"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]

FILES = ("daftar.csv", "daftar.geojson", "daftar.rss")
BOX = {"bbox": "112.20,-8.10,112.21,-8.09"}
PLACES = ("daftar/", "peta/", *FILES, "peta.json")


def read(place: str, status: int = 200, **query: str) -> str:
    if place == "peta.json":
        query = {**BOX, **query}
    answer = Client().get(f"/lapor/{place}", query)
    assert answer.status_code == status, answer.content
    streamed = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]  # a stream
    return streamed.decode()


def test_every_form_names_what_everybody_may_read(town: make.Town) -> None:
    report = make.working(town, where=make.AT_SCHOOL)
    for place in PLACES:
        assert report.number in read(place), place
    (line,) = csv.DictReader(io.StringIO(read("daftar.csv")))
    assert (line["Nomor"], line["Isi"], line["Lintang"]) == (report.number, make.TEXT, "-8.0987")
    (feature,) = json.loads(read("daftar.geojson"))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [112.201, -8.0987]}
    feed = ElementTree.fromstring(read("daftar.rss"))  # noqa: S314 - our own answer
    assert [each.text for each in feed.iter("guid")] == [report.number]


def leaking(town: make.Town) -> list[Report]:
    """Everything that must not come out, each with a word of its own."""
    reports = [
        make.send(text="Rahasia-satu di jalan itu", secret=True, where=make.AT_SCHOOL).report,
        make.send(text="Belum-dua di jalan itu", where=make.AT_SCHOOL).report,
        make.send(text="Arsip-tiga di jalan itu", where=make.AT_SCHOOL).report,
        make.send(text="Tarik-empat di jalan itu", where=make.AT_SCHOOL).report,
    ]
    reports[0] = actions.assign(by=town.receiver, report=reports[0], office_code=make.ROADS)
    actions.archive(by=town.receiver, report=reports[2], reason="not-a-report")
    actions.withdraw(by=make.NOBODY, report=reports[3])
    return reports


@pytest.mark.parametrize("place", PLACES)
def test_nothing_private_comes_out_by_any_filter(town: make.Town, place: str) -> None:
    hidden = leaking(town)
    shown = make.assigned(town, where=make.AT_SCHOOL, who=make.PHONE)
    actions.count_map()
    area = shown.area_code
    for query in (
        {},
        {"kata": "jalan"},
        {"kata": "rahasia"},
        {"wilayah": area},
        {"keadaan": "done"},
        {"jenis": "roads:"},
    ):
        text = read(place, **query)
        words = ["satu", "dua di jalan", "tiga", "empat", make.PHONE.contact.value]  # type: ignore[union-attr]  # it is there
        assert not [each.number for each in hidden if each.number in text], (place, query)
        assert not [word for word in words if f"-{word}" in text or (word.startswith("+") and word in text)]
    wide = json.loads(read("peta.json", bbox="111.5,-8.5,112.9,-7.5"))["features"]
    assert sum(each["properties"]["count"] for each in wide) == 1


@pytest.mark.usefixtures("sensitive_holes")
@pytest.mark.parametrize("place", PLACES)
def test_a_sensitive_report_names_its_village_alone(town: make.Town, place: str) -> None:
    make.assigned(town, where=make.AT_SCHOOL)
    actions.count_map()
    text = read(place)
    assert not [
        each
        for each in ("-8.09", "112.20", 'depan SDN Sawentar 2"', "112.2,")
        if each in text.replace(BOX["bbox"], "")
    ]
    if place == "peta.json":
        assert json.loads(text)["features"] == []
    if place == "daftar.geojson":
        assert json.loads(text)["features"][0]["geometry"] is None


def test_filters_stand_in_the_address_and_pages_go_on(
    town: make.Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = [make.assigned(town, photos=0, channel="phone").number for _ in range(3)]
    monkeypatch.setattr(lists.listing, "PAGE", 2)
    monkeypatch.setattr(lists.listing.page, "__kwdefaults__", {"after": None, "size": 2})
    client = Client()
    first = client.get("/lapor/daftar/?jenis=roads:&wilayah=35.05.10")
    assert first.context["chosen"].startswith("Semua: ") and first.context["next_url"].startswith(
        "?jenis=roads%3A"
    )
    second = client.get(f"/lapor/daftar/{first.context['next_url']}")
    listed = [row["report"].number for page in (first, second) for row in page.context["rows"]]
    assert sorted(listed) == sorted(sent) and second.context["next_url"] == ""


def test_a_download_goes_on_behind_its_link(town: make.Town, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = [make.assigned(town, photos=0, channel="phone").number for _ in range(3)]
    for name, place in (("MOST_LINES", "daftar.csv"), ("MOST_FEATURES", "daftar.geojson")):
        monkeypatch.setattr(lists, name, 2)
        answer = Client().get(f"/lapor/{place}")
        link = answer["Link"].removeprefix("<").partition(">")[0].removeprefix("http://127.0.0.1:8000")
        both = read(place) + b"".join(Client().get(link)).decode()
        assert [both.count(number) >= 1 for number in sent] == [True] * 3
        assert "Link" not in Client().get(link)


@pytest.mark.parametrize(
    "query", [{"jenis": "x"}, {"dari": "kemarin"}, {"dari": "02-03-2026", "sampai": "01-03-2026"}]
)
def test_a_filter_that_cannot_be_gets_a_sentence(town: make.Town, query: dict[str, str]) -> None:
    for place in ("daftar/", "peta/", *FILES):
        assert "Perlu diperbaiki" in read(place, 422, **query)
    assert json.loads(read("peta.json", **query))["features"] == []


@pytest.mark.parametrize("bbox", ["", "1,2,3", "a,b,c,d", "nan,1,2,3", "112,8,111,9", "0,0,0,1e999"])
def test_a_map_asks_for_a_piece_of_the_world(town: make.Town, bbox: str) -> None:
    assert Client().get("/lapor/peta.json", {"bbox": bbox}).status_code == 400


def test_formulas_do_not_run_and_markup_does_not_break(town: make.Town) -> None:
    make.assigned(town, text="=HYPERLINK(1) <script>alert(1)</script> jalan rusak berat")
    assert "\n" in read("daftar.csv") and ',"=HYPER' not in read("daftar.csv")
    assert "<script>alert" not in read("daftar/") and "<script>alert" not in read("daftar.rss")


def test_days_are_the_towns(town: make.Town, frozen_clock: Callable[[datetime], Any]) -> None:
    frozen_clock(datetime(2026, 3, 1, 17, 30, tzinfo=UTC))  # half past midnight on the second
    number = make.assigned(town).number
    assert number in read("daftar.csv", dari="02-03-2026", sampai="02-03-2026")
    assert number not in read("daftar.csv", sampai="01-03-2026")


def test_the_page_is_drawn_for_whoever_is_signed_in_and_files_are_for_everybody(town: make.Town) -> None:
    make.assigned(town)
    page = pages.client_of(town.siti).get("/lapor/daftar/")
    assert page["Cache-Control"] == "private, no-cache"
    for place in FILES:
        answer = Client().get(f"/lapor/{place}")
        assert answer["Cache-Control"] == "public, max-age=300" and "Cookie" not in answer.get("Vary", "")
    assert mapping.SECONDS == 600


def test_downloads_are_counted(town: make.Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "DOWNLOADS_PER_ADDRESS", 1)
    assert [Client().get("/lapor/daftar.rss").status_code for _ in range(2)] == [200, 429]

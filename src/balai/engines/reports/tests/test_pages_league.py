"""The league as a stranger opens it: ranked, explained, exported, at the same number of statements."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balai.catalogue import engine
from balai.engines.reports import actions
from balai.engines.reports.models import OfficeMonth
from balai.engines.reports.tests import factories as make
from balai.engines.reports.tests.pages import plain
from balai.people.today import local_today
from balai.runtime import clock, memory

PAGE, CSV = "/lapor/kinerja/", "/lapor/kinerja/csv/"


def month_of(office: str, month_on: date, n: int, in_time: int, **more: int) -> OfficeMonth:
    """A line of the table as the job writes it."""
    spread = {"30": n}
    return OfficeMonth.objects.create(
        office_code=office,
        month_on=month_on,
        clock=more.pop("clock", "first_response"),
        n=n,
        in_time=in_time,
        median=40,
        p90=90,
        spread=spread,
        **more,
    )


@pytest.fixture
def judged(town: make.Town) -> make.Town:
    """Two agencies with many promises, one with few."""
    month_on = date(2026, 3, 1)
    month_of(make.ROADS, month_on, 100, 90, open_late=10)
    month_of(make.OTHER, month_on, 100, 40)
    month_of(make.INSPECTORATE, month_on, 3, 3)
    month_of(make.ROADS, date(2026, 4, 1), 100, 100)
    return town


def test_offices_stand_in_order_and_small_ones_apart(judged: make.Town) -> None:
    words = plain(Client().get(f"{PAGE}?masa=2026-03").content.decode())
    places = [words.index(name) for name in ("1. Dinas dpupr", "2. Dinas diskominfo", "Terlalu sedikit")]
    assert places == sorted(places)
    assert "90 dari 110 10 belum dipenuhi" in words
    assert "Dinas inspektorat : 3 dari 3 tepat waktu" in words
    assert "40 menit" in words
    assert "Cara menghitungnya" in words


def test_year_adds_its_months(judged: make.Town) -> None:
    words = plain(Client().get(f"{PAGE}?masa=2026").content.decode())
    assert "190 dari 210" in words


def test_csv_says_the_same(judged: make.Town) -> None:
    answer = Client().get(f"{CSV}?masa=2026-03")
    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert [line.split(",")[1:6] for line in lines[1:]] == [
        ["1", "dpupr", "Dinas dpupr", "110", "90"],
        ["2", "diskominfo", "Dinas diskominfo", "100", "40"],
        ["", "inspektorat", "Dinas inspektorat", "3", "3"],
    ]


@pytest.mark.parametrize("masa", ["besok", "2026-13", "2026-1", "99", "2026-", "²026"])
def test_unknown_period_is_not_found(town: make.Town, masa: str) -> None:
    assert Client().get(PAGE, {"masa": masa}).status_code == 404
    assert Client().get(CSV, {"masa": masa}).status_code == 404


def test_town_without_any_promise_says_so(town: make.Town) -> None:
    words = plain(Client().get(PAGE).content.decode())
    assert "Belum ada janji yang selesai dalam masa ini" in words


def test_page_costs_the_same_with_many_offices(judged: make.Town) -> None:
    before = statements()
    for number in range(30):
        month_of(f"dinas-{number}", date(2026, 3, 1), 50 + number, 40)
    assert statements() == before


def statements() -> int:
    """How many statements the page takes."""
    client = Client()
    client.get(f"{PAGE}?masa=2026-03")
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{PAGE}?masa=2026-03")
    return len(captured)


def test_home_page_tells_how_fast_reports_are_answered(town: make.Town) -> None:
    reports = engine.engine("reports")
    assert [each.value for each in reports.figures(local_today())] == ["0"]
    memory.forget_everything()
    make.working(town)
    actions.renew_league(clock.now())
    figures = reports.figures(local_today())
    assert [(each.label, each.value) for each in figures] == [
        ("Separuh laporan dijawab dalam", "0 menit"),
        ("Laporan belum dijawab, lewat waktu", "0"),
    ]

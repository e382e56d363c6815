"""What is where, who is in charge, and when offices work."""

from __future__ import annotations

from datetime import date

import pytest

from balai import government
from balai.kernel.references import SYSTEM
from balai.region import actions, queries
from balai.region.models import Area, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    actions.load_government(by=SYSTEM, town=government.current())


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("35.05.10.2011", "Desa Sawentar, Kecamatan Kanigoro"),
        ("35.05.10.1008", "Kelurahan Kanigoro, Kecamatan Kanigoro"),
        ("35.05.10", "Kecamatan Kanigoro"),
        ("35.72.01.1004", ""),
        ("", ""),
    ],
)
def test_area_path(code: str, path: str) -> None:
    assert queries.area_path(code) == path


def test_area_path_of_areas_of_today_asks_no_database(django_assert_num_queries: pytest.fixture) -> None:
    with django_assert_num_queries(0):
        for _ in range(3):
            queries.area_path("35.05.10.2011")


def test_area_path_of_an_area_that_is_gone(loaded: None) -> None:
    Area.objects.create(
        code="35.05.10.2099", name="Lama", kind="village", parent_id="35.05.10", is_current=False
    )
    assert queries.area_path("35.05.10.2099") == "Desa Lama, Kecamatan Kanigoro"


def test_area_by_code_and_none_without(loaded: None) -> None:
    area = queries.area("35.05.10.2011")
    assert area is not None
    assert (area.name, area.kind, area.parent_id) == ("Sawentar", "village", "35.05.10")
    assert queries.area("35.05.10.2099") is None


def test_districts_and_villages_come_by_name(loaded: None) -> None:
    districts = [area.name for area in queries.districts()]
    assert (len(districts), districts[0], districts == sorted(districts)) == (22, "Bakung", True)
    villages = [(area.code, area.name) for area in queries.villages("35.05.10")]
    assert (len(villages), villages[0]) == (12, ("35.05.10.2009", "Banggle"))


def test_office_and_office_of_area(loaded: None) -> None:
    office = queries.office("dpmptsp")
    assert office is not None
    assert (office.kind, office.number_code, office.parent_code) == ("agency", "DPMPTSP", "setda")
    of_area = queries.office_of_area("35.05.10.1008")
    assert of_area is not None
    assert (of_area.name, of_area.kind, of_area.head_title) == ("Kelurahan Kanigoro", "kelurahan", "Lurah")
    assert queries.office("x") is queries.office_of_area("35.05") is queries.office_of_area("x") is None


def test_open_offices_come_by_name(loaded: None) -> None:
    assert [office.name for office in queries.open_offices()] == [
        "Desa Sawentar",
        "Kecamatan Kanigoro",
        "Kelurahan Bence",
        "Kelurahan Kanigoro",
    ]


def test_offices_under_reach_every_depth_in_one_query(
    loaded: None, django_assert_num_queries: pytest.fixture
) -> None:
    with django_assert_num_queries(3):
        assert len(queries.offices_under("setda")) == len(government.current().offices) - 1
        assert [office.code for office in queries.offices_under("35.05.10")] == [
            office.code for office in queries.offices() if office.code.startswith("35.05.10.")
        ]
    assert queries.offices_under("35.05.10.2011") == []


def test_offices_under_ends_when_parents_go_round(loaded: None) -> None:
    Office.objects.filter(pk="setda").update(parent_code="35.05.10.2011")
    assert len(queries.offices_under("setda")) == len(government.current().offices)


def test_holidays_are_labelled_when_estimated(loaded: None) -> None:
    rows = queries.holidays(date(2027, 3, 8), date(2027, 3, 11))
    assert [row.label for row in rows] == [
        "Hari Suci Nyepi",
        "Cuti Bersama Hari Raya Idul Fitri",
        "Hari Raya Idul Fitri (perkiraan)",
        "Hari kedua dari Hari Raya Idul Fitri (perkiraan)",
    ]

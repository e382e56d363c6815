"""Tables of the whole country, and the shipped holidays."""

from __future__ import annotations

from datetime import date

import pytest

from balai.region.enums import HolidayKind
from balai.region.holiday_file import FILE, national_days
from balai.region.national import birth_places, district_place, known_districts
from tools import make_holidays


def test_known_districts_are_those_of_the_whole_country() -> None:
    assert len(known_districts()) == 7277
    assert {"35.05.10", "35.72.01", "36.04.05", "21.72.02"} <= known_districts()
    assert "35.05.99" not in known_districts()


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("35.05.10", "Kanigoro, Kabupaten Blitar, Jawa Timur"),
        ("35.72.01", "Kepanjenkidul, Kota Blitar, Jawa Timur"),
        ("31.71.01", "Gambir, Kota Administrasi Jakarta Pusat, DKI Jakarta"),
        ("35.05.99", ""),
        ("", ""),
    ],
)
def test_district_place(code: str, place: str) -> None:
    assert district_place(code) == place


def test_birth_places_name_every_kabupaten_and_kota_once() -> None:
    places = birth_places()
    assert len(places) == len(set(places))
    assert {"Blitar", "Jakarta Pusat", "Tanjung Pinang", "Kepulauan Seribu"} <= set(places)
    assert not [place for place in places if place.startswith(("Kabupaten", "Kota "))]


def test_holiday_file_is_what_the_library_says() -> None:
    assert FILE.read_text(encoding="utf-8") == make_holidays.text()


def test_holiday_file_covers_five_years_with_known_kinds() -> None:
    days = national_days()
    assert {row.day.year for row in days} == {2024, 2025, 2026, 2027, 2028}
    assert {row.kind for row in days} == {HolidayKind.NATIONAL.value, HolidayKind.JOINT_LEAVE.value}
    assert len({(row.day, row.name) for row in days}) == len(days)


@pytest.mark.parametrize(
    ("day", "name", "kind", "is_estimate"),
    [
        (date(2026, 8, 17), "Hari Kemerdekaan Republik Indonesia", "national", False),
        (date(2026, 12, 24), "Cuti Bersama Hari Raya Natal", "joint_leave", False),
        (date(2027, 3, 10), "Hari Raya Idul Fitri", "national", True),
    ],
)
def test_holiday_file_has(day: date, name: str, kind: str, is_estimate: bool) -> None:
    assert [row[:4] for row in national_days() if row.day == day] == [(day, name, kind, is_estimate)]

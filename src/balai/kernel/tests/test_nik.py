"""The NIK table of domain.md §2.2, row by row, then under hypothesis."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.kernel.errors import ValueRefused
from balai.kernel.nik import Nik, age_on, mask, warnings
from balai.kernel.tests.brief import brief

TODAY = date(2026, 11, 21)
SITI = "3505105708950001"


def code_of(text: str) -> str | None:
    try:
        Nik.parse(text)
    except ValueRefused as refused:
        return refused.code
    return None


def nik_with_birth(digits: str, serial: str = "0001") -> str:
    return f"350510{digits}{serial}"


def test_parse_reads_woman_of_the_reference() -> None:
    nik = Nik.parse("350510 570895 0001")
    assert (nik.text, nik.district_code, nik.sex, nik.serial, nik.is_placeholder) == (
        SITI,
        "35.05.10",
        "female",
        "0001",
        False,
    )
    assert nik.birth_candidates(TODAY) == (date(1995, 8, 17),)


def test_parse_reads_man_of_the_reference() -> None:
    nik = Nik.parse("350510 170895 0001")
    assert (nik.sex, nik.birth_candidates(TODAY)) == ("male", (date(1995, 8, 17),))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "350510570895000",
        "35051057089500011",
        "35051057089500O1",
        "٣٥٠٥١٠٥٧٠٨٩٥٠٠٠١",
        "3505105708950001a",
        "\x00" * 16,
    ],
)
def test_parse_refuses_what_is_not_sixteen_digits(text: str) -> None:
    assert code_of(text) == "nik.digits"


@pytest.mark.parametrize("text", ["3505.1057.0895.0001", "3505-1057-0895-0001", " 3505 1057 0895 0001\n"])
def test_parse_reads_separators_people_use(text: str) -> None:
    assert Nik.parse(text).text == SITI


def test_parse_accepts_exactly_the_days_of_some_calendar() -> None:
    """Every day and month there can be in four digits, for a leap year and for one that is not."""
    for year in (1996, 1995):
        real = {date(year, 1, 1) + timedelta(days=n) for n in range(366)}
        possible = {
            f"{day.day + extra:02}{day:%m%y}" for day in real if day.year == year for extra in (0, 40)
        }
        typed = {f"{day:02}{month:02}{year % 100:02}" for day in range(100) for month in range(14)}
        assert {digits for digits in typed if code_of(nik_with_birth(digits)) is None} == possible


@pytest.mark.parametrize(
    "digits", ["310295", "710295", "300295", "700295", "290295", "690295", "310495", "000195"]
)
def test_parse_refuses_impossible_day_of_man_and_woman(digits: str) -> None:
    assert code_of(nik_with_birth(digits)) == "nik.date"


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("290296", (date(1996, 2, 29),)),
        ("290200", (date(2000, 2, 29),)),  # 1900 was no leap year
        ("690200", (date(2000, 2, 29),)),
        ("211126", (date(1926, 11, 21), date(2026, 11, 21))),  # a hundred years old, or born today
        ("221126", (date(1926, 11, 22),)),  # tomorrow is not a birth date
        ("211106", (date(1906, 11, 21), date(2006, 11, 21))),  # 120 years old today
        ("221105", (date(1905, 11, 22), date(2005, 11, 22))),  # turns 121 tomorrow
        ("211105", (date(2005, 11, 21),)),  # turned 121 today
        ("311205", (date(1905, 12, 31), date(2005, 12, 31))),
        ("311227", (date(1927, 12, 31),)),
    ],
)
def test_birth_candidates_follow_age_and_future(digits: str, expected: tuple[date, ...]) -> None:
    assert Nik.parse(nik_with_birth(digits)).birth_candidates(TODAY) == expected


def test_parse_refuses_serial_zero() -> None:
    assert code_of("3505105708950000") == "nik.serial"


@pytest.mark.parametrize("text", ["0350510201100001", "0000000000000000", "0999999999999999"])
def test_parse_takes_leading_zero_as_placeholder_without_meaning(text: str) -> None:
    nik = Nik.parse(text)
    assert (nik.is_placeholder, nik.sex, nik.birth_candidates(TODAY)) == (True, None, ())
    assert warnings(nik, birth_date=TODAY, sex="male", known_districts=(), today=TODAY) == (
        "nik.placeholder",
    )


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, ()),
        ({"birth_date": date(1995, 8, 17), "sex": "female", "known_districts": {"35.05.10"}}, ()),
        ({"birth_date": date(1995, 8, 18)}, ("nik.birth_differs",)),
        ({"birth_date": date(1895, 8, 17)}, ("nik.birth_differs",)),
        ({"sex": "male"}, ("nik.sex_differs",)),
        ({"known_districts": {"35.05.11"}}, ("nik.region_unknown",)),
        (
            {"birth_date": date(1990, 1, 1), "sex": "male", "known_districts": set()},
            ("nik.region_unknown", "nik.birth_differs", "nik.sex_differs"),
        ),
    ],
)
def test_warnings_name_each_difference(stated: dict[str, object], expected: tuple[str, ...]) -> None:
    assert warnings(Nik.parse(SITI), today=TODAY, **stated) == expected  # type: ignore[arg-type]  # a table of keywords


def test_warnings_accept_either_century() -> None:
    nik = Nik.parse(nik_with_birth("010110"))
    for birth in (date(1910, 1, 1), date(2010, 1, 1)):
        assert warnings(nik, birth_date=birth, today=TODAY) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SITI, "3505••••••••0001"),
        ("3505 1057 0895 0001", "3505••••••••0001"),
        ("", "••••••••••••••••"),
        ("35051057", "••••••••••••••••"),
    ],
)
def test_mask_shows_eight_digits_at_most(text: str, expected: str) -> None:
    assert mask(text) == expected


@pytest.mark.parametrize(
    ("birth", "today", "expected"),
    [
        (date(2000, 2, 29), date(2021, 2, 28), 20),
        (date(2000, 2, 29), date(2021, 3, 1), 21),
        (date(2026, 11, 21), TODAY, 0),
        (date(1995, 8, 17), TODAY, 31),
    ],
)
def test_age_on_counts_completed_years(birth: date, today: date, expected: int) -> None:
    assert age_on(birth, today) == expected


BIRTHS = st.dates(TODAY - timedelta(days=119 * 365), TODAY)


@brief
@given(
    birth=BIRTHS, is_woman=st.booleans(), district=st.integers(100_000, 999_999), serial=st.integers(1, 9999)
)
def test_parse_reads_back_what_a_nik_is_made_of(
    birth: date, is_woman: bool, district: int, serial: int
) -> None:
    day = birth.day + 40 * is_woman
    nik = Nik.parse(f"{district}{day:02}{birth:%m%y}{serial:04}")
    assert birth in nik.birth_candidates(TODAY)
    assert nik.sex == ("female" if is_woman else "male")
    assert nik.district_code.replace(".", "") == str(district)
    assert warnings(nik, birth_date=birth, sex=nik.sex, today=TODAY) == ()


@brief
@given(st.text("0123456789 .-–٣xO\x00\n", min_size=12, max_size=22))
def test_parse_gives_a_nik_or_one_of_its_codes(text: str) -> None:
    assert code_of(text) in {None, "nik.digits", "nik.date", "nik.serial"}


@brief
@given(st.from_regex(r"[0-9]{16}", fullmatch=True))
def test_sixteen_digits_give_a_nik_or_a_reason(text: str) -> None:
    code = code_of(text)
    assert code in {None, "nik.date", "nik.serial"}
    if code is None and text[0] != "0":
        assert Nik.parse(text).birth_candidates(TODAY)

"""Text, money, dates and numbers as people write and read them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.kernel.dates import (
    MONTHS,
    add_months,
    format_date,
    format_datetime,
    parse_date,
    roman_month,
    spell_number,
)
from balai.kernel.errors import ValueRefused
from balai.kernel.rupiah import LARGEST, format_rupiah, parse_rupiah
from balai.kernel.tests.brief import brief
from balai.kernel.text import clean_text


@pytest.mark.parametrize(
    ("typed", "single", "multi"),
    [
        ("  satu  dua ", "satu dua", "satu dua"),
        ("satu\r\ndua\rtiga\n", "satu dua tiga", "satu\ndua\ntiga"),
        ("a \t b\n\n\n\n c ", "a b c", "a b\n\nc"),
        ("e\u0301", "é", "é"),
        ("a\u00a0b\u2003c", "a b c", "a b c"),
        ("ha\u00adlo\u200b\ufeff", "halo", "halo"),
        ("\u202eterbalik", "terbalik", "terbalik"),
        ("ꦱ\u200dꦶ", "ꦱ\u200dꦶ", "ꦱ\u200dꦶ"),
        ("a\x0bb\x0cc\u2028d", "a b c d", "a\nb\nc\nd"),
        ("", "", ""),
        (" \n ", "", ""),
    ],
)
def test_clean_text(typed: str, single: str, multi: str) -> None:
    assert (clean_text(typed, multiline=False), clean_text(typed, multiline=True)) == (single, multi)


@pytest.mark.parametrize(
    "character", ["\x00", "\x01", "\x08", "\x0e", "\x1b", "\x1f", "\x7f", "\x9b", "\ud800", "\uffff"]
)
def test_clean_text_refuses_control_characters(character: str) -> None:
    for multiline in (False, True):
        with pytest.raises(ValueRefused, match=r"^text\.control$"):
            clean_text(f"a{character}b", multiline=multiline)


@brief
@given(st.text("ab \n\r\t\x0b\x85\u200b\u202e\u0301\u00e9\u2028ꦱ", max_size=30), st.booleans())
def test_clean_text_is_stable_and_storable(text: str, multiline: bool) -> None:
    cleaned = clean_text(text, multiline=multiline)
    assert clean_text(cleaned, multiline=multiline) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "\n\n\n" not in cleaned
    assert not any(unicodedata.category(character) == "Cc" for character in cleaned.replace("\n", ""))
    assert multiline or "\n" not in cleaned


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("Rp1.500.000", 1_500_000),
        ("Rp 1.500.000,-", 1_500_000),
        ("rp. 1.500.000,00", 1_500_000),
        ("IDR 1500000", 1_500_000),
        ("1 500 000", 1_500_000),
        ("1500000", 1_500_000),
        ("0", 0),
        ("Rp0", 0),
        ("000", 0),
        ("1.500", 1_500),
        ("999.999.999.999.999", LARGEST),
    ],
)
def test_parse_rupiah_reads(typed: str, amount: int) -> None:
    assert parse_rupiah(typed) == amount


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Rp",
        "1,500,000",
        "1.5",
        "1.50",
        "1.5000",
        "1,5",
        "1500,50",
        "-5",
        "1.500.00",
        "١٥٠٠",
        "1e6",
        "1.500 juta",
    ],
)
def test_parse_rupiah_refuses_what_two_readers_read_differently(typed: str) -> None:
    with pytest.raises(ValueRefused, match=r"^rupiah\.shape$"):
        parse_rupiah(typed)


def test_parse_rupiah_refuses_more_than_any_account_holds() -> None:
    with pytest.raises(ValueRefused, match=r"^rupiah\.large$"):
        parse_rupiah("9" * 5000)


@brief
@given(st.integers(0, LARGEST))
def test_rupiah_reads_back_what_it_writes(amount: int) -> None:
    assert parse_rupiah(format_rupiah(amount)) == amount


def test_format_rupiah_shows_a_negative_amount() -> None:
    assert format_rupiah(-1500) == "-Rp1.500"


@pytest.mark.parametrize(
    "typed",
    [
        *("2026-11-21", "21-11-2026", "21/11/2026", "21.11.2026", "21 11 2026", "21 November 2026"),
        *(
            "21 november 2026",
            "21 NOPEMBER 2026",
            "21 Nov 2026",
            "21-Nov-2026",
            "21 Nov. 2026",
            "  21  nop   2026 ",
        ),
    ],
)
def test_parse_date_reads(typed: str) -> None:
    assert parse_date(typed) == date(2026, 11, 21)


@pytest.mark.parametrize("month", range(1, 13))
def test_parse_date_knows_every_month_by_name_and_short(month: int) -> None:
    day = date(2026, month, 1)
    assert parse_date(f"1 {MONTHS[month - 1]} 2026") == parse_date(f"1 {MONTHS[month - 1][:3]} 2026") == day


@pytest.mark.parametrize(
    ("typed", "month"), [("1 Agt 2026", 8), ("1 Ags 2026", 8), ("1 Sept 2026", 9), ("1 Pebruari 2026", 2)]
)
def test_parse_date_knows_other_spellings(typed: str, month: int) -> None:
    assert parse_date(typed) == date(2026, month, 1)


@pytest.mark.parametrize(
    "typed", ["", "kemarin", "21-11-26", "2026/11/21x", "November 2026", "21 Novembre 2026", "٢١-١١-٢٠٢٦"]
)
def test_parse_date_refuses_shape(typed: str) -> None:
    with pytest.raises(ValueRefused, match=r"^date\.shape$"):
        parse_date(typed)


@pytest.mark.parametrize(
    "typed", ["31-02-2026", "31 Februari 2026", "29-02-2027", "2026-13-01", "00-01-2026", "01-01-0000"]
)
def test_parse_date_refuses_days_that_never_were(typed: str) -> None:
    with pytest.raises(ValueRefused, match=r"^date\.impossible$"):
        parse_date(typed)


@brief
@given(st.dates(date(1000, 1, 1)))
def test_date_reads_back_what_it_writes(day: date) -> None:
    for text in (day.isoformat(), format_date(day), f"{day:%d-%m-%Y}"):
        assert parse_date(text) == day


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Jakarta", "Sabtu 21 November 2026, 23.12"),
        ("Asia/Makassar", "Minggu 22 November 2026, 00.12"),
        ("Asia/Jayapura", "Minggu 22 November 2026, 01.12"),
    ],
)
def test_format_datetime_follows_the_wall_clock(zone: str, expected: str) -> None:
    assert format_datetime(datetime(2026, 11, 21, 16, 12, tzinfo=UTC), zone) == expected


def test_format_date_with_weekday() -> None:
    assert format_date(date(2026, 11, 20), weekday=True) == "Jumat 20 November 2026"


def test_roman_month_of_every_month() -> None:
    assert " ".join(map(roman_month, range(1, 13))) == "I II III IV V VI VII VIII IX X XI XII"
    assert roman_month(date(2026, 9, 1)) == "IX"
    for month in (0, 13):
        with pytest.raises(ValueError, match="no month"):
            roman_month(month)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (101, "seratus satu"),
        (111, "seratus sebelas"),
        (219, "dua ratus sembilan belas"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (2_000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_500_000, "satu juta lima ratus ribu"),
        (10**9, "satu miliar"),
        (10**12 + 1, "satu triliun satu"),
        (999_999, "sembilan ratus sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan"),
    ],
)
def test_spell_number(number: int, words: str) -> None:
    assert spell_number(number) == words


def test_spell_number_says_every_small_number_differently() -> None:
    assert len({spell_number(number) for number in range(20_000)}) == 20_000


@pytest.mark.parametrize("number", [-1, 10**15])
def test_spell_number_refuses(number: int) -> None:
    with pytest.raises(ValueError, match="go from 0"):
        spell_number(number)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 21), 1, date(2026, 12, 21)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
    ],
)
def test_validity_ends_on_the_same_day_or_the_last_of_the_month(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 120))
def test_validity_is_never_longer_than_its_months(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)

"""Days and instants as Indonesians write and read them."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from balai.kernel.errors import ValueRefused

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ALSO = {"pebruari": 2, "peb": 2, "nopember": 11, "nop": 11, "agt": 8, "ags": 8, "sept": 9}
_MONTH_OF = {
    **{name.lower(): number for number, name in enumerate(MONTHS, 1)},
    **{name[:3].lower(): number for number, name in enumerate(MONTHS, 1)},
    **_ALSO,
}
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_NUMBERS = re.compile(r"(?P<day>[0-9]{1,2})[-/. ](?P<month>[0-9]{1,2})[-/. ](?P<year>[0-9]{4})")
_WORDS = re.compile(r"(?P<day>[0-9]{1,2})[-\s]+(?P<month>[a-z]+)\.?[-\s]+(?P<year>[0-9]{4})")
_ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))


def parse_date(text: str) -> date:
    """A day from "2026-11-21", "21-11-2026", "21/11/2026", "21.11.2026" or "21 November 2026".

    The day comes first wherever the year does not. Raises ValueRefused date.shape when it does not
    read as a date (two-digit years included: they hide a century) and date.impossible for 31 February.
    """
    plain = " ".join(text.split()).lower()
    match = _ISO.fullmatch(plain) or _NUMBERS.fullmatch(plain) or _WORDS.fullmatch(plain)
    month = _month(match["month"]) if match else None
    if match is None or month is None:
        raise ValueRefused("date.shape")
    try:
        return date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        raise ValueRefused("date.impossible") from None


def _month(text: str) -> int | None:
    return int(text) if text.isdigit() else _MONTH_OF.get(text)


def format_date(day: date, *, weekday: bool = False) -> str:
    """ "21 November 2026", or "Sabtu 21 November 2026" with `weekday`."""
    plain = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {plain}" if weekday else plain


def format_datetime(at: datetime, zone: tzinfo | str) -> str:
    """An aware instant on the wall clock of `zone`: "Sabtu 21 November 2026, 08.12"."""
    local = at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    return f"{format_date(local.date(), weekday=True)}, {local:%H.%M}"


def roman_month(month: int | date) -> str:
    """ "XI" for November, given as 11 or as any day in it."""
    number = month.month if isinstance(month, date) else month
    if not 1 <= number <= 12:
        raise ValueError(f"no month {number}")
    return _ROMAN[number - 1]


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def spell_number(number: int) -> str:
    """A whole number in words, for amounts in letters: 1500000 is "satu juta lima ratus ribu".

    Takes 0 up to 999 triliun; raises ValueError beyond.
    """
    if not 0 <= number < 10**15:
        raise ValueError("numbers in words go from 0 to below 10^15")
    return " ".join(_spelled(number)) if number else _ONES[0]


def _spelled(number: int) -> list[str]:
    """Words of a number below 10^15; none for 0, so that "dua puluh" stops there."""
    for size, word in _SCALES:
        if number >= size:
            many, rest = divmod(number, size)
            head = ["seribu"] if (many, size) == (1, 1000) else [*_spelled(many), word]
            return [*head, *_spelled(rest)]
    return _spelled_below_thousand(number)


def _spelled_below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    head = ["seratus"] if hundreds == 1 else [_ONES[hundreds], "ratus"] if hundreds else []
    tens, ones = divmod(rest, 10)
    if rest in (10, 11):
        return [*head, "sepuluh" if rest == 10 else "sebelas"]
    if tens == 1:
        return [*head, _ONES[ones], "belas"]
    return [*head, *([_ONES[tens], "puluh"] if tens else []), *([_ONES[ones]] if ones else [])]

"""The league as a page and as a table for spreadsheets: words for minutes, months, and what is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from balai.catalogue.engine import Figure
from balai.engines.reports.enums import ClockName
from balai.engines.reports.queries import league as queries
from balai.engines.reports.queries.league import League, Line, Period
from balai.ui.days import MONTHS

YEARS = range(2000, 2200)
FIRST_WEEK = timedelta(days=7)
TITLES = {
    ClockName.ACKNOWLEDGE: gettext_lazy("Diperiksa dan diteruskan"),
    ClockName.FIRST_RESPONSE: gettext_lazy("Jawaban pertama"),
    ClockName.COMPLETION: gettext_lazy("Penyelesaian"),
}
ORDER = (ClockName.FIRST_RESPONSE, ClockName.COMPLETION, ClockName.ACKNOWLEDGE)


def period_of(text: str, today: date) -> Period | None:
    """ "2026-11" or "2026", None what is neither; nothing is this month, in its first week the last one."""
    if not text:
        day = today - FIRST_WEEK
        return Period(day.year, day.month)
    year, _dash, month = text.partition("-")
    if not (year.isascii() and year.isdigit() and int(year) in YEARS):
        return None
    if not month:
        return Period(int(year)) if not _dash else None
    is_month = month.isascii() and month.isdigit() and len(month) == 2 and 1 <= int(month) <= 12
    return Period(int(year), int(month)) if is_month else None


def code_of(period: Period) -> str:
    """The counterpart of `period_of`."""
    return f"{period.year}-{period.month:02}" if period.month else str(period.year)


def words_of(period: Period) -> str:
    """ "November 2026", or "Tahun 2026"."""
    if period.month:
        return f"{MONTHS[period.month - 1]} {period.year}"
    return _("Tahun %(year)s") % {"year": period.year}


def choices(known: tuple[date, date] | None, chosen: Period, today: date) -> list[dict[str, Any]]:
    """Months back from now with their years, as far as anything is known; at most five years."""
    first, last = known or (today, today)
    last = max(last, today)
    found = {(chosen.year, chosen.month)}
    for year in range(last.year, max(first.year, last.year - 4) - 1, -1):
        found.add((year, 0))
        months = range(1, 13)
        found |= {
            (year, month)
            for month in months
            if (first.year, first.month) <= (year, month) <= (last.year, last.month)
        }
    ordered = sorted(found, key=lambda each: (-each[0], each[1] != 0, -each[1]))
    periods = [Period(*each) for each in ordered]
    return [
        {"value": code_of(each), "label": words_of(each), "is_chosen": each == chosen} for each in periods
    ]


def spoken(minutes: int | None) -> str:
    """ "7 menit", "3 jam 20 menit", "31 jam"; minutes count on the calendar of the promise."""
    if minutes is None:
        return "–"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(n)s menit") % {"n": rest}
    if not rest or hours >= 10:
        return _("%(n)s jam") % {"n": hours + (rest >= 30 if hours >= 10 else 0)}
    return _("%(hours)s jam %(minutes)s menit") % {"hours": hours, "minutes": rest}


def sections(found: Sequence[League]) -> list[dict[str, Any]]:
    """What the page shows, first responses first."""
    by_clock = {each.clock: each for each in found}
    return [_section(by_clock[clock]) for clock in ORDER if clock in by_clock]


def _section(each: League) -> dict[str, Any]:
    return {
        "code": each.clock.value,
        "title": str(TITLES[each.clock]),
        "rows": [_row(line) for line in each.compared],
        "few": [_row(line) for line in each.too_few],
        "least": each.least,
    }


def _row(line: Line) -> dict[str, Any]:
    standing = line.standing
    low, high, mark = (round(100 * share) for share in (standing.low, standing.high, standing.share))
    return {
        "rank": standing.rank,
        "office": line.name,
        "n": standing.n,
        "in_time": standing.in_time,
        "raw": round(100 * standing.raw),
        "share": mark,
        "low": low,
        "high": high,
        "width": max(1, high - low),
        "open_late": line.open_late,
        "median": spoken(line.median),
        "p90": spoken(line.p90),
        "reopened": line.reopened,
        "unconfirmed": line.unconfirmed,
    }


def heads() -> tuple[str, ...]:
    """The columns of the table for spreadsheets."""
    return (
        _("Janji"),
        _("Peringkat"),
        _("Kode kantor"),
        _("Kantor"),
        _("Janji yang dihitung"),
        _("Tepat waktu"),
        _("Belum dipenuhi dan lewat waktu"),
        _("Nilai (persen)"),
        _("Nilai terendah yang mungkin (persen)"),
        _("Nilai tertinggi yang mungkin (persen)"),
        _("Median (menit)"),
        _("90 persen paling lama (menit)"),
        _("Dibuka lagi"),
        _("Belum dibenarkan pelapor"),
    )


def cells(found: Sequence[League]) -> Iterator[tuple[Any, ...]]:
    """One line for each office and promise; what is not ranked has no rank."""
    for each in found:
        for line in (*each.compared, *each.too_few):
            standing = line.standing
            shares = (round(100 * value, 1) for value in (standing.share, standing.low, standing.high))
            yield (
                str(TITLES[each.clock]),
                standing.rank,
                standing.office,
                line.name,
                standing.n,
                standing.in_time,
                line.open_late,
                *shares,
                line.median,
                line.p90,
                line.reopened,
                line.unconfirmed,
            )


def figures(now: datetime) -> list[Figure]:
    """What a front page says: how fast reports are answered, and what is owed beyond its time."""
    median = queries.recent_median(now)
    late = Figure(_("Laporan belum dijawab, lewat waktu"), str(queries.unanswered_late()))
    if median is None:
        return [late]
    return [Figure(_("Separuh laporan dijawab dalam"), spoken(median), _("30 hari terakhir")), late]

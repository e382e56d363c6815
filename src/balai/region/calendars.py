"""Working calendars from the tables, kept in each process.

A calendar is asked for on every submission, so it comes from memory. Every RECHECK_SECONDS one row is
read; when its number has moved, calendars are made anew. Thus a change shows in this process at once
and in all others within that time. Before the first `government_load` the files themselves are used.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from balai import government
from balai.kernel.calendars import Interval, Intervals, Season, Week, WorkingCalendar
from balai.region.desired import desired_free_days, desired_hours
from balai.region.models import Holiday, OfficeHours, Revision

RECHECK_SECONDS = 30.0
REVISION = "calendar"


class _Source(NamedTuple):
    """What calendars are made of, as read once."""

    revision: int
    holidays: dict[date, str]
    exceptions: dict[date, Intervals]
    hours: tuple[OfficeHours, ...]
    with_own_hours: frozenset[str]
    made: dict[str, WorkingCalendar]


_source: _Source | None = None
_checked_at = 0.0


def calendar_of(office_code: str) -> WorkingCalendar:
    """The calendar of an office, or of the government for ""."""
    source = _current_source()
    # Offices without hours of their own share one calendar, and what it has already worked out.
    key = office_code if office_code in source.with_own_hours else ""
    known = source.made.get(key)
    if known is None:
        known = source.made[key] = _make(source, key)
    return known


def revision() -> int:
    """The number that moves when the government's folder was loaded with changes; checked now and then."""
    return _current_source().revision


def forget() -> None:
    """Read everything again when next asked; after a change in this process, and between tests."""
    global _source
    _source = None


def _current_source() -> _Source:
    """Threads may read at the same time and each keep a whole, equal source: no lock is needed."""
    global _source, _checked_at
    source = _source
    if source is None or time.monotonic() - _checked_at > RECHECK_SECONDS:
        # The number before the rows: a change in between is read twice, never missed.
        checked_at, revision = time.monotonic(), _revision()
        if source is None or source.revision != revision:
            source = _read(revision)
        _source, _checked_at = source, checked_at
    return source


def _revision() -> int:
    return Revision.objects.filter(pk=REVISION).values_list("number", flat=True).first() or 0


def _read(revision: int) -> _Source:
    hours = tuple(OfficeHours.objects.all())
    days: Iterable[Holiday] = Holiday.objects.all()
    if not hours:
        town = government.current()
        hours = tuple(OfficeHours(**row._asdict()) for row in desired_hours(town))
        days = [Holiday(**row._asdict()) for row in desired_free_days(town)]
    holidays: dict[date, str] = {}
    exceptions: dict[date, Intervals] = {}
    for row in days:
        if row.hours:
            exceptions[row.day] = _openings(row.hours)
        else:
            holidays[row.day] = f"{holidays[row.day]}; {row.label}" if row.day in holidays else row.label
    # A day that is free for the whole country stays free, whatever hours were written for it here.
    exceptions = {day: openings for day, openings in exceptions.items() if day not in holidays}
    return _Source(revision, holidays, exceptions, hours, frozenset(row.office_code for row in hours), {})


def _make(source: _Source, office_code: str) -> WorkingCalendar:
    own = [row for row in source.hours if row.office_code in ("", office_code)]
    own.sort(key=lambda row: (bool(row.office_code), row.position))
    seasons = tuple(Season(row.valid_from, row.valid_to, _week(row.week)) for row in own)
    usual = next(season.week for season in seasons if season.last_on is None and any(season.week.values()))
    zone = government.current().zone
    return WorkingCalendar(zone, usual, source.holidays, source.exceptions, seasons)


def _week(week: dict[str, list[str]]) -> Week:
    return {int(day): _openings(openings) for day, openings in week.items()}


def _openings(texts: Iterable[str]) -> Intervals:
    return tuple(map(Interval.parse, texts))

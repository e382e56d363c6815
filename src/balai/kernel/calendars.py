"""Working time of an office: when it is open, and when something is due.

A promise such as "1 hari kerja" is a promise about an office's own days and hours, so every deadline is
computed here and nowhere else. Instants are aware datetimes and come back in UTC; a calendar's days and
hours are those on the wall of the office, in its zone.

An opening is half-open: at closing time the office is closed. A thing is due at the *earliest* instant
that leaves the promised time, so work that ends exactly at closing is due then and not next morning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

MINUTES_IN_DAY = 24 * 60
_LONGEST_SEARCH_DAYS = 5 * 366  # a calendar closed for five years on end is a mistake in the data


class Interval(NamedTuple):
    """An opening on one day, in minutes after local midnight; `closes` is the first closed minute."""

    opens: int
    closes: int

    @classmethod
    def parse(cls, text: str) -> Interval:
        """ "07.30-15.30" (or with colons, or an en dash) to Interval(450, 930); "24.00" ends the day."""
        halves = text.replace("–", "-").split("-")
        if len(halves) != 2:
            raise ValueError(f'an opening reads "07.30-15.30", not "{text}"')
        return cls(*map(_minute_of_day, halves))

    def __str__(self) -> str:
        return f"{_clock(self.opens)}–{_clock(self.closes)}"


def _minute_of_day(text: str) -> int:
    hour, _, minute = text.strip().replace(":", ".").partition(".")
    if not (hour.isdigit() and minute.isdigit() and len(minute) == 2 and int(minute) < 60):
        raise ValueError(f'a time of day reads "07.30", not "{text.strip()}"')
    return int(hour) * 60 + int(minute)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}.{minutes % 60:02}"


WEEKDAYS_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Intervals = tuple[Interval, ...]
Week = Mapping[int, Intervals]  # 0 is Monday; an absent day is closed


class Season(NamedTuple):
    """Other hours from `first_on` to `last_on`, both included: Ramadan, or a new rule (last_on None)."""

    first_on: date
    last_on: date | None
    week: Week


class Span(NamedTuple):
    """One opening as instants in UTC."""

    opens_at: datetime
    closes_at: datetime


def check_intervals(intervals: Intervals) -> None:
    """Raise ValueError, with a sentence, for openings of one day that overlap or run backwards."""
    for opens, closes in intervals:
        if not 0 <= opens < closes <= MINUTES_IN_DAY:
            raise ValueError(
                f"an opening must end after it begins, within one day: {Interval(opens, closes)}"
            )
    for earlier, later in pairwise(intervals):
        if later.opens < earlier.closes:
            raise ValueError(f"openings overlap or are out of order: {earlier}, {later}")


@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """Opening hours of one office.

    zone: IANA name such as "Asia/Jakarta" (WIB), "Asia/Makassar" (WITA), "Asia/Jayapura" (WIT).
    week: openings by weekday, 0 = Monday. Refused (ValueError) when no day of it opens.
    holidays: closed days and their names.
    exceptions: openings of single days, stronger than holidays, seasons and week; () closes the day.
    seasons: other weeks for a time; where two overlap, the later in the list counts.
    """

    zone: str
    week: Week
    holidays: Mapping[date, str] = field(default_factory=dict)
    exceptions: Mapping[date, Intervals] = field(default_factory=dict)
    seasons: tuple[Season, ...] = ()
    _spans: dict[date, tuple[Span, ...]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        if not any(self.week.values()):
            raise ValueError("a working calendar needs at least one opening in its week")
        weeks = (self.week, *(season.week for season in self.seasons))
        for intervals in (*(day for week in weeks for day in week.values()), *self.exceptions.values()):
            check_intervals(intervals)

    @cached_property
    def tzinfo(self) -> ZoneInfo:
        """The zone as a tzinfo."""
        return ZoneInfo(self.zone)

    def intervals(self, day: date) -> Intervals:
        """Openings on a local day; empty when closed."""
        if day in self.exceptions:
            return self.exceptions[day]
        if day in self.holidays:
            return ()
        for season in reversed(self.seasons):
            if season.first_on <= day and (season.last_on is None or day <= season.last_on):
                return season.week.get(day.weekday(), ())
        return self.week.get(day.weekday(), ())

    def is_working_day(self, day: date) -> bool:
        """Whether the office opens at all on that local day."""
        return bool(self.intervals(day))

    def is_open(self, at: datetime) -> bool:
        """Whether the office is open at this instant."""
        return any(span.opens_at <= at < span.closes_at for span in self._spans_of(self._local_day(at)))

    def next_open(self, at: datetime) -> datetime:
        """`at` itself when the office is open, else the instant it opens next."""
        span = next(self._spans_from(at))
        return max(span.opens_at, at.astimezone(UTC))

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """The earliest instant at which `minutes` of open time have passed since `start`."""
        if minutes < 0:
            raise ValueError("time is added forward; to look back, keep the start")
        left = timedelta(minutes=minutes)
        if not left:
            return start.astimezone(UTC)
        for opens_at, closes_at in self._spans_from(start):
            begins_at = max(opens_at, start)
            if left <= closes_at - begins_at:
                return begins_at.astimezone(UTC) + left
            left -= closes_at - begins_at
        raise AssertionError("openings never end")

    def add_days(self, start: datetime, days: int) -> datetime:
        """Closing time of the `days`-th working day after the day on which `start` is received.

        What comes in after closing or on a closed day is received on the next working day; that day is
        day 0 and is not counted.
        """
        if days < 0:
            raise ValueError("days are counted forward")
        day = self._local_day(self.next_open(start))
        for _ in range(days):
            day = self._next_working_day(day)
        return self._spans_of(day)[-1].closes_at

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole open minutes from `start` to `end`; negative when `end` lies before `start`.

        What remains of a paused clock is kept in these minutes; the part of a minute that is lost by
        rounding toward zero is the office's loss, never the citizen's.
        """
        if end < start:
            return -self.minutes_between(end, start)
        return self.open_time(start, end) // timedelta(minutes=1)

    def open_time(self, start: datetime, end: datetime) -> timedelta:
        """How long it is open from `start` to `end`, to the microsecond; nothing when `end` lies before."""
        day, last, open_time = self._local_day(start), self._local_day(end), timedelta()
        while day <= last:
            for opens_at, closes_at in self._spans_of(day):
                open_time += max(timedelta(), min(closes_at, end) - max(opens_at, start))
            day += timedelta(days=1)
        return open_time

    def days_between(self, start: datetime, end: datetime) -> int:
        """Working days after the day on which `start` is received, up to the local day of `end`.

        The counterpart of add_days: days_between(start, add_days(start, n)) is n where offices close before
        midnight.
        """
        received, last = self._local_day(self.next_open(start)), self._local_day(end)
        days = (received + timedelta(days=n) for n in range(1, (last - received).days + 1))
        return sum(map(self.is_working_day, days))

    def _local_day(self, at: datetime) -> date:
        return at.astimezone(self.tzinfo).date()

    def _next_working_day(self, day: date) -> date:
        for ahead in range(1, _LONGEST_SEARCH_DAYS):
            if self.is_working_day(day + timedelta(days=ahead)):
                return day + timedelta(days=ahead)
        raise ValueError(f"no working day within five years after {day}")

    def _spans_from(self, at: datetime) -> Iterator[Span]:
        """Openings that end after `at`, in order, without end."""
        day = self._local_day(at)
        while True:
            yield from (span for span in self._spans_of(day) if span.closes_at > at)
            day = self._next_working_day(day)

    def _spans_of(self, day: date) -> tuple[Span, ...]:
        known = self._spans.get(day)
        if known is None:
            midnight = datetime.combine(day, time(), self.tzinfo)
            known = tuple(
                Span(*((midnight + timedelta(minutes=edge)).astimezone(UTC) for edge in interval))
                for interval in self.intervals(day)
            )
            self._spans[day] = known
        return known


ALWAYS = WorkingCalendar("Asia/Jakarta", {day: (Interval(0, MINUTES_IN_DAY),) for day in range(7)})
"""Open at every minute: for services that never close, such as emergency calls."""

Unit = Literal["working_days", "working_minutes", "days", "hours", "minutes"]
UNITS: tuple[Unit, ...] = ("working_days", "working_minutes", "days", "hours", "minutes")


@dataclass(frozen=True, slots=True)
class Duration:
    """A promised time. Working units run on an office's calendar, the others day and night."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 0 or self.unit not in UNITS:
            raise ValueError(f"no duration: {self.amount} {self.unit}")

    def due(self, calendar: WorkingCalendar, start: datetime) -> datetime:
        """When it ends, in UTC. "days" end at the same time of day in the calendar's zone."""
        if self.unit == "working_days":
            return calendar.add_days(start, self.amount)
        if self.unit == "working_minutes":
            return calendar.add_minutes(start, self.amount)
        if self.unit == "hours":
            return start.astimezone(UTC) + timedelta(hours=self.amount)
        if self.unit == "minutes":
            return start.astimezone(UTC) + timedelta(minutes=self.amount)
        # Adding to a local time keeps the clock on the wall, whatever the zone did in between.
        return (start.astimezone(calendar.tzinfo) + timedelta(days=self.amount)).astimezone(UTC)

    def label(self) -> str:
        """ "1 hari kerja", "2 jam kerja", "90 menit kerja", "14 hari", "24 jam" or "10 menit"."""
        if self.unit == "working_minutes":
            hours, minutes = divmod(self.amount, 60)
            return f"{hours} jam kerja" if hours and not minutes else f"{self.amount} menit kerja"
        return f"{self.amount} {_UNIT_WORDS[self.unit]}"


_UNIT_WORDS: dict[Unit, str] = {
    "working_days": "hari kerja",
    "days": "hari",
    "hours": "jam",
    "minutes": "menit",
}

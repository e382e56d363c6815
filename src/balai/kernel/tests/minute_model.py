"""An independent model of working time: a list of every minute, open or not. Slow and plain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

MINUTE = timedelta(minutes=1)
MINUTES_IN_DAY = 24 * 60
Openings = list[tuple[int, int]]


class MinuteModel:
    """Minutes from `first` on, with a fixed offset from UTC (Indonesia has no summer time)."""

    def __init__(
        self,
        *,
        first: date,
        days: int,
        hours_east: int,
        week: Mapping[int, Openings],
        free: set[date],
        special: Mapping[date, Openings],
    ) -> None:
        self.start = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(hours=hours_east)
        self.days = days
        self.is_open: list[bool] = []
        for number in range(days):
            day = first + timedelta(days=number)
            minutes = [False] * MINUTES_IN_DAY
            for opens, closes in special.get(day, [] if day in free else week.get(day.weekday(), [])):
                minutes[opens:closes] = [True] * (closes - opens)
            self.is_open += minutes

    def index(self, at: datetime) -> int:
        return (at - self.start) // MINUTE

    def at(self, index: int) -> datetime:
        return self.start + index * MINUTE

    def next_open(self, at: datetime) -> datetime:
        index = self.index(at)
        while not self.is_open[index]:
            index += 1
        return self.at(index)

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """Walk minute by minute; stop as soon as enough open ones lie behind."""
        index = self.index(start)
        while minutes:
            minutes -= self.is_open[index]
            index += 1
        return self.at(index)

    def minutes_between(self, start: datetime, end: datetime) -> int:
        return sum(self.is_open[self.index(start) : self.index(end)])

    def add_days(self, start: datetime, days: int) -> datetime:
        """Count days that have an open minute after the day of receipt; the end of the last such minute."""
        minutes_of = [self.is_open[n * MINUTES_IN_DAY : (n + 1) * MINUTES_IN_DAY] for n in range(self.days)]
        received = self.index(self.next_open(start)) // MINUTES_IN_DAY
        due_day = [day for day in range(received, self.days) if any(minutes_of[day])][days]
        last = max(minute for minute, is_open in enumerate(minutes_of[due_day]) if is_open)
        return self.at(due_day * MINUTES_IN_DAY + last + 1)

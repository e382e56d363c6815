"""An independent model of a clock: it walks through every minute and knows no arithmetic. Slow and plain.

A minute counts when the clock runs and its office is open then (or the clock is one on the wall). What was
promised is a number of such minutes; the deadline is the end of the last of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

MINUTES_IN_DAY = 24 * 60
Openings = list[tuple[int, int]]
Minutes = bytes
"""One for every minute from the first midnight on: 1 while the office is open."""


def office_minutes(
    *,
    first: date,
    days: int,
    week: Mapping[int, Openings],
    free: Iterable[date],
    special: Mapping[date, Openings],
) -> Minutes:
    """Every minute of so many local days."""
    minutes, closed = bytearray(days * MINUTES_IN_DAY), set(free)
    for number in range(days):
        day = first + timedelta(days=number)
        usual = [] if day in closed else week.get(day.weekday(), [])
        for opens, closes in special.get(day, usual):
            begins = number * MINUTES_IN_DAY
            minutes[begins + opens : begins + closes] = b"\1" * (closes - opens)
    return bytes(minutes)


def promised(amount: int, unit: str, minutes: Minutes, start: int) -> int:
    """How many counting minutes the office owes from minute `start` on."""
    if unit in ("minutes", "working_minutes"):
        return amount
    if unit in ("hours", "days"):
        return amount * (60 if unit == "hours" else MINUTES_IN_DAY)
    opened = start
    while not minutes[opened]:
        opened += 1
    day, left = opened // MINUTES_IN_DAY, amount
    while left:
        day += 1
        left -= any(minutes[day * MINUTES_IN_DAY : (day + 1) * MINUTES_IN_DAY])
    return sum(minutes[start : (day + 1) * MINUTES_IN_DAY])


@dataclass
class Round:
    """One round of the clock: what was promised and what became of it."""

    unit: str
    started: int
    left: int  # below nothing once the deadline has passed
    levels: tuple[tuple[int, str], ...] = ()
    elapsed: int = 0
    due: int | None = None
    is_paused: bool = False
    cap: int | None = None
    stopped: int | None = None
    paused_minutes: set[int] = field(default_factory=set)

    @property
    def is_running(self) -> bool:
        return not self.is_paused and self.stopped is None


class ClockModel:
    """A clock with its rounds; `act(minute, …)` in order of time, `walk_to` in between."""

    def __init__(self, offices: Mapping[str, Minutes], office: str) -> None:
        self.offices, self.office = offices, office
        self.always = b"\1" * len(offices[office])
        self.now = 0
        self.rounds: list[Round] = []

    @property
    def last(self) -> Round:
        return self.rounds[-1]

    def minutes_for(self, unit: str) -> Minutes:
        return self.offices[self.office] if unit.startswith("working") else self.always

    def walk_to(self, minute: int) -> None:
        """Let every minute pass, one by one."""
        one = self.last
        if one.is_paused:
            ends = minute if one.cap is None else min(minute, one.cap)
            one.paused_minutes.update(range(self.now, ends))
            self.now = ends
            if one.cap == ends:
                one.is_paused, one.cap = False, None
        if one.is_running:
            counting = self.minutes_for(one.unit)
            for number in range(self.now, minute):
                if counting[number]:
                    one.elapsed += 1
                    one.left -= 1
                    if one.left == 0:
                        one.due = number + 1
        self.now = minute

    def start(self, amount: int, unit: str, levels: tuple[tuple[int, str], ...] = ()) -> None:
        left = promised(amount, unit, self.minutes_for(unit), self.now)
        one = Round(unit, self.now, left, levels)
        one.due = None if left else self.now
        self.rounds.append(one)

    def restart(self, amount: int, unit: str, levels: tuple[tuple[int, str], ...] = ()) -> None:
        if self.last.stopped is not None:
            self.start(amount, unit, levels)

    def pause(self, for_minutes: int | None) -> None:
        if self.last.is_running and for_minutes != 0:
            self.last.is_paused = True
            self.last.cap = None if for_minutes is None else self.now + for_minutes

    def resume(self) -> None:
        self.last.is_paused, self.last.cap = False, None

    def stop(self) -> None:
        if self.last.stopped is None:
            self.last.due = self.due()
            self.last.is_paused, self.last.cap, self.last.stopped = False, None, self.now

    def move(self, office: str) -> None:
        if self.last.stopped is None:
            self.office = office

    def due(self) -> int:
        """When the promised time is over if the clock runs from now on."""
        one, counting = self.last, self.minutes_for(self.last.unit)
        if one.due is not None:
            return one.due
        left, minute = one.left, self.now
        while left:
            left -= counting[minute]
            minute += 1
        return minute

    def level(self, number: int) -> int | None:
        """When a late clock escalates for the `number`-th time; None while a pause hides it."""
        amount, unit = self.last.levels[number - 1]
        counting, minute = self.minutes_for(unit), self.due()
        while amount:
            if minute >= self.now and self.last.is_paused:
                return None
            amount -= counting[minute] and minute not in self.last.paused_minutes
            minute += 1
        return minute

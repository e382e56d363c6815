"""Arithmetic of deadlines and of one clock: pure, no database.

What is left of a deadline is kept in minutes of the calendar that it was given in: an office that was
asked for one working day owes the rest of that working day after the citizen's answer, not the rest of
the wall clock's day. A deadline that had passed already when the pause began stays passed.

`Timer` is a clock as a value: each act gives another one. The actions keep it in rows, the tests hold it
against a model that counts minute by minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple, cast

from balai.kernel.calendars import ALWAYS, Duration, Unit, WorkingCalendar

WORKING_UNITS = frozenset({"working_days", "working_minutes"})
MOST_LEVELS = 3
MINUTE = timedelta(minutes=1)


def calendar_for(unit: str, working: WorkingCalendar) -> WorkingCalendar:
    """Working units count office hours; "days", "hours" and "minutes" count every hour."""
    return working if unit in WORKING_UNITS else ALWAYS


def remaining_minutes(calendar: WorkingCalendar, *, at: datetime, due_at: datetime) -> int:
    """Minutes left of a deadline at `at`; 0 when it has passed."""
    if due_at <= at:
        return 0
    return calendar.minutes_between(at, due_at)


def due_after_pause(
    calendar: WorkingCalendar, *, paused_at: datetime, due_at: datetime, remaining: int, at: datetime
) -> datetime:
    """The new deadline when a pause ends at `at`: what was left, counted from now.

    A deadline passed before the pause is returned unchanged: asking the citizen heals no lateness.
    """
    if due_at <= paused_at:
        return due_at
    if remaining <= 0:
        # It was due outside office hours, with no working minute left: it stays due at once.
        return max(due_at, at)
    return max(calendar.add_minutes(at, remaining), due_at)


def soon_until(now: datetime) -> datetime:
    """Items due before this are "hampir lewat waktu": a day ahead, so tomorrow's are seen today."""
    return now + timedelta(hours=24)


class Pause(NamedTuple):
    """A time in which a clock stood still; `to_at` is None while it lasts."""

    from_at: datetime
    to_at: datetime | None


def time_counted(
    calendar: WorkingCalendar, start: datetime, end: datetime, pauses: Iterable[Pause] = ()
) -> timedelta:
    """How long a clock ran from `start` to `end` on its calendar, without its pauses; exact."""
    counted, since = timedelta(), start
    for from_at, to_at in sorted(pauses, key=_beginning):
        counted += calendar.open_time(since, min(from_at, end))
        since = max(since, to_at or end)
    return counted + calendar.open_time(since, end)


def _beginning(pause: Pause) -> datetime:
    return pause.from_at


def elapsed_minutes(
    calendar: WorkingCalendar, start: datetime, end: datetime, pauses: Iterable[Pause] = ()
) -> int:
    """Whole minutes of `time_counted`; seconds before and after a pause are added before they are cut."""
    return time_counted(calendar, start, end, pauses) // MINUTE


def as_levels(unit: str, after: Sequence[Duration | int]) -> tuple[Duration, ...]:
    """Levels of escalation as durations beyond the deadline; bare numbers are minutes of its own calendar.

    Raises ValueError for more than three.
    """
    if len(after) > MOST_LEVELS:
        raise ValueError(f"a clock escalates {MOST_LEVELS} times at most, not {len(after)}")
    minutes: Unit = "working_minutes" if unit in WORKING_UNITS else "minutes"
    return tuple(each if isinstance(each, Duration) else Duration(each, minutes) for each in after)


def levels_text(levels: Sequence[Duration]) -> str:
    """As a clock keeps them: "30 minutes, 2 working_days"."""
    return ", ".join(f"{each.amount} {each.unit}" for each in levels)


def levels_from(text: str) -> tuple[Duration, ...]:
    """The counterpart of `levels_text`."""
    pairs = (each.split() for each in text.split(",") if each.strip())
    return tuple(Duration(int(amount), cast(Unit, unit)) for amount, unit in pairs)


@dataclass(frozen=True)
class Timer:
    """One clock as a value: where it stands, and what becomes of it. Instants come in order."""

    working: WorkingCalendar
    """Working time of the office that owes."""
    unit: str
    started_at: datetime
    due_at: datetime
    paused_at: datetime | None = None
    remaining: int | None = None
    resumes_at: datetime | None = None
    """The cap of the pause: then it ends by itself, whoever looks at it and when."""
    stopped_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    """Pauses that are over, in order."""
    levels: tuple[Duration, ...] = ()
    counted: timedelta = timedelta()
    """What ran at offices that had it before."""
    counted_from_at: datetime | None = None
    """When the office that has it now took over."""

    @classmethod
    def start(
        cls,
        duration: Duration,
        working: WorkingCalendar,
        at: datetime,
        *,
        levels: Sequence[Duration | int] = (),
    ) -> Timer:
        """A clock that starts at `at`."""
        due_at = duration.due(calendar_for(duration.unit, working), at)
        return cls(working, duration.unit, at, due_at, levels=as_levels(duration.unit, levels))

    @property
    def calendar(self) -> WorkingCalendar:
        """The time that counts for it."""
        return calendar_for(self.unit, self.working)

    @property
    def is_running(self) -> bool:
        """Neither paused nor stopped, as far as it was told."""
        return self.paused_at is None and self.stopped_at is None

    def settled(self, at: datetime) -> Timer:
        """As it really stands at `at`: a pause whose cap has passed is over since the cap."""
        if self.paused_at is None or self.resumes_at is None or self.resumes_at > at:
            return self
        return self._going_on(self.resumes_at)

    def paused(self, at: datetime, until_at: datetime | None = None) -> Timer:
        """Stood still from `at`. What is paused or stopped stays so; a cap that has passed pauses nothing."""
        now = self.settled(at)
        if not now.is_running or (until_at is not None and until_at <= at):
            return now
        left = remaining_minutes(now.calendar, at=at, due_at=now.due_at)
        return replace(now, paused_at=at, remaining=left, resumes_at=until_at)

    def resumed(self, at: datetime) -> Timer:
        """Running again from `at`, or from the cap of its pause; what runs or is stopped stays so."""
        return self.settled(at)._going_on(at)

    def stopped(self, at: datetime) -> Timer:
        """Stopped for good; the first stop counts. A pause that is open ends with it."""
        if self.stopped_at is not None:
            return self
        now = self.resumed(at)
        return replace(now, stopped_at=max([at, *(to_at for _from, to_at in now.pauses[-1:] if to_at)]))

    def moved(self, working: WorkingCalendar, at: datetime) -> Timer:
        """Handed to another office at `at`: what is left in minutes counts on its calendar from now.

        What has passed stays passed; what ran before counts as it ran, on the calendars of then.
        """
        now = self.settled(at)
        if now.stopped_at is not None:
            return now
        there = replace(now, working=working, counted=now.time_counted(at), counted_from_at=at)
        if there.calendar is now.calendar or now.has_passed(at):
            return there
        since = now.paused_at or at
        left = now.remaining
        if left is None:
            left = remaining_minutes(now.calendar, at=at, due_at=now.due_at)
        return replace(there, due_at=there.calendar.add_minutes(since, left)) if left else there

    def has_passed(self, at: datetime) -> bool:
        """Whether the promised time was over before it stopped, or is over at `at`."""
        now = self.settled(at)
        if now.stopped_at is not None:
            return now.due_at < now.stopped_at
        return now.due_at <= (now.paused_at or at)

    def time_counted(self, at: datetime) -> timedelta:
        """How long it ran until it stopped, or until `at`; exact."""
        now = self.settled(at)
        pauses = (*now.pauses, Pause(now.paused_at, None)) if now.paused_at else now.pauses
        start, end = now.counted_from_at or now.started_at, now.stopped_at or at
        return now.counted + time_counted(now.calendar, start, end, pauses)

    def elapsed_minutes(self, at: datetime) -> int:
        """Whole minutes of `time_counted`."""
        return self.time_counted(at) // MINUTE

    def level_at(self, level: int) -> datetime | None:
        """When it escalates for the `level`-th time; 0 is the deadline itself, None beyond the last.

        Counted from the deadline; time in which the late clock stands still is the citizen's here too.
        """
        if level == 0:
            return self.due_at
        if level > len(self.levels):
            return None
        beyond = self.levels[level - 1]
        calendar = calendar_for(beyond.unit, self.working)
        found = beyond.due(calendar, self.due_at)
        for from_at, to_at in self.pauses:
            if to_at is not None and self.due_at <= from_at < found:
                left = remaining_minutes(calendar, at=from_at, due_at=found)
                found = due_after_pause(calendar, paused_at=from_at, due_at=found, remaining=left, at=to_at)
        return found

    def _going_on(self, at: datetime) -> Timer:
        if self.paused_at is None:
            return self
        at = max(at, self.paused_at)
        due_at = due_after_pause(
            self.calendar,
            paused_at=self.paused_at,
            due_at=self.due_at,
            remaining=self.remaining or 0,
            at=at,
        )
        pauses = (*self.pauses, Pause(self.paused_at, at))
        return replace(self, due_at=due_at, paused_at=None, remaining=None, resumes_at=None, pauses=pauses)


def uncovered(since: datetime, until: datetime, spans: Iterable[tuple[datetime, datetime]]) -> list[Span]:
    """The parts of a time in which none of the spans holds, in order."""
    gaps, at = [], since
    for begins_at, ends_at in sorted(spans):
        if begins_at >= until:
            break
        if begins_at > at:
            gaps.append(Span(at, begins_at))
        at = max(at, ends_at)
    if at < until:
        gaps.append(Span(at, until))
    return gaps


class Span(NamedTuple):
    """From an instant to an instant."""

    from_at: datetime
    to_at: datetime

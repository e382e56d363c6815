"""Arithmetic of pauses: pure, no database.

What is left of a deadline is kept in minutes of the calendar that it was given in: an office that was
asked for one working day owes the rest of that working day after the citizen's answer, not the rest of
the wall clock's day. A deadline that had passed already when the pause began stays passed.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from balai.kernel.calendars import ALWAYS, WorkingCalendar

WORKING_UNITS = frozenset({"working_days", "working_minutes"})


def calendar_for(unit: str, working: WorkingCalendar) -> WorkingCalendar:
    """Working units count office hours; "days" and "hours" count every hour."""
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

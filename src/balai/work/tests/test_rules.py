"""Arithmetic of pauses, against a model that counts minute by minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from balai.kernel.calendars import ALWAYS, Interval, WorkingCalendar
from balai.work import rules

CALENDAR = WorkingCalendar(
    "Asia/Jakarta",
    {day: (Interval(450, 720), Interval(780, 930)) for day in range(5)},
    holidays={datetime(2026, 12, 25, tzinfo=UTC).date(): "Natal"},
)
START = datetime(2026, 12, 21, tzinfo=UTC)
INSTANTS = st.integers(0, 12 * 1440).map(lambda minutes: START + timedelta(minutes=minutes))


def open_minutes(start: datetime, end: datetime) -> int:
    """How many minutes the office is open, one by one."""
    count, at = 0, start
    while at < end:
        count += CALENDAR.is_open(at)
        at += timedelta(minutes=1)
    return count


@settings(deadline=None)  # the model counts minute by minute
@given(paused_at=INSTANTS, due_at=INSTANTS, length=st.integers(0, 6 * 1440))
def test_pause_takes_no_working_minute_from_the_office(
    paused_at: datetime, due_at: datetime, length: int
) -> None:
    resumed_at = paused_at + timedelta(minutes=length)
    left = rules.remaining_minutes(CALENDAR, at=paused_at, due_at=due_at)
    new_due = rules.due_after_pause(
        CALENDAR, paused_at=paused_at, due_at=due_at, remaining=left, at=resumed_at
    )
    assert new_due >= due_at
    if due_at <= paused_at:
        assert new_due == due_at
    else:
        assert left == open_minutes(paused_at, due_at)
        assert open_minutes(resumed_at, new_due) >= left
        if new_due > due_at:
            assert open_minutes(resumed_at, new_due) == left


@given(paused_at=INSTANTS, due_at=INSTANTS)
def test_pause_of_no_length_changes_nothing_but_idle_time(paused_at: datetime, due_at: datetime) -> None:
    left = rules.remaining_minutes(CALENDAR, at=paused_at, due_at=due_at)
    new_due = rules.due_after_pause(
        CALENDAR, paused_at=paused_at, due_at=due_at, remaining=left, at=paused_at
    )
    assert new_due == due_at


def test_wall_clock_units_count_every_minute() -> None:
    assert rules.calendar_for("days", CALENDAR) is ALWAYS
    assert rules.calendar_for("hours", CALENDAR) is ALWAYS
    assert rules.calendar_for("working_days", CALENDAR) is CALENDAR
    assert rules.calendar_for("working_minutes", CALENDAR) is CALENDAR

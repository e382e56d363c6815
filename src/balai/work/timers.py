"""A clock's row as the value that the arithmetic works on."""

from __future__ import annotations

from datetime import timedelta

from balai.region import queries as region
from balai.work import rules
from balai.work.models import Clock
from balai.work.rules import Pause, Timer


def timer_of(clock: Clock, *, with_pauses: bool = True) -> Timer:
    """The clock as a `Timer`. Its pauses cost one statement, unless prefetched or not asked for."""
    return Timer(
        working=region.working_calendar(clock.office_code or None),
        unit=clock.unit,
        started_at=clock.started_at,
        due_at=clock.due_at,
        paused_at=clock.paused_at,
        remaining=clock.remaining_minutes,
        resumes_at=clock.resumes_at,
        stopped_at=clock.stopped_at,
        pauses=_past(clock) if with_pauses else (),
        levels=rules.levels_from(clock.escalation),
        counted=clock.counted or timedelta(),
        counted_from_at=clock.counted_from_at,
    )


def _past(clock: Clock) -> tuple[Pause, ...]:
    past = [Pause(each.from_at, each.to_at) for each in clock.pauses.all() if each.to_at is not None]
    return tuple(sorted(past))

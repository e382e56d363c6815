"""The lawful time of a subject: started, paused, resumed, stopped.

Called by engines inside the transaction of their own act, under their own row lock; what happened is
journalled there, once, in the words of the engine.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from balai.kernel.calendars import Duration, WorkingCalendar
from balai.kernel.references import Actor, Subject
from balai.region import queries as region
from balai.runtime.transaction import write_transaction
from balai.work import rules
from balai.work.actions.items import items_of
from balai.work.enums import ClockState, ItemState
from balai.work.models import Clock, ClockPause, WorkItem


def _clocks_of(subject: Subject, *states: str) -> QuerySet[Clock]:
    return Clock.objects.filter(subject_label=subject.label, subject_id=str(subject.id), state__in=states)


@write_transaction
def start_clock(
    *,
    by: Actor,
    subject: Subject,
    name: str,
    duration: Duration,
    office_code: str,
    at: datetime,
    due_at: datetime | None = None,
) -> Clock:
    """Start the lawful time of a subject on the calendar of `office_code`; one INSERT.

    `due_at` saves computing it again where the caller has it already.
    """
    if due_at is None:
        due_at = duration.due(_calendar(duration.unit, office_code), at)
    return Clock.objects.create(
        subject_label=subject.label,
        subject_id=str(subject.id),
        name=name,
        office_code=office_code,
        amount=duration.amount,
        unit=duration.unit,
        started_at=at,
        due_at=due_at,
    )


@write_transaction
def pause_clock(*, by: Actor, subject: Subject, reason: str, at: datetime) -> None:
    """Stop the time of a subject while somebody outside the office has to move.

    Pauses its running clocks and its open items, and keeps how much was left of each deadline.
    """
    for running in _clocks_of(subject, ClockState.RUNNING):
        calendar = _calendar(running.unit, running.office_code)
        running.remaining_minutes = rules.remaining_minutes(calendar, at=at, due_at=running.due_at)
        running.state, running.paused_at = ClockState.PAUSED, at
        running.save(update_fields=["state", "paused_at", "remaining_minutes"])
        ClockPause.objects.create(clock=running, reason=reason, from_at=at)
    for item in items_of(subject, ItemState.OPEN):
        calendar = region.working_calendar(item.office_code)
        item.remaining_minutes = rules.remaining_minutes(calendar, at=at, due_at=item.due_at)
        item.state, item.paused_at = ItemState.PAUSED, at
        item.save(update_fields=["state", "paused_at", "remaining_minutes"])


@write_transaction
def resume_clock(*, by: Actor, subject: Subject, at: datetime) -> None:
    """Let the time run on: clocks and items get new deadlines with what was left when they stopped.

    An item that was due with a clock stays due with it: only the clock knows whether it counts office hours.
    """
    moved: dict[datetime, datetime] = {}
    for paused in _clocks_of(subject, ClockState.PAUSED):
        old = paused.due_at
        paused.due_at = moved[old] = _due_again(paused, _calendar(paused.unit, paused.office_code), at)
        paused.state, paused.paused_at, paused.remaining_minutes = ClockState.RUNNING, None, None
        paused.save(update_fields=["state", "due_at", "paused_at", "remaining_minutes"])
        paused.pauses.filter(to_at=None).update(to_at=at)
    for item in items_of(subject, ItemState.PAUSED):
        calendar = region.working_calendar(item.office_code)
        item.due_at = moved.get(item.due_at) or _due_again(item, calendar, at)
        item.state, item.paused_at, item.remaining_minutes = ItemState.OPEN, None, None
        if item.due_at > at:
            item.soon_told_at = item.late_told_at = None  # a new deadline, to be told anew
        item.save(
            update_fields=[
                "state",
                "due_at",
                "paused_at",
                "remaining_minutes",
                "soon_told_at",
                "late_told_at",
            ]
        )


@write_transaction
def stop_clock(*, by: Actor, subject: Subject, at: datetime, name: str = "") -> None:
    """The subject is served (or over): its clocks stop for good, an open pause ends with them.

    With a `name` only the clock of that name.
    """
    live = _clocks_of(subject, ClockState.RUNNING, ClockState.PAUSED)
    live = live.filter(name=name) if name else live
    ClockPause.objects.filter(clock__in=live, to_at=None).update(to_at=at)
    live.update(state=ClockState.STOPPED, stopped_at=at, paused_at=None, remaining_minutes=None)


def _calendar(unit: str, office_code: str) -> WorkingCalendar:
    return rules.calendar_for(unit, region.working_calendar(office_code or None))


def _due_again(thing: Clock | WorkItem, calendar: WorkingCalendar, at: datetime) -> datetime:
    assert thing.paused_at is not None  # noqa: S101 - the database constraint work_*_pause_is_whole
    return rules.due_after_pause(
        calendar,
        paused_at=thing.paused_at,
        due_at=thing.due_at,
        remaining=thing.remaining_minutes or 0,
        at=at,
    )

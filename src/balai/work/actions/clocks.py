"""The lawful times of a subject: started, paused, resumed, stopped, begun again, handed to another office.

Called by engines inside the transaction of their own act, under their own row lock; what happened is
journalled there, once, in the words of the engine. How a clock counts is said by `rules.Timer` alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
from balai.work.rules import Timer
from balai.work.subjects import PauseOver
from balai.work.timers import timer_of

LIVE = (ClockState.RUNNING, ClockState.PAUSED)
# What was told is marked by whoever told it, perhaps at this moment (`reminding`): never written from here.
KEPT = (
    "state",
    "office_code",
    "due_at",
    "paused_at",
    "remaining_minutes",
    "resumes_at",
    "stopped_at",
    "escalates_at",
    "counted",
    "counted_from_at",
)


def _clocks_of(subject: Subject, *states: str, names: Collection[str] = ()) -> QuerySet[Clock]:
    mine = Clock.objects.filter(subject_label=subject.label, subject_id=str(subject.id), state__in=states)
    return mine.filter(name__in=names) if names else mine


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
    escalate_after: Sequence[Duration | int] = (),
) -> Clock:
    """Start a lawful time of a subject on the calendar of `office_code`; one INSERT.

    `due_at` saves computing it again where the caller has it already. `escalate_after` are at most three
    times beyond the deadline, bare numbers in minutes of the clock's calendar: at each the engine is told
    once (`work.subjects`, `on_clock_late` with its level).
    """
    return _begin(1, subject, name, duration, office_code, at, due_at, escalate_after)


@write_transaction
def restart_clock(
    *,
    by: Actor,
    subject: Subject,
    name: str,
    duration: Duration,
    office_code: str,
    at: datetime,
    escalate_after: Sequence[Duration | int] = (),
) -> Clock:
    """Begin a new round of a clock that has stopped: the subject was opened anew. Earlier rounds stay.

    A clock that still counts is returned as it is: beginning again heals no lateness. The first round of a
    name that the subject never had is begun too.
    """
    rounds = _clocks_of(subject, *ClockState.values, names=(name,))
    latest = rounds.order_by("-round").first()
    if latest is not None and latest.state != ClockState.STOPPED:
        return latest
    number = latest.round + 1 if latest else 1
    return _begin(number, subject, name, duration, office_code, at, None, escalate_after)


def _begin(
    number: int,
    subject: Subject,
    name: str,
    duration: Duration,
    office_code: str,
    at: datetime,
    due_at: datetime | None,
    escalate_after: Sequence[Duration | int],
) -> Clock:
    timer = _started(duration, office_code, at, due_at, escalate_after)
    return Clock.objects.create(
        subject_label=subject.label,
        subject_id=str(subject.id),
        name=name,
        round=number,
        office_code=office_code,
        amount=duration.amount,
        unit=duration.unit,
        started_at=at,
        due_at=timer.due_at,
        escalation=rules.levels_text(timer.levels),
        escalates_at=timer.level_at(1),
    )


def _started(
    duration: Duration,
    office_code: str,
    at: datetime,
    due_at: datetime | None,
    escalate_after: Sequence[Duration | int],
) -> Timer:
    working = region.working_calendar(office_code or None)
    if due_at is None:
        return Timer.start(duration, working, at, levels=escalate_after)
    levels = rules.as_levels(duration.unit, escalate_after)
    return Timer(working, duration.unit, at, due_at, levels=levels)


@write_transaction
def pause_clock(
    *,
    by: Actor,
    subject: Subject,
    reason: str,
    at: datetime,
    names: Collection[str] = (),
    until_at: datetime | None = None,
) -> None:
    """Stop the time of a subject while somebody outside the office has to move.

    Pauses its running clocks and its open items, and keeps how much was left of each deadline. With `names`
    only those clocks, and the items that are due with one of them. `until_at` caps the pause: it is over at
    that instant, whether anybody resumes it or not. What is paused already stays as it is.
    """
    if until_at is not None and until_at <= at:
        return
    moved: dict[datetime, datetime] = {}
    for clock in _clocks_of(subject, *LIVE, names=names):
        timer = timer_of(clock, with_pauses=False).settled(at)
        if not timer.is_running:
            continue
        moved[clock.due_at] = timer.due_at
        _keep(clock, timer.paused(at, until_at), at=at)
        ClockPause.objects.create(clock=clock, reason=reason, from_at=at, until_at=until_at)
    for item in items_of(subject, ItemState.OPEN, ItemState.PAUSED):
        if names and item.due_at not in moved:
            continue
        if item.resumes_at is not None and item.resumes_at <= at:
            resume_item(item, at=item.resumes_at, due_at=moved.get(item.due_at))
        if item.state == ItemState.OPEN:
            _pause_item(item, at, until_at)


def _pause_item(item: WorkItem, at: datetime, until_at: datetime | None) -> None:
    calendar = region.working_calendar(item.office_code)
    item.remaining_minutes = rules.remaining_minutes(calendar, at=at, due_at=item.due_at)
    item.state, item.paused_at, item.resumes_at = ItemState.PAUSED, at, until_at
    item.save(update_fields=["state", "paused_at", "remaining_minutes", "resumes_at"])


@write_transaction
def resume_clock(*, by: Actor, subject: Subject, at: datetime, names: Collection[str] = ()) -> None:
    """Let the time run on: clocks and items get new deadlines with what was left when they stopped.

    An item that was due with a clock stays due with it: only the clock knows whether it counts office hours.
    A pause whose cap has passed ended at its cap. With `names` only those clocks, and the items due with one.
    """
    moved: dict[datetime, datetime] = {}
    for clock in _clocks_of(subject, ClockState.PAUSED, names=names):
        old = clock.due_at
        _keep(clock, timer_of(clock, with_pauses=bool(clock.escalation)).resumed(at), at=at)
        moved[old] = clock.due_at
    for item in items_of(subject, ItemState.PAUSED):
        if not names or item.due_at in moved:
            resume_item(item, at=at, due_at=moved.get(item.due_at))


def resume_item(item: WorkItem, *, at: datetime, due_at: datetime | None) -> None:
    """Open a paused item again: due with its clock, or with what was left of its own time."""
    calendar = region.working_calendar(item.office_code)
    since = min(at, item.resumes_at) if item.resumes_at else at
    item.due_at = due_at or _due_again(item, calendar, since)
    item.state, item.paused_at, item.remaining_minutes = ItemState.OPEN, None, None
    item.resumes_at = None
    if item.due_at > at:
        item.soon_told_at = item.late_told_at = None  # a new deadline, to be told anew
    item.save(
        update_fields=[
            "state",
            "due_at",
            "paused_at",
            "remaining_minutes",
            "resumes_at",
            "soon_told_at",
            "late_told_at",
        ]
    )


@write_transaction
def stop_clock(*, by: Actor, subject: Subject, at: datetime, name: str = "") -> list[Clock]:
    """The subject is served (or over): its clocks stop for good, an open pause ends with them; which did now.

    With a `name` only the clock of that name. The first stop counts: `stopped_at` and `was_in_time` of the
    clock stay as they are when it is stopped again.
    """
    stopped = list(_clocks_of(subject, *LIVE, names=(name,) if name else ()))
    for clock in stopped:
        _keep(clock, timer_of(clock, with_pauses=False).stopped(at), at=at)
    return stopped


@write_transaction
def move_clock(*, by: Actor, subject: Subject, name: str, office_code: str, at: datetime) -> None:
    """Hand a clock that counts to another office: what is left, in minutes, counts on that office's calendar.

    A part of a minute that is left is lost; what has passed stays passed. What ran before stays counted as it
    ran (`queries.elapsed_minutes`). Items stay where they lie: the engine lays new ones at the new office.
    """
    working = region.working_calendar(office_code or None)
    for clock in _clocks_of(subject, *LIVE, names=(name,)):
        if clock.office_code != office_code:
            timer = timer_of(clock).moved(working, at)
            clock.office_code = office_code
            _keep(clock, timer, at=at)


@write_transaction
def end_pauses_of(*, subject: Subject, at: datetime) -> list[PauseOver]:
    """Let run again what waited longer than its cap allows, from the instant of the cap; what that was.

    Again, it finds nothing more to do. The items that were due with a clock stay due with it.
    """
    over: list[PauseOver] = []
    moved: dict[datetime, datetime] = {}
    for clock in _clocks_of(subject, ClockState.PAUSED).filter(resumes_at__lte=at).order_by("resumes_at"):
        old, ended_at = clock.due_at, clock.resumes_at or at
        reason = clock.pauses.filter(to_at=None).values_list("reason", flat=True).first() or ""
        _keep(clock, timer_of(clock).settled(at), at=at)
        moved[old] = clock.due_at
        over.append(PauseOver(clock.subject_id, clock.name, reason, ended_at, clock.due_at, at))
    for item in items_of(subject, ItemState.PAUSED).filter(resumes_at__lte=at).order_by("resumes_at"):
        ended_at = item.resumes_at or at
        resume_item(item, at=at, due_at=moved.get(item.due_at))
        if not moved and not over:
            over.append(PauseOver(item.subject_id, "", "", ended_at, item.due_at, at))
    return over


def _keep(clock: Clock, timer: Timer, *, at: datetime) -> None:
    """The row as the timer says; the open pause is closed when the timer has ended it."""
    was_paused_at = clock.paused_at
    clock.state = _state(timer)
    clock.due_at, clock.stopped_at = timer.due_at, timer.stopped_at
    clock.paused_at, clock.remaining_minutes = timer.paused_at, timer.remaining
    clock.resumes_at = timer.resumes_at
    clock.counted = timer.counted if timer.counted_from_at else None
    clock.counted_from_at = timer.counted_from_at
    if timer.is_running:
        clock.escalates_at = timer.level_at(clock.levels_told + 1)
    clock.save(update_fields=KEPT)
    if was_paused_at is not None and was_paused_at != timer.paused_at:
        ended = next((each.to_at for each in reversed(timer.pauses) if each.from_at == was_paused_at), at)
        clock.pauses.filter(to_at=None).update(to_at=ended)


def _state(timer: Timer) -> ClockState:
    if timer.stopped_at is not None:
        return ClockState.STOPPED
    return ClockState.RUNNING if timer.is_running else ClockState.PAUSED


def _due_again(item: WorkItem, calendar: WorkingCalendar, at: datetime) -> datetime:
    assert item.paused_at is not None  # noqa: S101 - the database constraint work_item_pause_is_whole
    return rules.due_after_pause(
        calendar,
        paused_at=item.paused_at,
        due_at=item.due_at,
        remaining=item.remaining_minutes or 0,
        at=at,
    )

"""What is nearly due, and what is late, is told once to the engine that it belongs to.

Of what is nearly due nobody is told by message: officers see it in their inbox, the journal says
"work.due_soon". What is late is escalated: "work.escalated".

A mark in the row is what makes it once: it is set in the transaction in which the engine is told, and only
by whoever finds it empty. So it does not matter how many workers look, how long the town stood still, or when
one of them was killed. What is told of an item is journalled here; of a clock, by its engine.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from balai.audit import actions as audit
from balai.kernel.references import SYSTEM, Subject
from balai.runtime import clock as time
from balai.work import actions, rules, subjects
from balai.work.enums import ClockState, ItemState
from balai.work.models import Clock, WorkItem
from balai.work.subjects import ClockLate, ItemDue, News
from balai.work.timers import timer_of

log = logging.getLogger(__name__)

MOST = 5000


class SomeFailed(Exception):
    """Some could not be told; they are tried again at the next look, and the others were told."""


def remind(*, most: int = MOST) -> int:
    """Tell everything that became due since the last look, the longest overdue first; how many.

    Raises SomeFailed when an engine refused some of them.
    """
    now = time.now()
    untold = WorkItem.objects.filter(state=ItemState.OPEN, late_told_at=None)
    late = untold.filter(due_at__lte=now)
    soon = untold.filter(due_at__gt=now, due_at__lt=rules.soon_until(now), soon_told_at=None)
    running = Clock.objects.filter(state=ClockState.RUNNING)
    clocks = running.filter(late_told_at=None, due_at__lte=now)
    escalating = running.filter(late_told_at__isnull=False, escalates_at__lte=now)
    told = [
        _each(_first(clocks, most), _tell_clock, now),
        _each(_first(escalating, most, by="escalates_at"), _tell_levels, now),
        _each(_first(late, most), _tell_late, now),
        _each(_first(soon, most), _tell_soon, now),
    ]
    if failed := sum(failures for _count, failures in told):
        raise SomeFailed(f"{failed} deadlines could not be told")
    return sum(count for count, _failures in told)


def end_pauses(*, most: int = MOST) -> int:
    """End every pause whose cap has passed, at its cap, and tell the engine; how many subjects that were.

    Raises SomeFailed when an engine refused some of them; those stay as they were.
    """
    now = time.now()
    capped = {
        (each.subject_label, each.subject_id)
        for rows in (Clock.objects, WorkItem.objects)
        for each in rows.filter(resumes_at__lte=now).order_by("resumes_at", "pk")[:most]
    }
    subject_ids = [Place(*each) for each in sorted(capped)]
    count, failures = _each(subject_ids, _end_pause, now)
    if failures:
        raise SomeFailed(f"{failures} pauses could not be ended")
    return count


class Place(NamedTuple):
    """Which subject, or which row of which."""

    label: str
    subject_id: str
    key: UUID | str = ""


def _first(rows: Any, most: int, *, by: str = "due_at") -> list[Place]:
    found = rows.order_by(by, "pk").values_list("subject_label", "subject_id", "pk")
    return [Place(*each) for each in found[:most]]


def _each(places: Iterable[Place], tell: Callable[[Place, datetime], int], now: datetime) -> tuple[int, int]:
    """One short transaction for each; one that fails keeps no other from being told."""
    count = failures = 0
    for place in places:
        try:
            count += tell(place, now)
        except Exception:
            log.exception("the deadline of %s could not be told", place)
            failures += 1
    return count, failures


def _end_pause(place: Place, now: datetime) -> int:
    with subjects.held(place.label, place.subject_id):
        ended = actions.end_pauses_of(subject=Subject(place.label, place.subject_id), at=now)
        for over in ended:
            subjects.tell_pause_over(place.label, over)
    return bool(ended)


def _tell_soon(place: Place, now: datetime) -> int:
    with subjects.held(place.label, place.subject_id):
        item = _marked(WorkItem, place, "soon_told_at", now, state=ItemState.OPEN, late_told_at=None)
        return item is not None and _tell_item(item, News.SOON, now)


def _tell_late(place: Place, now: datetime) -> int:
    with subjects.held(place.label, place.subject_id):
        item = _marked(WorkItem, place, "late_told_at", now, state=ItemState.OPEN, due_at__lte=now)
        return item is not None and _tell_item(item, News.LATE, now)


def _tell_clock(place: Place, now: datetime) -> int:
    with subjects.held(place.label, place.subject_id):
        late = _marked(Clock, place, "late_told_at", now, state=ClockState.RUNNING, due_at__lte=now)
        if late is None:
            return 0
        subjects.tell_clock_late(place.label, _late(late, 0, now))
    return 1


def _tell_levels(place: Place, now: datetime) -> int:
    """Every level that a late clock has reached, the lowest first, each in a transaction of its own."""
    told = 0
    while _tell_level(place, now):
        told += 1
    return told


def _tell_level(place: Place, now: datetime) -> bool:
    with subjects.held(place.label, place.subject_id):
        running = Clock.objects.filter(pk=place.key, state=ClockState.RUNNING, escalates_at__lte=now)
        late = running.first()
        if late is None:
            return False
        timer, level = timer_of(late), late.levels_told + 1
        due_at = timer.level_at(level)
        reached = due_at is not None and due_at <= now
        marked = running.filter(levels_told=late.levels_told).update(
            levels_told=level if reached else late.levels_told,
            escalates_at=timer.level_at(level + 1) if reached else due_at,
        )
        if not (marked and reached):
            return False
        subjects.tell_clock_late(place.label, _late(late, level, now))
    return True


def _late(clock: Clock, level: int, now: datetime) -> ClockLate:
    return ClockLate(
        subject_id=clock.subject_id,
        name=clock.name,
        due_at=clock.due_at,
        at=now,
        level=level,
        round=clock.round,
        office_code=clock.office_code,
    )


def _marked(model: Any, place: Place, mark: str, now: datetime, **still: Any) -> Any:
    """The row, if it is still as it was found and this is the one who marks it; None otherwise."""
    if not model.objects.filter(pk=place.key, **{mark: None}, **still).update(**{mark: now}):
        return None
    return model.objects.get(pk=place.key)


def _tell_item(item: WorkItem, news: News, now: datetime) -> int:
    due = ItemDue(
        news=news,
        subject_id=item.subject_id,
        kind=item.kind,
        stage=item.stage,
        office_code=item.office_code,
        due_at=item.due_at,
        at=now,
    )
    subjects.tell_item_due(item.subject_label, due)
    event = "work.escalated" if news is News.LATE else "work.due_soon"
    about = Subject(item.subject_label, item.subject_id)
    audit.record(event, by=SYSTEM, about=about, data={"kind": item.kind, "office": item.office_code})
    return 1

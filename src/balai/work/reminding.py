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
from typing import Any
from uuid import UUID

from balai.audit import actions as audit
from balai.kernel.references import SYSTEM, Subject
from balai.runtime import clock as time
from balai.runtime.transaction import write_transaction
from balai.work import rules, subjects
from balai.work.enums import ClockState, ItemState
from balai.work.models import Clock, WorkItem
from balai.work.subjects import ClockLate, ItemDue, News

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
    clocks = Clock.objects.filter(state=ClockState.RUNNING, late_told_at=None, due_at__lte=now)
    told = [
        _each(_first(clocks, most), _tell_clock, now),
        _each(_first(late, most), _tell_late, now),
        _each(_first(soon, most), _tell_soon, now),
    ]
    if failed := sum(failures for _count, failures in told):
        raise SomeFailed(f"{failed} deadlines could not be told")
    return sum(count for count, _failures in told)


def _first(rows: Any, most: int) -> list[UUID]:
    return list(rows.order_by("due_at", "pk").values_list("pk", flat=True)[:most])


def _each(keys: Iterable[UUID], tell: Callable[[UUID, datetime], bool], now: datetime) -> tuple[int, int]:
    """One short transaction for each; one that fails keeps no other from being told."""
    count = failures = 0
    for key in keys:
        try:
            count += tell(key, now)
        except Exception:
            log.exception("the deadline of %s could not be told", key)
            failures += 1
    return count, failures


@write_transaction
def _tell_soon(item_id: UUID, now: datetime) -> bool:
    item = _marked(WorkItem, item_id, "soon_told_at", now, state=ItemState.OPEN, late_told_at=None)
    return item is not None and _tell_item(item, News.SOON, now)


@write_transaction
def _tell_late(item_id: UUID, now: datetime) -> bool:
    item = _marked(WorkItem, item_id, "late_told_at", now, state=ItemState.OPEN, due_at__lte=now)
    return item is not None and _tell_item(item, News.LATE, now)


@write_transaction
def _tell_clock(clock_id: UUID, now: datetime) -> bool:
    late = _marked(Clock, clock_id, "late_told_at", now, state=ClockState.RUNNING, due_at__lte=now)
    if late is None:
        return False
    told = ClockLate(subject_id=late.subject_id, name=late.name, due_at=late.due_at, at=now)
    subjects.tell_clock_late(late.subject_label, told)
    return True


def _marked(model: Any, key: UUID, mark: str, now: datetime, **still: Any) -> Any:
    """The row, if it is still as it was found and this is the one who marks it; None otherwise."""
    if not model.objects.filter(pk=key, **{mark: None}, **still).update(**{mark: now}):
        return None
    return model.objects.get(pk=key)


def _tell_item(item: WorkItem, news: News, now: datetime) -> bool:
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
    return True

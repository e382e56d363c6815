"""What an officer's inbox shows. The number of statements is the same for 10 and for 100,000 items."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import TruncMonth

from balai.government import current as government
from balai.kernel.calendars import Duration
from balai.kernel.references import Subject
from balai.people.models import Officer
from balai.region import queries as region
from balai.runtime import clock as time
from balai.runtime.errors import NotFound
from balai.work import rules, subjects, trays
from balai.work.duties import gaps as gaps
from balai.work.duties import on_duty as on_duty
from balai.work.enums import Box, ClockState, ItemState
from balai.work.models import Clock, WorkItem, tray_name
from balai.work.rules import Timer
from balai.work.timers import timer_of
from balai.work.trays import SHELVES, Place, Span

PAGE = 25
COUNT_LIMIT = 100


@dataclass(frozen=True)
class Page:
    """One page of a box. `next` is the cursor of the following page, None on the last."""

    items: list[WorkItem]
    next: str | None


class LateCount(NamedTuple):
    """So many clocks of a name run past their time at an office; `month` is the first day of the month."""

    office_code: str
    name: str
    month: date
    number: int


@dataclass(frozen=True)
class Count:
    """A bounded count: nobody needs to know whether 4,000 or 5,000 are waiting before opening the first."""

    number: int

    def __str__(self) -> str:
        return f"{COUNT_LIMIT - 1}+" if self.number >= COUNT_LIMIT else str(self.number)


def trays_of(officer: Officer) -> list[str]:
    """Every tray out of which the officer may take work today."""
    return [
        tray_name(office_code, permission)
        for permission in subjects.permissions()
        for office_code in sorted(officer.office_codes(permission))
    ]


def inbox(
    officer: Officer, box: Box | str, *, after: str | None = None, q: str = "", limit: int = PAGE
) -> Page:
    """One page of a box, due first (finished ones newest first), behind the cursor `after`.

    `q` keeps items whose number begins with it, or whose note contains it. An unknown box or a cursor that
    this function did not make raises NotFound.
    """
    box = _box(box)
    shelf, span, place = SHELVES[box], span_of(box, time.now()), _place(after)
    names = trays_of(officer)
    if q.strip():
        items = _matching(names, box, span, q.strip(), place, limit + 1)
    else:
        items = trays.page_of(names, shelf, span, after=place, limit=limit + 1)
    more = len(items) > limit
    items = items[:limit]
    return Page(items, _cursor(items[-1], shelf.column) if more else None)


def boxes_with(officer: Officer, q: str) -> list[Box]:
    """The boxes that hold something for this search; those that only show a part of another are left out."""
    names = trays_of(officer)
    whole = (Box.TODO, Box.WAITING, Box.DONE_TODAY)
    now = time.now()
    return [box for box in whole if _matching(names, box, span_of(box, now), q.strip(), None, 1)]


def counts(officer: Officer) -> dict[Box, Count]:
    """How many items lie in each box, each counted up to `COUNT_LIMIT`; one statement."""
    now = time.now()
    boxes = [(SHELVES[box], span_of(box, now)) for box in Box]
    numbers = trays.counts_of(trays_of(officer), boxes, limit=COUNT_LIMIT)
    return {box: Count(number) for box, number in zip(Box, numbers, strict=True)}


def item_for_officer(officer: Officer, item_id: UUID) -> WorkItem:
    """One item of the officer's trays; absent and somebody else's look alike (NotFound)."""
    item = WorkItem.objects.filter(pk=item_id).first()
    if item is None or not officer.has_permission(item.permission, item.office_code):
        raise NotFound(item_id)
    return item


def items_of(subject: Subject) -> list[WorkItem]:
    """Live items of a subject, in due order."""
    live = WorkItem.objects.filter(
        subject_id=str(subject.id),
        subject_label=subject.label,
        state__in=[ItemState.OPEN, ItemState.PAUSED],
    )
    return list(live.order_by("due_at", "id"))


def was_laid(subject: Subject, kind: str) -> bool:
    """Whether an item of this kind was ever laid for the subject, whatever became of it."""
    rows = WorkItem.objects.filter(subject_id=str(subject.id), subject_label=subject.label, kind=kind)
    return rows.exists()


def newest_clock(subject: Subject) -> Clock | None:
    """The clock that was started last, one that still counts before one that stopped; None without any.

    What is done again after it was over has one of its own; when that is called off, the earlier one counts.
    """
    mine = Clock.objects.filter(subject_id=str(subject.id), subject_label=subject.label)
    is_stopped = ExpressionWrapper(Q(state=ClockState.STOPPED), output_field=BooleanField())
    return mine.order_by(is_stopped, "-started_at").first()


def clock_of(subject: Subject, name: str) -> Clock | None:
    """The latest round of the clock of that name, or None when the subject never had one."""
    return rounds_of(subject, name).last()


clock = clock_of  # the name that subjects with one round of each know


def rounds_of(subject: Subject, name: str) -> QuerySet[Clock]:
    """Every round of the clock of that name, in order."""
    mine = Clock.objects.filter(subject_id=str(subject.id), subject_label=subject.label, name=name)
    return mine.order_by("round")


def clocks(label: str, ids: Iterable[str], name: str) -> dict[str, Clock]:
    """Clocks of many subjects of one kind by subject id, of each the latest round; one statement."""
    rows = Clock.objects.filter(subject_id__in=list(ids), subject_label=label, name=name)
    return {row.subject_id: row for row in rows.order_by("round")}


def elapsed_minutes(clock: Clock, at: datetime) -> int:
    """Whole minutes that the clock ran on its own calendar until it stopped, or until `at`, without pauses.

    One statement for its pauses; none when the caller has prefetched "pauses".
    """
    return timer_of(clock).elapsed_minutes(at)


def has_passed(clock: Clock, at: datetime) -> bool:
    """Whether its time is over at `at` (or was when it stopped); a pause past its cap counts as over."""
    return timer_of(clock, with_pauses=False).has_passed(at)


def would_have_kept(clock: Clock, duration: Duration) -> bool:
    """Whether a stopped clock would have been in time had this been promised, with its pauses as they were.

    It counts on the calendar of the office that has the clock. Statements as `elapsed_minutes`.
    """
    if clock.stopped_at is None:
        raise ValueError("the clock has not stopped")
    working = region.working_calendar(clock.office_code or None)
    other = Timer.start(duration, working, clock.started_at)
    for pause in timer_of(clock).pauses:
        other = other.paused(pause.from_at).resumed(pause.to_at or clock.stopped_at)
    return not other.stopped(clock.stopped_at).has_passed(clock.stopped_at)


def late_by_month(label: str, now: datetime) -> Iterator[LateCount]:
    """How many running clocks of a kind are past their time, by office, name and the month they fell due."""
    late = Clock.objects.filter(subject_label=label, state=ClockState.RUNNING, due_at__lt=now)
    months = late.annotate(month=TruncMonth("due_at", tzinfo=ZoneInfo(government().zone)))
    for office, name, month, number in (
        months.values_list("office_code", "name", "month").annotate(number=models.Count("pk")).order_by()
    ):
        yield LateCount(office, name, month.date(), number)


def late_subjects(label: str, now: datetime) -> int:
    """How many subjects of a kind have a running clock past its time."""
    late = Clock.objects.filter(subject_label=label, state=ClockState.RUNNING, due_at__lt=now)
    return late.values("subject_id").distinct().count()


def span_of(box: Box, now: datetime) -> Span:
    """The instants that a box covers at `now`."""
    if box is Box.SOON:
        return Span(since=now, until=rules.soon_until(now))
    if box is Box.LATE:
        return Span(until=now)
    if box is Box.DONE_TODAY:
        return Span(since=start_of_today(now))
    return Span()


def start_of_today(now: datetime) -> datetime:
    """Midnight of the government's own day."""
    local = now.astimezone(ZoneInfo(government().zone))
    return local - timedelta(
        hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )


def _matching(
    names: list[str], box: Box, span: Span, q: str, place: Place | None, limit: int
) -> list[WorkItem]:
    """A search reads what it searches: the trays' items of one state, filtered."""
    shelf = SHELVES[box]
    sign, minus = ("lt", "-") if shelf.newest_first else ("gt", "")
    rows = WorkItem.objects.filter(tray__in=names, state=shelf.state)
    rows = rows.filter(Q(reference__istartswith=q) | Q(note__icontains=q))
    if span.since is not None:
        rows = rows.filter(**{f"{shelf.column}__gte": span.since})
    if span.until is not None:
        rows = rows.filter(**{f"{shelf.column}__lt": span.until})
    if place is not None:
        behind = Q(**{f"{shelf.column}__{sign}": place.at})
        rows = rows.filter(behind | Q(**{shelf.column: place.at, f"id__{sign}": place.id}))
    return list(rows.order_by(f"{minus}{shelf.column}", f"{minus}id")[:limit])


def _box(name: Box | str) -> Box:
    try:
        return Box(name)
    except ValueError:
        raise NotFound(name) from None


def _cursor(item: WorkItem, column: str) -> str:
    text = f"{getattr(item, column).isoformat()}|{item.pk.hex}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place(cursor: str | None) -> Place | None:
    if not cursor:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        instant, _, item_id = text.partition("|")
        at = datetime.fromisoformat(instant)
        return Place(at=at.astimezone(ZoneInfo("UTC")), id=UUID(hex=item_id))
    except (ValueError, OverflowError, binascii.Error):
        raise NotFound(cursor) from None

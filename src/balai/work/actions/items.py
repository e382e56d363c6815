"""Items: laid into a tray, done or cancelled there, taken and handed on.

`open_item` and `close_item` are called by engines inside the transaction of their own act, under their own
row lock; what happened is journalled there, once, in the words of the engine. What an officer does to an item
herself (`take`, `release`, `assign`) is journalled here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from balai.audit import actions as audit
from balai.kernel.references import SYSTEM, Actor, Subject
from balai.people import queries as people
from balai.people.models import Officer
from balai.people.today import local_today
from balai.region import queries as region
from balai.runtime import clock as time
from balai.runtime.transaction import write_transaction
from balai.work import rules
from balai.work.enums import ItemState
from balai.work.errors import ItemNotOpen, NotYourTray, TakenAlready
from balai.work.models import WorkItem
from balai.work.overdue import PERMISSION as OVERSEE

LIVE = (ItemState.OPEN, ItemState.PAUSED)
# A transaction stays short; the next look takes the rest.
MOST_AT_ONCE = 500


def items_of(subject: Subject, *states: str) -> QuerySet[WorkItem]:
    """The subject's items in these states, or the live ones."""
    return WorkItem.objects.filter(
        subject_label=subject.label, subject_id=str(subject.id), state__in=states or LIVE
    )


@write_transaction
def open_item(
    *,
    by: Actor,
    subject: Subject,
    kind: str,
    title: str,
    note: str,
    office_code: str,
    permission: str,
    due_at: datetime,
    reference: str = "",
    stage: str = "",
    priority: int = 0,
    waiting: bool = False,
    at: datetime | None = None,
) -> WorkItem:
    """Lay one obligation into the tray of `office_code` for `permission`; one INSERT.

    `kind` is the engine's code of the step, unique among the subject's live items. `note` names the
    citizen for the list, shortened ("Siti A., Desa Sawentar"). `reference` is the human number, `stage`
    the step in words. `waiting` opens it paused: it can only be done once the citizen comes.
    """
    at = at or time.now()
    pause: dict[str, Any] = {}
    if waiting:
        left = rules.remaining_minutes(region.working_calendar(office_code), at=at, due_at=due_at)
        pause = {"state": ItemState.PAUSED, "paused_at": at, "remaining_minutes": left}
    return WorkItem.objects.create(
        subject_label=subject.label,
        subject_id=str(subject.id),
        kind=kind,
        title=title[:160],
        note=note[:200],
        office_code=office_code,
        permission=permission,
        due_at=due_at,
        reference=reference,
        stage=stage[:160],
        priority=priority,
        opened_at=at,
        **pause,
    )


@write_transaction
def close_item(
    *,
    by: Actor,
    outcome: str,
    item: WorkItem | None = None,
    subject: Subject | None = None,
    kind: str = "",
    at: datetime | None = None,
) -> int:
    """Mark the live item (or the subject's live items of `kind`) done by `by`; how many that were."""
    return _end(ItemState.DONE, by=by, outcome=outcome, item=item, subject=subject, kind=kind, at=at)


@write_transaction
def cancel_items(
    *, by: Actor, subject: Subject, outcome: str, kind: str = "", at: datetime | None = None
) -> int:
    """Take the subject's live items (of `kind`, or all) off the desk without anybody having done them."""
    return _end(ItemState.CANCELLED, by=by, outcome=outcome, subject=subject, kind=kind, at=at)


def _end(
    state: ItemState,
    *,
    by: Actor,
    outcome: str,
    at: datetime | None,
    kind: str,
    item: WorkItem | None = None,
    subject: Subject | None = None,
) -> int:
    if item is not None:
        live = WorkItem.objects.filter(pk=item.pk, state__in=LIVE)
    elif subject is not None:
        live = items_of(subject)
    else:
        raise TypeError("an item or a subject is needed")
    if kind:
        live = live.filter(kind=kind)
    return live.update(
        state=state,
        closed_at=at or time.now(),
        closed_by=by.name[:100],
        outcome=outcome,
        paused_at=None,
        remaining_minutes=None,
        resumes_at=None,
    )


@write_transaction
def take(*, by: Officer, item: WorkItem, over: bool = False) -> WorkItem:
    """The officer says "I do this one"; colleagues see her name beside it.

    What a colleague holds is only taken `over` on purpose. Raises NotYourTray, ItemNotOpen, TakenAlready.
    """
    return _hand_to(by, item=item, by=by, over=over)


@write_transaction
def assign(*, by: Officer, item: WorkItem, to: Officer) -> WorkItem:
    """Give an item of one's own tray to a colleague who may do it. Raises NotYourTray, ItemNotOpen."""
    return _hand_to(to, item=item, by=by, over=True)


@write_transaction
def release(*, by: Officer, item: WorkItem) -> WorkItem:
    """Put an item back for whoever is free. Raises NotYourTray, ItemNotOpen."""
    return _hand_to(None, item=item, by=by, over=True)


@write_transaction
def hand_over(*, by: Officer, of: Officer, to: Officer | None = None) -> int:
    """Everything that `of` holds goes `to` a colleague, or back to whoever is free; how many items that were.

    What `to` may not do goes back. Done by `of` herself, or by who oversees the item's office; other items
    are left. Journalled item by item.
    """
    moved = 0
    for item in WorkItem.objects.filter(assignee_id=of.pk, state__in=LIVE).order_by("due_at", "id"):
        if by.pk != of.pk and not by.has_permission(OVERSEE, item.office_code):
            continue
        taker = to if to is not None and to.has_permission(item.permission, item.office_code) else None
        moved += _assign(item, taker, by=by.as_actor(), live=_still_of(item))
    return moved


@write_transaction
def hand_to_stand_ins() -> int:
    """What officers hold who are away today goes to who stands in for them, or back; how many items.

    Run by the worker; again, it finds nothing more to do.
    """
    away = {each.officer_id: each.stand_in for each in people.absences_on(local_today())}
    moved = 0
    held = WorkItem.objects.filter(assignee_id__in=list(away), state__in=LIVE)
    for item in held.order_by("due_at", "id")[:MOST_AT_ONCE]:
        taker = away[item.assignee_id]
        if taker is not None and not taker.has_permission(item.permission, item.office_code):
            taker = None
        moved += _assign(item, taker, by=SYSTEM, live=_still_of(item))
    return moved


def _still_of(item: WorkItem) -> QuerySet[WorkItem]:
    """The item as long as it lies where it was read: a colleague may have taken it meanwhile."""
    return WorkItem.objects.filter(pk=item.pk, assignee_id=item.assignee_id, state__in=LIVE)


def _hand_to(officer: Officer | None, *, item: WorkItem, by: Officer, over: bool) -> WorkItem:
    for person in (by, officer):
        if person is not None and not person.has_permission(item.permission, item.office_code):
            raise NotYourTray()
    live = WorkItem.objects.filter(pk=item.pk, state__in=LIVE)
    free = live if over else live.filter(Q(assignee_id=None) | Q(assignee_id=by.pk))
    if not _assign(item, officer, by=by.as_actor(), live=free):
        holder = live.values_list("assignee_name", flat=True).first()
        raise TakenAlready(who=holder) if holder else ItemNotOpen()
    return item


def _assign(item: WorkItem, to: Officer | None, *, by: Actor, live: QuerySet[WorkItem]) -> bool:
    """Write the name beside the item if it is still among `live`; whether it was."""
    item.assignee_id = to.pk if to else None
    item.assignee_name = to.name[:100] if to else ""
    if not live.update(assignee_id=item.assignee_id, assignee_name=item.assignee_name):
        return False
    is_own = to is not None and by.id == str(to.pk)
    event = "work.taken" if is_own else "work.assigned" if to else "work.released"
    told = {"kind": item.kind} | ({"to": to.name} if to and not is_own else {})
    audit.record(event, by=by, about=Subject(item.subject_label, item.subject_id), data=told)
    return True

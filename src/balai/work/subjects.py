"""Registry `work.subjects`: how the inbox, which knows no engine, links to the thing an item is about.

Engines fill it in `apps.ready()`. Keyed by the plain label of the subject ("cases.case").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from balai.runtime.transaction import write_transaction


class News(StrEnum):
    """What the clock has to say about a deadline."""

    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True)
class ItemDue:
    """A work item whose deadline is near, or passed; told once each."""

    news: News
    subject_id: str
    kind: str
    stage: str
    office_code: str
    due_at: datetime
    at: datetime


@dataclass(frozen=True)
class ClockLate:
    """A lawful time of a subject is over and it still runs; each level is told once.

    `level` 0 is the deadline itself, 1 to 3 are what the clock was started with (`escalate_after`).
    """

    subject_id: str
    name: str
    due_at: datetime
    at: datetime
    level: int = 0
    round: int = 1
    office_code: str = ""


@dataclass(frozen=True)
class PauseOver:
    """A pause ended by itself, at its cap `ended_at`; told once, at `at`.

    `name` is that of the clock, "" when only items of the subject were paused. `due_at` is the new deadline.
    """

    subject_id: str
    name: str
    reason: str
    ended_at: datetime
    due_at: datetime
    at: datetime


def _nothing(told: object) -> None:
    """For engines that have nothing to say."""


@dataclass(frozen=True)
class SubjectKind:
    """What an engine tells about one kind of subject."""

    link: Callable[[str], str]
    """Address of the officer's page, from the subject's id. Must not ask the database."""
    permissions: tuple[str, ...] = ()
    """Permissions under which its items lie in trays; the inbox looks at no other trays."""
    on_item_due: Callable[[ItemDue], None] = _nothing
    """What the engine does when an item is nearly due, or late; called in the transaction of the mark."""
    on_clock_late: Callable[[ClockLate], None] = _nothing
    """What the engine does when the lawful time is over; called in the transaction of the mark."""
    on_pause_over: Callable[[PauseOver], None] = _nothing
    """What the engine does when a pause ended by itself; called in the transaction that ends it."""
    hold: Callable[[str], object] = _nothing
    """Locks the subject, by its id: called before anything of it is marked or changed by the worker."""
    locks: tuple[str, ...] = ()
    """Locks that the hooks above and `hold` take, as `write_transaction` wants them declared."""


_kinds: dict[str, SubjectKind] = {}


def register(
    label: str,
    *,
    link: Callable[[str], str],
    permissions: tuple[str, ...] = (),
    on_item_due: Callable[[ItemDue], None] = _nothing,
    on_clock_late: Callable[[ClockLate], None] = _nothing,
    on_pause_over: Callable[[PauseOver], None] = _nothing,
    hold: Callable[[str], object] = _nothing,
    locks: tuple[str, ...] = (),
) -> None:
    """Tell the inbox about a kind of subject; the same label twice is a programming error."""
    if label in _kinds:
        raise ValueError(f"work subject {label!r} is registered already")
    _kinds[label] = SubjectKind(
        link, permissions, on_item_due, on_clock_late, on_pause_over, hold=hold, locks=locks
    )


def unregister(label: str) -> None:
    """Take a kind out again, for a test that brought its own."""
    _kinds.pop(label, None)


def link(label: str, subject_id: str) -> str:
    """Address of the officer's page of a subject; "" when its engine is not installed."""
    kind = _kinds.get(label)
    return kind.link(subject_id) if kind else ""


def tell_item_due(label: str, due: ItemDue) -> None:
    """Let the engine of the subject know; nobody when it is not installed."""
    if label in _kinds:
        _kinds[label].on_item_due(due)


def tell_clock_late(label: str, late: ClockLate) -> None:
    """Let the engine of the subject know; nobody when it is not installed."""
    if label in _kinds:
        _kinds[label].on_clock_late(late)


def tell_pause_over(label: str, over: PauseOver) -> None:
    """Let the engine of the subject know; nobody when it is not installed."""
    if label in _kinds:
        _kinds[label].on_pause_over(over)


@contextmanager
def held(label: str, subject_id: str) -> Iterator[None]:
    """A write transaction that holds the subject: what the worker does waits for what an officer does."""
    kind = _kinds.get(label)
    with write_transaction(locks=kind.locks if kind else ()):
        if kind:
            kind.hold(subject_id)
        yield


def permissions() -> tuple[str, ...]:
    """Every permission under which some installed engine lays items into trays."""
    return tuple(sorted({name for kind in _kinds.values() for name in kind.permissions}))


def labels() -> tuple[str, ...]:
    """Every label that an installed engine registered."""
    return tuple(sorted(_kinds))

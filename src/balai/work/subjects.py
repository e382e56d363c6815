"""Registry `work.subjects`: how the inbox, which knows no engine, links to the thing an item is about.

Engines fill it in `apps.ready()`. Keyed by the plain label of the subject ("cases.case").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
    """The lawful time of a subject is over and it still runs; told once."""

    subject_id: str
    name: str
    due_at: datetime
    at: datetime


def _nothing(due: object) -> None:
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


_kinds: dict[str, SubjectKind] = {}


def register(
    label: str,
    *,
    link: Callable[[str], str],
    permissions: tuple[str, ...] = (),
    on_item_due: Callable[[ItemDue], None] = _nothing,
    on_clock_late: Callable[[ClockLate], None] = _nothing,
) -> None:
    """Tell the inbox about a kind of subject; the same label twice is a programming error."""
    if label in _kinds:
        raise ValueError(f"work subject {label!r} is registered already")
    _kinds[label] = SubjectKind(link, permissions, on_item_due, on_clock_late)


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


def permissions() -> tuple[str, ...]:
    """Every permission under which some installed engine lays items into trays."""
    return tuple(sorted({name for kind in _kinds.values() for name in kind.permissions}))


def labels() -> tuple[str, ...]:
    """Every label that an installed engine registered."""
    return tuple(sorted(_kinds))

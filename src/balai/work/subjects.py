"""Registry `work.subjects`: how the inbox, which knows no engine, links to the thing an item is about.

Engines fill it in `apps.ready()`. Keyed by the plain label of the subject ("cases.case").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class SubjectKind:
    """What an engine tells about one kind of subject."""

    link: Callable[[str], str]
    """Address of the officer's page, from the subject's id. Must not ask the database."""
    permissions: tuple[str, ...] = ()
    """Permissions under which its items lie in trays; the inbox looks at no other trays."""


_kinds: dict[str, SubjectKind] = {}


def register(label: str, *, link: Callable[[str], str], permissions: tuple[str, ...] = ()) -> None:
    """Tell the inbox about a kind of subject; the same label twice is a programming error."""
    if label in _kinds:
        raise ValueError(f"work subject {label!r} is registered already")
    _kinds[label] = SubjectKind(link=link, permissions=permissions)


def unregister(label: str) -> None:
    """Take a kind out again, for a test that brought its own."""
    _kinds.pop(label, None)


def link(label: str, subject_id: str) -> str:
    """Address of the officer's page of a subject; "" when its engine is not installed."""
    kind = _kinds.get(label)
    return kind.link(subject_id) if kind else ""


def permissions() -> tuple[str, ...]:
    """Every permission under which some installed engine lays items into trays."""
    return tuple(sorted({name for kind in _kinds.values() for name in kind.permissions}))


def labels() -> tuple[str, ...]:
    """Every label that an installed engine registered."""
    return tuple(sorted(_kinds))

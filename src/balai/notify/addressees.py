"""The registry of who can be told: a package that knows people says where each may be reached.

addressees.register("people.citizen", queries.addressee)   # in apps.ready() of `people`
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from balai.kernel.references import Subject
from balai.notify.models import Address


@dataclass(frozen=True)
class Addressee:
    """Addresses that are known to be this person's, the usual one first, and the name for a letter-head."""

    addresses: tuple[Address, ...]
    name: str = ""


Find = Callable[[str], Addressee | None]

_finders: dict[str, Find] = {}


def register(label: str, find: Find) -> None:
    """Let `find(id)` answer for subjects of this label; None for somebody who is not there any more."""
    _finders[label] = find


def unregister(label: str) -> None:
    """Forget a label; for tests that register their own."""
    _finders.pop(label, None)


def of(owner: Subject) -> Addressee | None:
    """Where this person can be reached; None when nobody knows."""
    find = _finders.get(owner.label)
    return find(owner.id) if find else None

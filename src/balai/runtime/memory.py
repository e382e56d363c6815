"""What a process remembers of rows that never change, or change with a number that it watches.

Everything remembered is forgotten together: tests do so between each other, because a rolled-back row that
is still remembered would be a lie.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar
from weakref import WeakSet

K = TypeVar("K")
V = TypeVar("V")

LARGEST = 10_000


class Remembered(Generic[K, V]):
    """Values by key, for the life of the process; all are dropped when there are too many.

    Threads may find and keep the same value twice: what is kept is equal, so no lock is needed.
    """

    def __init__(self) -> None:
        self._kept: dict[K, V] = {}
        _everything.add(self)

    def get(self, key: K) -> V | None:
        """What is remembered under the key, or None."""
        return self._kept.get(key)

    def keep(self, key: K, value: V) -> None:
        """Remember it; only what is committed, or will be committed with the caller (`after_commit`)."""
        if len(self._kept) >= LARGEST:
            self._kept = {}
        self._kept[key] = value

    def forget(self) -> None:
        """Drop everything."""
        self._kept = {}


_everything: WeakSet[Remembered[Any, Any]] = WeakSet()


def forget_everything() -> None:
    """Drop what every memory of this process holds."""
    for each in list(_everything):
        each.forget()

"""Registry: who may read a file. The package that owns the label answers; nobody else can.

`register("cases.case", can_read)` in `apps.ready()`; `can_read(request, owner_id)` answers with a bool
and raises nothing. A label that nobody registered is read by nobody.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

CanRead = Callable[[HttpRequest, str], bool]
_readers: dict[str, CanRead] = {}


def register(label: str, can_read: CanRead) -> None:
    """Say who may read the files whose owner has this label; a second answer for a label is a mistake."""
    if _readers.get(label, can_read) is not can_read:
        raise ValueError(f"readers of {label} are registered twice")
    _readers[label] = can_read


def may_read(request: HttpRequest, label: str, owner_id: str) -> bool:
    """Whether the one who asks may read files of this owner; False for labels nobody answers for."""
    can_read = _readers.get(label)
    return can_read is not None and can_read(request, owner_id)


def forget(label: str) -> None:
    """Take an answer back; for tests that register their own."""
    _readers.pop(label, None)

"""A finding of a check, placed by its path in the definition or by a line of another file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from balai.kernel.toml_lines import Path

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True)
class Finding:
    """`path` in service.toml, or `file` beside it with `line`; one plain English sentence."""

    path: Path
    sentence: str
    file: str = ""
    line: int = 0


def repeated(values: Iterable[Value]) -> list[tuple[int, Value]]:
    """Position and value of every second and later occurrence."""
    seen: Counter[Value] = Counter()
    found = []
    for position, value in enumerate(values):
        if seen[value]:
            found.append((position, value))
        seen[value] += 1
    return found

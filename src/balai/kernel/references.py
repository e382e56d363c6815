"""Plain values by which low packages speak of people and things that live in higher ones.

The journal, messages and work items keep these instead of foreign keys, so nothing blocks a deletion
and no arrow points up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ACTOR_KINDS = frozenset({"citizen", "officer", "system", "machine"})
_LABEL = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: `kind` is one of ACTOR_KINDS, `id` the account's id as text, `name` for reading."""

    kind: str
    id: str
    name: str

    def __post_init__(self) -> None:
        if self.kind not in ACTOR_KINDS:
            raise ValueError(f"unknown actor kind {self.kind!r}")


@dataclass(frozen=True, slots=True)
class Subject:
    """What it is about: `label` is "package.thing" (such as "cases.case"), `id` its key as text."""

    label: str
    id: str
    name: str = ""

    def __post_init__(self) -> None:
        if not _LABEL.fullmatch(self.label):
            raise ValueError(f"a subject's label reads package.thing, not {self.label!r}")


SYSTEM = Actor("system", "", "Sistem")

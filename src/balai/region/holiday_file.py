"""National holidays and joint leave as shipped with the code (data/holidays.toml)."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "data" / "holidays.toml"


class FreeDay(NamedTuple):
    """One day as it will stand in the table; `hours` are openings as text, () means closed."""

    day: date
    name: str
    kind: str
    is_estimate: bool
    basis: str
    hours: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def national_days() -> tuple[FreeDay, ...]:
    """Every national holiday and joint leave in the file, by day."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(FreeDay(**entry, basis=table["basis"]) for entry in table["holiday"])

"""New rows after the pattern of recorded ones: what must be unique is new, what agreed still agrees."""

from __future__ import annotations

import secrets
import string
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

LETTERS = string.ascii_letters + string.digits
Row = Mapping[str, Any]


class Pattern:
    """The recorded rows; `rows()` gives them once more with fresh keys.

    Columns hold text as `Field.value_to_string` gives it. Where a recorded key stands in another column (a
    foreign key, or the id of a subject as text), the fresh key takes its place there too.
    """

    def __init__(self, recorded: Sequence[Row]) -> None:
        self._rows = [[(each["name"], each["value"]) for each in row["columns"]] for row in recorded]
        columns = [each for row in recorded for each in row["columns"] if each["value"] is not None]
        self._unique = {each["value"] for each in columns if each["is_key"] or each["is_fresh"]}

    def rows(self) -> list[dict[str, str]]:
        """Column to value of each row, those without a value (NULL, or counted by the database) left out."""
        fresh = {value: _like(value) for value in self._unique}
        return [
            {name: fresh.get(value, value) for name, value in row if value is not None} for row in self._rows
        ]


def _like(value: str) -> str:
    """Another value of the same shape: a UUID for a UUID, else letters and digits of the same length."""
    if len(value) == 36 and value.count("-") == 4:
        return str(uuid4())
    return "".join(secrets.choice(LETTERS) for _ in value)

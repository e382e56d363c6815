"""CSV as RFC 4180 writes it, and as a spreadsheet may safely open it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

# OWASP, CSV injection: a cell that begins like this is read as a formula.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file that hands each written line back, so that a table of any length streams."""

    def write(self, text: str) -> str:
        return text


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The head, then each row, as lines; instants in ISO 8601, nothing that is read as a formula."""
    writer = csv.writer(_Line())
    yield writer.writerow(head)
    for row in rows:
        yield writer.writerow([cell(value) for value in row])


def cell(value: object) -> str:
    """One value as text; numbers and instants stay what they are."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text

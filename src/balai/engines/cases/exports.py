"""The register of an office as CSV: what an auditor or a spreadsheet asks for."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime

from balai.engines.cases.queries.register import COLUMNS

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file that hands each written line back, so that a register of any length streams."""

    def write(self, text: str) -> str:
        return text


def register_csv(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    """Lines of CSV (RFC 4180) with a header; instants in ISO 8601 UTC."""
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([_cell(row[column]) for column in COLUMNS])


def _cell(value: object) -> str:
    """Text as a spreadsheet may open it: nothing is read as a formula (OWASP, CSV injection)."""
    if isinstance(value, datetime):
        return value.isoformat()
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text

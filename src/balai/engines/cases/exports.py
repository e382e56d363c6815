"""The register of an office as CSV: what an auditor or a spreadsheet asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from balai.engines.cases.queries.register import COLUMNS
from balai.kernel.csv_lines import csv_lines


def register_csv(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    """Lines of CSV with a header; instants in ISO 8601 UTC."""
    return csv_lines(COLUMNS, ([row[column] for column in COLUMNS] for row in rows))

"""The outbox as CSV, without what was reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from balai.kernel.csv_lines import csv_lines
from balai.partners.lapor.models import HandOver

COLUMNS = (
    "reference",
    "our_reference",
    "way",
    "state",
    "outside_state",
    "tracking_number",
    "is_secret",
    "tries",
    "fault",
    "created_at",
    "sent_at",
    "stopped_at",
    "withdrawn_at",
)


def outbox_csv(rows: Iterable[HandOver]) -> Iterator[str]:
    """Lines of CSV with a header, for an outbox of any length."""
    return csv_lines(COLUMNS, ([getattr(row, name) for name in COLUMNS] for row in rows))

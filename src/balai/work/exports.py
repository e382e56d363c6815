"""The roster as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from balai import government
from balai.kernel.csv_lines import csv_lines
from balai.work.models import Duty

COLUMNS = ("office_code", "permission", "officer", "from_at", "to_at", "planned_by", "planned_at")


def duty_csv(duties: Iterable[Duty]) -> Iterator[str]:
    """Lines of CSV with a header; instants with the zone of the government."""
    return csv_lines(COLUMNS, map(_row, duties))


def _row(duty: Duty) -> tuple[object, ...]:
    zone = government.current().tzinfo
    return (
        duty.office_code,
        duty.permission,
        duty.officer.name,
        duty.from_at.astimezone(zone),
        duty.to_at.astimezone(zone),
        duty.planned_by,
        duty.planned_at.astimezone(zone),
    )

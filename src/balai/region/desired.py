"""Rows as the government's folder and the shipped holidays want them to be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from balai.government import Government
from balai.kernel.calendars import Interval
from balai.region.enums import HolidayKind
from balai.region.holiday_file import FreeDay, national_days


class HoursRow(NamedTuple):
    """One row of OfficeHours."""

    position: int
    office_code: str
    valid_from: date
    valid_to: date | None
    week: dict[str, list[str]]
    basis: str


def desired_hours(town: Government) -> list[HoursRow]:
    """Opening hours in the order of the file."""
    return [
        HoursRow(
            position,
            spec.office,
            spec.valid_from,
            spec.valid_to,
            {str(day): _texts(openings) for day, openings in spec.week.items()},
            spec.basis,
        )
        for position, spec in enumerate(town.office_hours)
    ]


def desired_free_days(town: Government) -> list[FreeDay]:
    """National days of the file shipped with the code, then the government's own."""
    local = (
        FreeDay(day.day, day.name, HolidayKind.LOCAL.value, False, day.basis, tuple(_texts(day.hours)))
        for day in town.local_days
    )
    return [*national_days(), *local]


def _texts(openings: Iterable[Interval]) -> list[str]:
    return [str(opening) for opening in openings]

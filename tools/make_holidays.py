"""Make src/balai/region/data/holidays.toml from the PyPI package `holidays` (a development tool).

    .venv/bin/python tools/make_holidays.py

National holidays are the package's category "public", joint leave (cuti bersama) is "government".
Dates that follow the moon and are not announced yet come marked by the package and are kept as
estimates; run this again when the joint ministerial decree (SKB 3 Menteri) of a year appears.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import holidays

TARGET = Path(__file__).resolve().parents[1] / "src" / "balai" / "region" / "data" / "holidays.toml"
YEARS = range(2024, 2029)
KIND_BY_CATEGORY = {"public": "national", "government": "joint_leave"}
ESTIMATE_MARK = " (perkiraan)"
HEADER = """\
# National holidays and joint leave of Indonesia, {first} to {last}.
# Made by tools/make_holidays.py from the PyPI package holidays {version} (MIT); do not edit by hand.
# is_estimate: follows the moon and was not announced when this was made; shown as "perkiraan".
basis = "SKB 3 Menteri, through PyPI holidays {version}"
"""
ENTRY = """
[[holiday]]
day = {day}
name = "{name}"
kind = "{kind}"
is_estimate = {estimate}
"""


class Day(NamedTuple):
    """One free day as it stands in the file."""

    day: str
    name: str
    kind: str
    is_estimate: bool


def days() -> list[Day]:
    """Every holiday of the years, sorted by day; a day with two feasts gives two entries."""
    found = []
    for category, kind in KIND_BY_CATEGORY.items():
        calendar = holidays.country_holidays("ID", years=YEARS, categories=(category,), language="id")
        for day, names in calendar.items():
            for name in names.split("; "):
                plain = name.removesuffix(ESTIMATE_MARK)
                found.append(Day(day.isoformat(), plain, kind, plain != name))
    return sorted(found)


def text() -> str:
    """The whole file."""
    header = HEADER.format(first=YEARS[0], last=YEARS[-1], version=holidays.__version__)
    entries = (
        ENTRY.format(day=day, name=name, kind=kind, estimate=str(is_estimate).lower())
        for day, name, kind, is_estimate in days()
    )
    return header + "".join(entries)


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
    print(f"{TARGET}: {len(days())} days, {sum(day.is_estimate for day in days())} of them estimates")

"""Loads any number of realistic reports as fast as the database takes them: COPY, or many rows at once."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from balai import government
from balai.bench.stages.reports_rows import COLUMNS, Kind, Maker, Rows, Village
from balai.catalogue.kinds.areas import government_areas
from balai.engines.reports import actions
from balai.engines.reports.queries import definitions
from balai.engines.reports.rules.categories import Category
from balai.region import queries as region
from balai.runtime import clock

BATCH = 5000
SEED = 20261130
BAR = 40
MANY = 200_000
"""From so many on PostgreSQL builds its indexes afterwards, as for a restored dump."""
# The middle of each village, thrown over a town of about 30 km.
_REACH = 0.14
_MIDDLE = (-8.09, 112.20)


def load(count: int) -> dict[str, Any]:
    """Load so many; how long it took, and how many rows that were."""
    began, written = time.monotonic(), 0
    maker = _maker()
    later = _without_indexes() if connection.vendor == "postgresql" and count >= MANY else []
    for done, rows in maker.batches(count, BATCH):
        with transaction.atomic():
            written += sum(_write(table, rows) for table in COLUMNS)
        _tell("loading", done, count)
    for number, statement in enumerate(later, start=1):
        _execute(statement)
        _tell("indexes", number, len(later))
    loaded = time.monotonic() - began
    _settle()
    return {
        "rows": written,
        "load_seconds": loaded,
        "count_seconds": time.monotonic() - began - loaded,
    }


def _settle() -> None:
    """What the town's worker does after a day's reports: months of the league, the map; then statistics."""
    while renewed := actions.renew_league(clock.now(), told=_tell_month):
        if renewed < 1000:
            break
    actions.count_map()
    for table in COLUMNS:
        _execute(f"ANALYZE {table}")


def _tell_month(done: int) -> None:
    """How many there are is not known before."""
    sys.stderr.write(f"\r    league   {done:,} lines")
    sys.stderr.flush()


def _maker() -> Maker:
    found = definitions.current()
    here = found.here
    villages = sorted(code for _district, areas in government_areas() for code, _name in areas)
    places = [_village(code, number) for number, code in enumerate(villages)]
    offices = {office.code for office in region.offices()}
    kinds = [_kind(each, offices) for each in found.offered.values()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM reports_report")
        taken = frozenset(number for (number,) in cursor.fetchall())
    zone = government.current().tzinfo
    return Maker(kinds, places, here.reception, clock.now(), zone, SEED, taken)


def _village(code: str, number: int) -> Village:
    """Spread evenly by the golden ratio: no two on one spot, the same at every run."""
    across, along = (number * 0.618034) % 1, (number * 0.754878) % 1
    return Village(
        code,
        _MIDDLE[0] + _REACH * (2 * across - 1),
        _MIDDLE[1] + _REACH * (2 * along - 1),
    )


def _kind(category: Category, offices: set[str]) -> Kind:
    here = definitions.current().here
    fitting = [
        route for route in here.route if category.handler in route.handlers and route.office in offices
    ]
    office = fitting[0].office if fitting else here.reception
    if category.kind == "whistle":
        office = here.inspectorate
    return Kind(
        category.slug,
        category.group,
        str(category.kind),
        category.title,
        office,
        category.secret,
        category.place == "point",
    )


def _write(table: str, rows: Rows) -> int:
    lines = rows[table]
    names = ", ".join(f'"{name}"' for name in COLUMNS[table])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            copy.write("".join("\t".join(map(_text, line)) + "\n" for line in lines))
    else:
        marks = ", ".join(["%s"] * len(COLUMNS[table]))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - our own table and columns
                [tuple(map(_plain, line)) for line in lines],
            )
    return len(lines)


def _text(value: Any) -> str:
    """A cell of COPY; no text of these rows holds a tab, a line break or a backslash."""
    if value is None:
        return "\\N"
    return value if isinstance(value, str) else str(value)


def _plain(value: Any) -> Any:
    """As SQLite's tables hold it."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return value.isoformat() if isinstance(value, date) else value


def _without_indexes() -> list[str]:
    """Drop the indexes that no constraint stands on; how to make them again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT IN "
            "(SELECT conname FROM pg_constraint)",
            [list(COLUMNS)],
        )
        found: Sequence[tuple[str, str]] = cursor.fetchall()
        kept = [each for each in found if " UNIQUE " not in each[1]]
        for name, _definition in kept:
            cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in kept]


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _tell(what: str, done: int, count: int) -> None:
    """A bar on the terminal that runs the measurement."""
    filled = BAR * done // max(1, count)
    end = "\n" if done >= count else ""
    sys.stderr.write(f"\r    {what:<8} [{'#' * filled}{'.' * (BAR - filled)}] {done:,}{end}")
    sys.stderr.flush()

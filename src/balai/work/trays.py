"""The one statement behind every box of the inbox: a merge of trays that reads what it shows.

An officer may serve one village or two hundred. `office IN (…) ORDER BY due_at LIMIT 25` makes both
databases read and sort everything that lies in those offices (100,000 rows) or walk all offices in due order
and throw away what is not hers. Instead, in one statement:

1. `heads`: the first item of each tray behind the cursor, one index seek a tray;
2. `nearest`: the trays whose first items come first. A page of n items can only come from the n trays with
   the n first heads, so the rest need not be looked at;
3. the first n of each of those trays, merged.

Cost: one seek for each tray plus at most n * n index rows, whether 10 items are open or 100,000.
Values go in as parameters; only column and state names from the closed list `SHELVES` are written into SQL.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import connection, models

from balai.work.enums import Box, ItemState
from balai.work.models import WorkItem


@dataclass(frozen=True)
class Shelf:
    """How a box is read: which state, sorted by what, and in which direction."""

    state: ItemState
    column: Literal["due_at", "closed_at"]
    newest_first: bool = False


SHELVES: dict[Box, Shelf] = {
    Box.TODO: Shelf(ItemState.OPEN, "due_at"),
    Box.SOON: Shelf(ItemState.OPEN, "due_at"),
    Box.LATE: Shelf(ItemState.OPEN, "due_at"),
    Box.WAITING: Shelf(ItemState.PAUSED, "due_at"),
    Box.DONE_TODAY: Shelf(ItemState.DONE, "closed_at", newest_first=True),
}


@dataclass(frozen=True)
class Span:
    """The instants that a box covers: from `since` (inclusive) until `until` (exclusive)."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Place:
    """Where a page ended: the sorting instant and the id of its last item."""

    at: datetime
    id: UUID


def page_of(
    trays: Sequence[str], shelf: Shelf, span: Span, *, after: Place | None, limit: int
) -> list[WorkItem]:
    """The first `limit` items of the trays within `span` behind `after`, in the shelf's order."""
    condition, values = _condition(shelf, span, after)
    order = _order(shelf)
    # Only names from SHELVES are interpolated.
    sql = f"""
        WITH tray(name) AS ({_unpack()}),
        heads AS (
            SELECT tray.name AS name, (
                SELECT i.id FROM work_workitem i WHERE i.tray = tray.name AND {condition}
                ORDER BY {order} LIMIT 1
            ) AS id FROM tray
        ),
        nearest AS (
            SELECT heads.name AS name FROM heads {_then()} work_workitem i ON i.id = heads.id
            ORDER BY {order} LIMIT %s
        )
        SELECT i.* FROM nearest {_first_of_each(condition, order)} ORDER BY {order} LIMIT %s
    """  # noqa: S608 - names of our own, values as parameters
    parameters = [json.dumps(list(trays)), *values, limit, *values, limit, limit]
    return list(WorkItem.objects.raw(sql, parameters))


def counts_of(trays: Sequence[str], boxes: Sequence[tuple[Shelf, Span]], *, limit: int) -> list[int]:
    """How many items each box holds, counted no further than `limit`; one statement for all boxes."""
    parts: list[str] = []
    parameters: list[Any] = [json.dumps(list(trays))]
    for shelf, span in boxes:
        condition, values = _condition(shelf, span, None)
        source, limits = _all_of_each(condition, _order(shelf))
        parts.append(f"(SELECT COUNT(*) FROM (SELECT 1 FROM tray {source} LIMIT %s) AS counted)")  # noqa: S608 - names of our own, values as parameters
        parameters += [*values, *[limit] * limits]
    # Materialised, the trays look like any table and SQLite reads all items to filter them (bloom filter).
    sql = f"WITH tray(name) AS NOT MATERIALIZED ({_unpack()}) SELECT {', '.join(parts)}"
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row = cursor.fetchone()
    return [int(number) for number in row]


def _unpack() -> str:
    """A list of trays as rows, from one parameter whatever their number."""
    if connection.vendor == "postgresql":
        return "SELECT json_array_elements_text(CAST(%s AS json))"
    return "SELECT value FROM json_each(%s)"


def _then() -> str:
    """A join in the order written, which SQLite keeps for CROSS JOIN only.

    Left to its statistics it walked the one full tray for an officer whose own trays were empty (4 s).
    """
    return "JOIN" if connection.vendor == "postgresql" else "CROSS JOIN"


def _first_of_each(condition: str, order: str) -> str:
    """Join the first items of each nearest tray, as `i`.

    PostgreSQL needs it said as LATERAL (0.1 s otherwise), which SQLite lacks.
    """
    if connection.vendor == "postgresql":
        return f"""CROSS JOIN LATERAL (
            SELECT i.* FROM work_workitem i WHERE i.tray = nearest.name AND {condition}
            ORDER BY {order} LIMIT %s
        ) i"""  # noqa: S608 - names of our own, values as parameters
    inner = condition.replace("i.", "j.")
    return f"""{_then()} work_workitem i ON i.id IN (
            SELECT j.id FROM work_workitem j WHERE j.tray = nearest.name AND {inner}
            ORDER BY {order.replace("i.", "j.")} LIMIT %s
        )"""  # noqa: S608 - names of our own, values as parameters


def _all_of_each(condition: str, order: str) -> tuple[str, int]:
    """Join the items of each tray, as `i`, so that a count stops at its limit; and how many limits it takes.

    On PostgreSQL the inner LIMIT keeps it from hashing the whole table (50 ms), and the inner ORDER BY from
    reading all of it for each empty tray where one tray holds nearly everything (45 s).
    """
    if connection.vendor == "postgresql":
        found = (
            f"SELECT 1 FROM work_workitem i WHERE i.tray = tray.name AND {condition}"  # noqa: S608 - names of our own, values as parameters
            f" ORDER BY {order} LIMIT %s"
        )
        return f"CROSS JOIN LATERAL ({found}) i", 2
    return f"{_then()} work_workitem i ON i.tray = tray.name WHERE {condition}", 1


def _order(shelf: Shelf) -> str:
    """The order of a shelf, over alias `i`; the order of its index."""
    way = "DESC" if shelf.newest_first else "ASC"
    return f"i.{shelf.column} {way}, i.id {way}"


def _condition(shelf: Shelf, span: Span, after: Place | None) -> tuple[str, list[Any]]:
    """SQL over alias `i` that the index of the shelf's column answers, and its values."""
    parts = [f"i.state = '{shelf.state.value}'"]
    values: list[Any] = []
    for sign, instant in ((">=", span.since), ("<", span.until)):
        if instant is not None:
            parts.append(f"i.{shelf.column} {sign} %s")
            values.append(_stored("due_at", instant))
    if after is not None:
        parts.append(f"(i.{shelf.column}, i.id) {'<' if shelf.newest_first else '>'} (%s, %s)")
        values += [_stored("due_at", after.at), _stored("id", after.id)]
    return " AND ".join(parts), values


def _stored(name: str, value: Any) -> Any:
    """A value as the database at hand stores it (SQLite keeps instants and UUIDs as text)."""
    column = WorkItem._meta.get_field(name)
    assert isinstance(column, models.Field)  # noqa: S101 - narrows the type
    return column.get_db_prep_value(value, connection)

"""SQL written by hand for the few statements that every request or every application pays for.

The ORM makes such a statement anew each time, which costs five to ten times what the database needs for it.
Here the text is written once, and values still pass through the fields they belong to. Not for anything that
joins, branches, or reads whole rows: that is what the ORM is for.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model


class Statement:
    """One statement over one model's table: `{table}` in its text, `%s` for each column named, in order.

    None in place of a column is a plain number.

    find = Statement(Session, "SELECT session_data FROM {table} WHERE session_key = %s", "session_key")
    """

    def __init__(self, model: type[Model], sql: str, *columns: str | None) -> None:
        self._text = sql.format(table=model._meta.db_table)
        self._fields: list[Any] = [name and model._meta.get_field(name) for name in columns]

    def first(self, *values: Any) -> tuple[Any, ...] | None:
        """Run it; the first row as the database gives it, or None."""
        with connection.cursor() as cursor:
            self._run(cursor, values)
            found: tuple[Any, ...] | None = cursor.fetchone()
            return found

    def change(self, *values: Any) -> int:
        """Run it; how many rows it changed."""
        with connection.cursor() as cursor:
            self._run(cursor, values)
            return int(cursor.rowcount)

    def _run(self, cursor: CursorWrapper, values: tuple[Any, ...]) -> None:
        given = zip(self._fields, values, strict=True)
        cursor.execute(
            self._text,
            [field.get_db_prep_value(value, connection) if field else value for field, value in given],
        )

"""SQL written by hand for the few statements that every request, every application or every letter pays for.

The ORM makes such a statement anew each time, which costs five to ten times what the database needs for it.
Here the text is written once, and values still pass through the fields they belong to. Not for anything that
joins or branches: that is what the ORM is for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, connection, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

M = TypeVar("M", bound=Model)


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

    def all(self, *values: Any) -> list[tuple[Any, ...]]:
        """Run it; every row as the database gives it."""
        with connection.cursor() as cursor:
            self._run(cursor, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
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


class Rows(Generic[M]):
    """Whole rows of one model where a condition holds, with `%s` for each column named, in order.

    due = Rows(Job, "name = %s AND run_at <= %s ORDER BY id", "name", "run_at")
    """

    def __init__(self, model: type[M], condition: str, *columns: str) -> None:
        self.model = model
        self._names = [field.attname for field in model._meta.concrete_fields]
        own = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        self._find = Statement(model, f'SELECT {own} FROM "{{table}}" WHERE {condition}', *columns)  # noqa: S608 - our own names
        self._lock = Statement(
            model,
            f'SELECT {own} FROM "{{table}}" WHERE {condition} FOR NO KEY UPDATE OF "{{table}}"',  # noqa: S608 - as above
            *columns,
        )
        self._here = threading.local()  # a thread has its connection, and this what it converts values with

    def read(self, *values: Any) -> list[M]:
        """The rows as they are now."""
        return [self._made(row) for row in self._find.all(*values)]

    def lock(self, *values: Any) -> list[M]:
        """The rows, locked until the transaction ends, but for whoever only points at them.

        For `runtime.transaction.lock`, which sees to the order. On SQLite the writer is alone anyway.
        """
        if not connection.features.has_select_for_no_key_update:
            return self.read(*values)
        return [self._made(row) for row in self._lock.all(*values)]

    def _made(self, row: tuple[Any, ...]) -> M:
        values = list(row)
        for place, convert, column in self._converters_here():
            values[place] = convert(values[place], column, connection)
        return self.model.from_db(connection.alias, self._names, values)

    def _converters_here(self) -> list[tuple[int, Callable[..., Any], Any]]:
        known: list[tuple[int, Callable[..., Any], Any]] | None = getattr(self._here, "converters", None)
        if known is None:
            table = self.model._meta.db_table
            columns = [field.get_col(table) for field in self.model._meta.concrete_fields]
            here = connections[connection.alias]
            known = self._here.converters = [
                (place, convert, column)
                for place, column in enumerate(columns)
                for convert in [*here.ops.get_db_converters(column), *column.get_db_converters(here)]
            ]
        return known


@lru_cache(maxsize=128)
def by_key(model: type[M]) -> Rows[M]:
    """The row of a model with one key: `by_key(Letter).read(id)`."""
    key = model._meta.pk
    return Rows(model, f'"{key.column}" = %s', key.name)


def save(row: Model, *names: str) -> None:
    """Write these fields of a row that is there: what `row.save(update_fields=names)` does with plain values.

    No signals are sent and no expressions taken. Raises DatabaseError when the row is gone.
    """
    statement, fields = _saving(type(row), names)
    values = [field.pre_save(row, add=False) for field in fields]
    if statement.change(*values, row.pk) != 1:
        raise DatabaseError(f"{row._meta.label} {row.pk} is gone")


@lru_cache(maxsize=128)
def _saving(model: type[Model], names: tuple[str, ...]) -> tuple[Statement, list[Any]]:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    own = ", ".join(f'"{field.column}" = %s' for field in fields)
    key = model._meta.pk
    text = f'UPDATE "{{table}}" SET {own} WHERE "{key.column}" = %s'  # noqa: S608 - our own names
    return Statement(model, text, *names, key.name), fields


def add(row: Model) -> None:
    """Insert a row whose key the database counts, and give it that key; no signals, no expressions."""
    key = row._meta.pk
    names = tuple(field.name for field in row._meta.concrete_fields if field is not key)
    made = _adding(type(row), names, f'RETURNING "{key.column}"').first(*_values(row, names))
    assert made is not None  # noqa: S101 - an INSERT with RETURNING that did not raise
    row.pk = made[0]
    _is_kept(row)


def add_if_new(row: Model) -> bool:
    """Insert a row that brings its key, unless there is one in its place: False then, and nothing happens."""
    names = tuple(field.name for field in row._meta.concrete_fields)
    if not _adding(type(row), names, "ON CONFLICT DO NOTHING").change(*_values(row, names)):
        return False
    _is_kept(row)
    return True


@lru_cache(maxsize=64)
def _adding(model: type[Model], names: tuple[str, ...], ending: str) -> Statement:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    own = ", ".join(f'"{field.column}"' for field in fields)
    given = ", ".join(["%s"] * len(names))
    text = f'INSERT INTO "{{table}}" ({own}) VALUES ({given}) {ending}'  # noqa: S608 - our own names
    return Statement(model, text, *names)


def _values(row: Model, names: tuple[str, ...]) -> list[Any]:
    fields: list[Any] = [row._meta.get_field(name) for name in names]
    return [field.pre_save(row, add=True) for field in fields]


def _is_kept(row: Model) -> None:
    row._state.adding, row._state.db = False, connection.alias

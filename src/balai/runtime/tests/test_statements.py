"""Statements written by hand pass their values through the fields they belong to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from balai.runtime import clock, memory
from balai.runtime.memory import Remembered
from balai.runtime.models import PeriodicRun
from balai.runtime.statements import Statement

FIND = Statement(
    PeriodicRun, "SELECT name FROM {table} WHERE name = %s AND next_at > %s LIMIT %s", "name", "next_at", None
)
FORGET = Statement(PeriodicRun, "DELETE FROM {table} WHERE next_at <= %s", "next_at")


@pytest.mark.django_db
def test_an_instant_is_compared_as_the_column_keeps_it() -> None:
    now = clock.now()
    PeriodicRun.objects.create(name="x", next_at=now)
    assert FIND.first("x", now, 1) is None
    assert FIND.first("x", now - timedelta(microseconds=1), 1) == ("x",)


@pytest.mark.django_db
def test_change_says_how_many_rows_it_changed() -> None:
    now = clock.now()
    PeriodicRun.objects.bulk_create(
        [PeriodicRun(name=name, next_at=now + timedelta(days=day)) for day, name in enumerate("abc")]
    )
    assert (FORGET.change(now + timedelta(days=1)), FORGET.change(now)) == (2, 0)


def test_what_is_remembered_is_forgotten_together() -> None:
    one: Remembered[str, int] = Remembered()
    other: Remembered[int, str] = Remembered()
    one.keep("a", 1)
    other.keep(1, "a")
    assert (one.get("a"), other.get(1)) == (1, "a")
    memory.forget_everything()
    assert (one.get("a"), other.get(1)) == (None, None)


def test_memory_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "LARGEST", 2)
    kept: Remembered[int, int] = Remembered()
    for number in range(5):
        kept.keep(number, number)
    assert [kept.get(number) for number in range(5)] == [None, None, None, None, 4]

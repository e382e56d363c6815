"""Statements written by hand pass their values through the fields they belong to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, models

from balai.runtime import clock, memory
from balai.runtime.memory import Remembered
from balai.runtime.models import Job, PeriodicRun
from balai.runtime.statements import Rows, Statement, add, add_if_new, by_key, save

FIND = Statement(
    PeriodicRun, "SELECT name FROM {table} WHERE name = %s AND next_at > %s LIMIT %s", "name", "next_at", None
)
FORGET = Statement(PeriodicRun, "DELETE FROM {table} WHERE next_at <= %s", "next_at")
DUE = Rows(Job, "name = %s AND run_at <= %s ORDER BY id DESC", "name", "run_at")


def job(**facts: Any) -> Job:
    """A job that is not kept yet."""
    now = clock.now()
    return Job(**{"name": "x", "payload": "{}", "run_at": now, "created_at": now} | facts)


def facts_of(row: models.Model | None) -> dict[str, Any]:
    """Every column's value."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} if row else {}


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


@pytest.mark.django_db
def test_rows_are_what_the_orm_reads_in_their_own_order() -> None:
    kept = [job(key=key) for key in "ab"]
    later = job(key="c", run_at=clock.now() + timedelta(days=1))
    Job.objects.bulk_create([*kept, later, job(name="y")])
    found = DUE.read("x", clock.now())
    assert [facts_of(each) for each in found] == [
        facts_of(each) for each in Job.objects.filter(key__in="ab").order_by("-pk")
    ]
    assert [each._state.adding for each in found] == [False, False]


@pytest.mark.django_db
def test_saving_writes_the_fields_that_it_names_and_no_other() -> None:
    row = job(key="a")
    row.save()
    row.again, row.attempts, row.key = True, 7, "b"
    save(row, "again", "attempts")
    [fresh] = by_key(Job).read(row.pk)
    assert (fresh.again, fresh.attempts, fresh.key) == (True, 7, "a")
    assert facts_of(fresh) == facts_of(Job.objects.get())


@pytest.mark.django_db
def test_saving_a_row_that_is_gone_is_refused() -> None:
    row = job()
    row.save()
    Job.objects.all().delete()
    with pytest.raises(DatabaseError, match="is gone"):
        save(row, "attempts")


@pytest.mark.django_db
def test_added_row_has_the_key_that_the_database_counted() -> None:
    row = job(key="a")
    add(row)
    assert (facts_of(row), row._state.adding) == (facts_of(Job.objects.get()), False)


@pytest.mark.django_db
def test_row_is_added_once() -> None:
    now = clock.now()
    first = add_if_new(PeriodicRun(name="x", next_at=now))
    second = add_if_new(PeriodicRun(name="x", next_at=now + timedelta(days=1)))
    assert (first, second, PeriodicRun.objects.get().next_at) == (True, False, now)


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

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection

from balai.runtime import clock, transaction
from balai.runtime.errors import CitizenError, NotFound
from balai.runtime.models import Job, PeriodicRun
from balai.runtime.statements import Rows
from balai.runtime.transaction import LOCK_ORDER, after_commit, lock, write_transaction

pytestmark = pytest.mark.django_db
NAMED = Rows(PeriodicRun, "name >= %s ORDER BY name DESC", "name")


def plan(name: str) -> PeriodicRun:
    return PeriodicRun.objects.create(name=name, next_at=clock.now())


def plans() -> list[str]:
    return sorted(PeriodicRun.objects.values_list("name", flat=True))


@pytest.fixture
def lockable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own rows take part in the order of locks for these tests: plans before jobs."""
    monkeypatch.setattr(transaction, "LOCK_ORDER", ("periodicrun", "job", *LOCK_ORDER))


def test_action_keeps_all_its_rows() -> None:
    @write_transaction
    def act() -> str:
        plan("a")
        plan("b")
        return "done"

    assert act() == "done"
    assert plans() == ["a", "b"]


def test_action_that_raises_keeps_none_of_its_rows() -> None:
    @write_transaction
    def act() -> None:
        plan("a")
        raise CitizenError("t.refused")

    with pytest.raises(CitizenError):
        act()
    assert plans() == []


def test_joined_action_opens_no_savepoint(django_assert_num_queries) -> None:
    @write_transaction
    def inner(name: str) -> None:
        plan(name)

    @write_transaction
    def outer() -> None:
        inner("a")
        inner("b")

    # Under the test's own transaction the outermost one is a savepoint: opened and released.
    with django_assert_num_queries(4):
        outer()


def test_joined_action_that_raises_dooms_the_outer_even_when_caught() -> None:
    @write_transaction
    def inner() -> None:
        plan("half")
        raise CitizenError("t.refused")

    @write_transaction
    def outer() -> None:
        plan("other")
        try:
            inner()
        except CitizenError:
            return

    outer()
    assert plans() == []


def test_transaction_is_closed_after_an_error() -> None:
    @write_transaction
    def act() -> None:
        raise CitizenError("t.refused")

    with pytest.raises(CitizenError):
        act()
    assert transaction.is_open() is False


def test_context_manager_joins_like_the_decorator() -> None:
    with write_transaction(), write_transaction():
        plan("a")
        assert transaction.is_open() is True
    assert plans() == ["a"]
    assert transaction.is_open() is False


def test_joined_action_whose_lock_is_not_declared_is_refused() -> None:
    @write_transaction(locks="case")
    def inner() -> None:
        raise AssertionError("must not run")

    @write_transaction(locks="series")
    def outer() -> None:
        inner()

    with pytest.raises(ProgrammingError, match=r"locks=\('case', 'series'\)"):
        outer()


def test_joined_action_whose_lock_is_declared_runs() -> None:
    @write_transaction(locks="case")
    def inner() -> str:
        return "ran"

    with write_transaction(locks=("case", "series")):
        assert inner() == "ran"


def test_lock_of_unknown_name_is_refused_when_declared() -> None:
    with pytest.raises(ProgrammingError, match="LOCK_ORDER"):
        write_transaction(locks="teapot")


@pytest.mark.usefixtures("lockable")
def test_lock_returns_the_row_as_it_is_now() -> None:
    stale = plan("a")
    later = clock.now()
    PeriodicRun.objects.update(next_at=later)
    with write_transaction(locks="periodicrun"):
        fresh = lock(stale)
    assert fresh.next_at == later


@pytest.mark.usefixtures("lockable")
def test_lock_of_a_queryset_returns_rows_in_order_of_keys() -> None:
    plan("b")
    plan("a")
    with write_transaction(locks="periodicrun"):
        rows = lock(PeriodicRun.objects.order_by("-name"))
    assert [row.name for row in rows] == ["a", "b"]


@pytest.mark.usefixtures("lockable")
def test_rows_found_by_hand_are_locked_like_any_other(django_assert_num_queries) -> None:
    for name in "abc":
        plan(name)
    with write_transaction(locks="periodicrun"), django_assert_num_queries(1) as queries:
        assert [row.name for row in lock(NAMED, "b")] == ["c", "b"]
    is_locking = queries.captured_queries[0]["sql"].endswith('FOR NO KEY UPDATE OF "runtime_periodicrun"')
    assert is_locking is (connection.vendor == "postgresql")


@pytest.mark.usefixtures("lockable")
def test_rows_found_by_hand_are_declared_and_in_order() -> None:
    with write_transaction(locks="job"), pytest.raises(ProgrammingError, match="not declared"):
        lock(NAMED, "b")
    job = Job.objects.create(name="a", run_at=clock.now(), created_at=clock.now())
    with write_transaction(locks=("job", "periodicrun")), pytest.raises(ProgrammingError, match="before"):
        lock(job)
        lock(NAMED, "b")


@pytest.mark.usefixtures("lockable")
def test_lock_of_a_row_that_is_gone_is_not_found() -> None:
    gone = plan("a")
    PeriodicRun.objects.all().delete()
    with pytest.raises(NotFound), write_transaction(locks="periodicrun"):
        lock(gone)


@pytest.mark.usefixtures("lockable")
def test_lock_locks_the_row_on_postgresql_only(django_assert_num_queries) -> None:
    row = plan("a")
    with write_transaction(locks="periodicrun"), django_assert_num_queries(1) as queries:
        lock(row)
    is_locking = queries.captured_queries[0]["sql"].endswith('FOR NO KEY UPDATE OF "runtime_periodicrun"')
    assert is_locking is (connection.vendor == "postgresql")


@pytest.mark.usefixtures("lockable")
def test_lock_outside_a_transaction_or_undeclared_is_refused() -> None:
    row = plan("a")
    with pytest.raises(ProgrammingError, match="outside"):
        lock(row)
    with pytest.raises(ProgrammingError, match="not declared"), write_transaction(locks="job"):
        lock(row)


@pytest.mark.usefixtures("lockable")
def test_locks_out_of_order_are_refused() -> None:
    row = plan("a")
    with pytest.raises(ProgrammingError, match="before"), write_transaction(locks=("job", "periodicrun")):
        lock(Job.objects.all())
        lock(row)


@pytest.mark.usefixtures("lockable")
def test_lock_held_already_may_be_taken_again() -> None:
    row = plan("a")
    with write_transaction(locks=("job", "periodicrun")):
        lock(row)
        lock(Job.objects.all())
        assert lock(row) == row


def test_after_commit_runs_once_when_committed(django_capture_on_commit_callbacks) -> None:
    told: list[str] = []
    with django_capture_on_commit_callbacks(execute=True), write_transaction():
        after_commit(lambda: told.append("committed"))
        assert told == []
    assert told == ["committed"]


@pytest.mark.django_db(transaction=True)
def test_after_commit_does_not_run_when_rolled_back() -> None:
    told: list[str] = []
    with pytest.raises(CitizenError), write_transaction():
        after_commit(lambda: told.append("committed"))
        raise CitizenError("t.refused")
    assert told == []


@pytest.mark.django_db(transaction=True)
def test_outermost_inside_a_stray_atomic_is_refused() -> None:
    from django.db.transaction import atomic  # noqa: PLC0415 (what our code must not use)

    with pytest.raises(RuntimeError, match="durable"), atomic(), write_transaction():
        raise AssertionError("must not run")

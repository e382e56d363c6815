from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.runtime.errors import CitizenError
from balai.runtime.jobs import enqueue, job, periodic, queue, registry, run_due, running, schedule
from balai.runtime.models import Job, JobState, PeriodicRun
from balai.runtime.transaction import write_transaction

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def ran() -> Iterator[list[dict[str, object]]]:
    """Payloads that reached the handler of "t.note", in order."""
    calls: list[dict[str, object]] = []

    @job("t.note")
    def note(**payload: object) -> None:
        calls.append(payload)

    yield calls
    registry.unregister("t.note")


@pytest.fixture
def failing() -> Iterator[None]:
    @job("t.fail", most_attempts=3)
    def fail(**payload: object) -> None:
        raise RuntimeError("no mail server for 081234567801 of 3505105708950001")

    yield
    registry.unregister("t.fail")


def test_job_runs_with_its_payload_and_its_row_goes(ran: list[dict[str, object]], run_jobs: Callable) -> None:
    case = UUID("019aa6f2-0000-7000-8000-000000000001")
    enqueue("t.note", case_id=case, round=2, late=False, note=None)
    assert run_jobs() == 1
    assert ran == [{"case_id": str(case), "round": 2, "late": False, "note": None}]
    assert Job.objects.count() == 0


def test_job_of_a_failed_action_does_not_exist(ran: list[dict[str, object]]) -> None:
    with pytest.raises(CitizenError), write_transaction():
        enqueue("t.note")
        raise CitizenError("t.refused")
    assert Job.objects.count() == 0


def test_job_with_a_later_time_waits(
    ran: list[dict[str, object]], run_jobs: Callable, frozen_clock: Callable
) -> None:
    clock = frozen_clock(NINE)
    enqueue("t.note", run_at=NINE + timedelta(hours=1))
    assert run_jobs() == 0
    clock.move(hours=1)
    assert run_jobs() == 1


def test_jobs_run_in_the_order_they_are_due(
    ran: list[dict[str, object]], run_jobs: Callable, frozen_clock: Callable
) -> None:
    clock = frozen_clock(NINE)
    for minutes in (3, 1, 2):
        enqueue("t.note", run_at=NINE + timedelta(minutes=minutes), minute=minutes)
    clock.move(hours=1)
    run_jobs()
    assert ran == [{"minute": 1}, {"minute": 2}, {"minute": 3}]


def test_same_key_makes_one_row_until_it_is_finished(
    ran: list[dict[str, object]], run_jobs: Callable
) -> None:
    enqueue("t.note", key="case-1", n=1)
    enqueue("t.note", key="case-1", n=2)
    enqueue("t.note", key="case-2", n=3)
    assert run_jobs() == 2
    enqueue("t.note", key="case-1", n=4)
    assert run_jobs() == 1
    assert ran == [{"n": 1}, {"n": 3}, {"n": 4}]


def test_empty_key_never_merges(ran: list[dict[str, object]]) -> None:
    enqueue("t.note")
    enqueue("t.note")
    assert Job.objects.count() == 2


def test_same_key_sooner_brings_the_job_forward(ran: list[dict[str, object]], frozen_clock: Callable) -> None:
    frozen_clock(NINE)
    enqueue("t.note", key="k", run_at=NINE + timedelta(hours=2))
    enqueue("t.note", key="k", run_at=NINE + timedelta(hours=1))
    enqueue("t.note", key="k", run_at=NINE + timedelta(hours=3))
    assert Job.objects.get().run_at == NINE + timedelta(hours=1)


def test_key_enqueued_while_a_worker_holds_it_runs_once_more(
    ran: list[dict[str, object]], run_jobs: Callable
) -> None:
    enqueue("t.note", key="k")
    held = queue.claim(lease_seconds=30)
    assert held is not None
    enqueue("t.note", key="k")
    enqueue("t.note", key="k")
    assert Job.objects.count() == 1
    running.run(held)
    assert run_jobs() == 1
    assert len(ran) == 2
    assert Job.objects.count() == 0


@pytest.mark.parametrize("value", [1.5, NINE, ["a"], b"a"])
def test_payload_of_other_types_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="plain id"):
        enqueue("t.note", value=value)


@pytest.mark.parametrize("value", ["3505105708950001", "Siti 081234567801"])
def test_payload_with_personal_identifiers_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="NIK or a phone number"):
        enqueue("t.note", value=value)


def test_claimed_job_is_invisible_until_its_lease_ends(
    ran: list[dict[str, object]], frozen_clock: Callable
) -> None:
    clock = frozen_clock(NINE)
    enqueue("t.note")
    first = queue.claim(lease_seconds=30)
    assert first is not None
    assert queue.claim(lease_seconds=30) is None
    clock.move(seconds=30)
    second = queue.claim(lease_seconds=30)
    assert second is not None
    assert (second.pk, second.attempts) == (first.pk, 2)


def test_worker_that_lost_its_lease_changes_nothing(
    ran: list[dict[str, object]], frozen_clock: Callable
) -> None:
    clock = frozen_clock(NINE)
    enqueue("t.note")
    slow = queue.claim(lease_seconds=30)
    clock.move(seconds=30)
    queue.claim(lease_seconds=30)
    assert slow is not None
    assert queue.prolong(slow, lease_seconds=30) is False
    assert queue.finish(slow) is False
    queue.put_back(slow, error="late", most_attempts=1)
    row = Job.objects.get()
    assert (row.state, row.attempts, row.last_error) == (JobState.WAITING, 2, "")


def test_prolonged_lease_holds_longer(ran: list[dict[str, object]], frozen_clock: Callable) -> None:
    clock = frozen_clock(NINE)
    enqueue("t.note")
    held = queue.claim(lease_seconds=30)
    assert held is not None
    clock.move(seconds=20)
    assert queue.prolong(held, lease_seconds=30) is True
    clock.move(seconds=20)
    assert queue.claim(lease_seconds=30) is None


@pytest.mark.usefixtures("failing")
def test_failed_job_comes_back_later_and_later_then_is_dead(frozen_clock: Callable) -> None:
    clock = frozen_clock(NINE)
    enqueue("t.fail", key="k")
    seen = []
    for _attempt in range(3):
        assert run_due() == 1
        row = Job.objects.get()
        seen.append((row.state, (row.run_at - clock.at).total_seconds()))
        clock.set(row.run_at)
    assert seen[:2] == [("waiting", 5.0), ("waiting", 10.0)]
    assert seen[2][0] == "dead"
    clock.move(days=30)
    assert run_due() == 0


@pytest.mark.usefixtures("failing")
def test_note_of_a_failure_holds_no_personal_identifier(caplog: pytest.LogCaptureFixture) -> None:
    enqueue("t.fail")
    run_due()
    assert Job.objects.get().last_error == "RuntimeError: no mail server for [telepon] of [16 angka]"
    assert "t.fail" in caplog.records[0].getMessage()


@pytest.mark.usefixtures("failing")
def test_fixture_raises_what_a_handler_raises(run_jobs: Callable) -> None:
    enqueue("t.fail")
    with pytest.raises(RuntimeError):
        run_jobs()


@pytest.mark.usefixtures("failing")
def test_dead_job_does_not_block_its_key_and_can_be_revived(frozen_clock: Callable) -> None:
    frozen_clock(NINE)
    enqueue("t.fail", key="k")
    Job.objects.update(state=JobState.DEAD, attempts=3)
    enqueue("t.fail", key="k")
    assert Job.objects.count() == 2
    assert queue.revive() == 0  # its key is owed already
    Job.objects.filter(state=JobState.WAITING).delete()
    assert queue.revive() == 1
    assert Job.objects.get().attempts == 0


def test_job_owed_anew_during_its_last_attempt_is_not_buried_with_it(frozen_clock: Callable) -> None:
    frozen_clock(NINE)
    enqueue("t.note", key="k")
    Job.objects.update(attempts=registry.MOST_ATTEMPTS - 1)
    held = queue.claim(lease_seconds=30)
    assert held is not None
    enqueue("t.note", key="k")
    assert queue.put_back(held, error="broken", most_attempts=registry.MOST_ATTEMPTS) is False
    row = Job.objects.get()
    assert (row.state, row.attempts, row.lease, row.again) == (JobState.WAITING, 0, "", False)


def test_dead_job_tells_whom_it_concerns(frozen_clock: Callable) -> None:
    told: list[str] = []

    @job("t.last", most_attempts=1, when_dead=lambda letter_id: told.append(letter_id))
    def last(letter_id: str) -> None:
        raise RuntimeError("broken")

    enqueue("t.last", letter_id="7")
    run_due()
    registry.unregister("t.last")
    assert told == ["7"]


def test_job_that_kills_its_worker_every_time_is_dead_in_the_end(
    ran: list[dict[str, object]], frozen_clock: Callable
) -> None:
    clock = frozen_clock(NINE)
    enqueue("t.note")
    for _death in range(registry.MOST_ATTEMPTS):
        assert queue.claim(lease_seconds=30) is not None
        clock.move(seconds=30)
    assert run_due() == 1
    assert ran == []
    assert Job.objects.get().state == JobState.DEAD


def test_job_in_transaction_keeps_its_row_when_it_fails(frozen_clock: Callable) -> None:
    frozen_clock(NINE)

    @job("t.once", in_transaction=True)
    def once() -> None:
        PeriodicRun.objects.create(name="effect", next_at=NINE)
        raise RuntimeError("broken")

    enqueue("t.once")
    run_due()
    registry.unregister("t.once")
    assert PeriodicRun.objects.count() == 0
    assert Job.objects.get().attempts == 1


def test_job_in_transaction_that_lost_its_lease_is_undone(frozen_clock: Callable) -> None:
    clock = frozen_clock(NINE)

    @job("t.once", in_transaction=True)
    def once() -> None:
        PeriodicRun.objects.create(name="effect", next_at=NINE)

    enqueue("t.once")
    slow = queue.claim(lease_seconds=30)
    clock.move(seconds=30)
    quick = queue.claim(lease_seconds=30)
    assert slow is not None
    assert quick is not None
    assert running.run(slow) is False
    assert running.run(quick) is True
    registry.unregister("t.once")
    assert PeriodicRun.objects.count() == 1
    assert Job.objects.count() == 0


def test_job_of_an_unknown_name_waits_for_a_worker_that_knows_it(frozen_clock: Callable) -> None:
    frozen_clock(NINE)
    enqueue("t.of_the_next_version")
    run_due()
    row = Job.objects.get()
    assert (row.state, row.last_error) == (JobState.WAITING, "JobUnknown: t.of_the_next_version")


def test_name_registered_twice_is_refused(ran: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError, match="twice"):

        @job("t.note")
        def another() -> None: ...


def test_enqueue_costs_one_query_and_an_idle_look_one(
    ran: list[dict[str, object]], django_assert_num_queries: Callable
) -> None:
    with django_assert_num_queries(1):
        assert queue.claim(lease_seconds=30) is None
    with django_assert_num_queries(1):
        enqueue("t.note", key="k", case_id=1)


@pytest.fixture
def every_minute() -> Iterator[list[int]]:
    calls: list[int] = []

    @periodic("t.every", seconds=60)
    def every() -> None:
        calls.append(1)

    others = dict(registry._registry.periodic)
    registry._registry.periodic = {"t.every": others["t.every"]}
    yield calls
    registry._registry.periodic = others
    registry.unregister("t.every")


def test_periodic_job_runs_at_once_then_every_step(
    every_minute: list[int], run_jobs: Callable, frozen_clock: Callable
) -> None:
    clock = frozen_clock(NINE)
    assert schedule.enqueue_due() == NINE + timedelta(seconds=60)
    assert run_jobs() == 1
    clock.move(seconds=59)
    schedule.enqueue_due()
    assert run_jobs() == 0
    clock.move(seconds=1)
    assert schedule.enqueue_due() == NINE + timedelta(seconds=120)
    assert run_jobs() == 1


def test_periodic_job_missed_while_stopped_runs_once_at_the_start(
    every_minute: list[int], run_jobs: Callable, frozen_clock: Callable
) -> None:
    clock = frozen_clock(NINE)
    schedule.enqueue_due()
    run_jobs()
    clock.move(hours=9, seconds=30)
    assert schedule.enqueue_due() == NINE + timedelta(hours=9, seconds=60)
    assert run_jobs() == 1
    assert len(every_minute) == 2


def test_periodic_job_is_enqueued_by_one_of_several_workers(
    every_minute: list[int], frozen_clock: Callable
) -> None:
    frozen_clock(NINE)
    schedule.enqueue_due()
    Job.objects.all().delete()
    plan = registry.periodic_jobs()[0]
    schedule._move(plan, NINE, NINE + timedelta(seconds=60), is_due=True)  # a worker that read the old plan
    assert Job.objects.count() == 0


def test_shorter_step_takes_effect_at_once(every_minute: list[int], frozen_clock: Callable) -> None:
    frozen_clock(NINE)
    PeriodicRun.objects.create(name="t.every", next_at=NINE + timedelta(days=1))
    following = schedule.enqueue_due()
    assert following is not None
    assert following <= NINE + timedelta(seconds=60)


INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (zone added)


@given(INSTANTS, st.integers(1, 10**6), INSTANTS)
def test_following_instant_is_the_first_on_the_grid_after_now(
    start: datetime, seconds: int, now: datetime
) -> None:
    step = timedelta(seconds=seconds)
    after = schedule.following(start, step, now)
    assert now < after <= now + step
    assert (after - start) % step == timedelta(0)


@given(st.integers(1, 1000))
def test_delay_grows_to_an_hour(attempts: int) -> None:
    assert timedelta(seconds=5) <= queue.delay_after(attempts) <= queue.delay_after(attempts + 1)
    assert queue.delay_after(attempts) <= timedelta(hours=1)

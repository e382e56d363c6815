"""The plan of periodic jobs across stops, two workers, and a clock that is set wrong and right again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.runtime import clock as time
from balai.runtime.jobs import enqueue, oversight, periodic, queue, registry, run_due, schedule
from balai.runtime.jobs.worker import Worker
from balai.runtime.models import Job, JobState, PeriodicRun
from balai.runtime.tests.fixtures import StandingClock

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
STEP = 600


@pytest.fixture
def done() -> Iterator[list[datetime]]:
    """When the one periodic job of the town came to its end."""
    calls: list[datetime] = []

    @periodic("t.every", seconds=STEP)
    def every() -> None:
        calls.append(time.now())

    others = dict(registry._registry.periodic)
    registry._registry.periodic = {"t.every": others["t.every"]}
    yield calls
    registry._registry.periodic = others
    registry.unregister("t.every")


@pytest.fixture
def clock(frozen_clock: Callable) -> StandingClock:
    return frozen_clock(NINE)


def look() -> None:
    """What a worker does at each look: plan what is due, run it."""
    schedule.enqueue_due()
    run_due()


def test_end_of_a_periodic_job_is_kept(done: list[datetime], clock: StandingClock) -> None:
    look()
    clock.move(seconds=30)
    line = oversight.periodic()[0]
    assert (line.last_at, line.next_at, line.is_late) == (NINE, NINE + timedelta(seconds=STEP), False)


def test_plan_that_nobody_keeps_is_late(done: list[datetime], clock: StandingClock) -> None:
    look()
    clock.move(seconds=STEP + 301)
    assert oversight.periodic()[0].is_late


def test_job_enqueued_before_the_stop_is_run_after_it_without_a_second(
    done: list[datetime], clock: StandingClock
) -> None:
    schedule.enqueue_due()  # and then the town is stopped for a week
    clock.move(days=7)
    look()
    look()
    assert done == [clock.at]
    assert Job.objects.count() == 0


def test_job_of_a_worker_killed_in_mid_job_is_not_lost_to_the_next_step(
    done: list[datetime], clock: StandingClock
) -> None:
    schedule.enqueue_due()
    assert queue.claim(lease_seconds=30) is not None  # and that worker is killed
    clock.move(seconds=STEP)
    look()
    assert set(done) == {clock.at}  # twice: the dead worker may live, and have read past what is new


def test_one_shot_due_while_the_town_stood_still_runs_at_its_start(
    done: list[datetime], clock: StandingClock
) -> None:
    enqueue("t.every", key="remind-1", run_at=NINE + timedelta(days=1))
    clock.move(hours=23)
    run_due()
    assert done == []
    clock.move(days=3)
    run_due()
    assert done == [clock.at]


def test_clock_set_back_by_a_year_stops_nothing(done: list[datetime], clock: StandingClock) -> None:
    look()
    clock.move(days=-365)
    look()
    clock.move(seconds=STEP)
    look()
    assert done == [NINE, clock.at]


def test_clock_that_ran_ahead_and_is_right_again_stops_nothing(
    done: list[datetime], clock: StandingClock
) -> None:
    clock.move(days=365)
    look()
    clock.set(NINE)
    look()
    clock.move(seconds=STEP)
    look()
    assert done == [NINE + timedelta(days=365), clock.at]


def test_two_workers_run_what_is_due_once(done: list[datetime], clock: StandingClock) -> None:
    first, second = Worker(), Worker()
    for _look in range(3):
        first.work_once()
        second.work_once()
    assert done == [NINE]


def test_dead_periodic_job_does_not_end_the_plan(done: list[datetime], clock: StandingClock) -> None:
    schedule.enqueue_due()
    Job.objects.update(state=JobState.DEAD)
    clock.move(seconds=STEP)
    look()
    assert done == [clock.at]


@settings(max_examples=25)
@given(st.lists(st.integers(-3 * STEP, 5 * STEP), min_size=1, max_size=30))
def test_whatever_the_clock_does_the_next_run_is_never_further_than_one_step(leaps: list[int]) -> None:
    step, standing = timedelta(seconds=STEP), StandingClock(NINE)
    planned = NINE
    with time.reading(standing):
        for leap in leaps:
            standing.move(seconds=leap)
            PeriodicRun.objects.update_or_create(name="t.leap", defaults={"next_at": planned})
            planned = schedule._enqueue_if_due(registry.PeriodicJob("t.leap", STEP), planned)
            assert standing.at < planned <= standing.at + step

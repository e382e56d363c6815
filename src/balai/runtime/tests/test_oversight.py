"""What operators see of the queue, and what they may do to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from balai.runtime.errors import NotFound
from balai.runtime.jobs import beats, care, enqueue, job, oversight, queue, registry, run_due
from balai.runtime.jobs.oversight import Shelf
from balai.runtime.models import Job, JobState

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(frozen_clock: Callable) -> Callable:
    return frozen_clock(NINE)


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    @job("t.work", label="Bekerja", most_attempts=3)
    def work(**payload: object) -> None:
        raise RuntimeError("no room for 3505105708950001")

    @job("t.other", label="Lainnya")
    def other(**payload: object) -> None: ...

    yield
    registry.unregister("t.work")
    registry.unregister("t.other")


def dead(*, key: str = "", name: str = "t.work") -> int:
    """A job that has given up."""
    enqueue(name, key=key)
    newest = Job.objects.latest("pk")
    Job.objects.filter(pk=newest.pk).update(state=JobState.DEAD, attempts=3, last_error="RuntimeError: x")
    return newest.pk


def test_each_kind_is_counted_by_where_its_jobs_stand(clock: Callable) -> None:
    dead()
    enqueue("t.other")
    enqueue("t.other", run_at=NINE + timedelta(hours=1))
    queue.claim(lease_seconds=30)
    found = [(line.name, line.label, line.waiting, line.running, line.dead) for line in oversight.kinds()]
    assert found == [("t.work", "Bekerja", 0, 0, 1), ("t.other", "Lainnya", 1, 1, 0)]


def test_job_of_a_worker_that_died_waits_again(clock: Callable) -> None:
    enqueue("t.work")
    queue.claim(lease_seconds=30)
    assert [line.shelf for line in oversight.lines(Shelf.RUNNING)] == [Shelf.RUNNING]
    clock.move(seconds=31)
    assert [line.attempts for line in oversight.lines(Shelf.WAITING)] == [1]


def test_line_tells_attempts_and_redacted_fault_and_no_payload() -> None:
    enqueue("t.work", letter_id="a-letter")
    run_due()
    line = oversight.page(Shelf.WAITING).lines[0]
    assert (line.attempts, line.most_attempts, line.fault) == (1, 3, "RuntimeError: no room for [16 angka]")
    assert (line.created_at, line.next_at) == (NINE, NINE + timedelta(seconds=5))
    assert "a-letter" not in repr(line)


def test_dead_jobs_come_newest_first_fifty_a_page() -> None:
    made = [dead() for _number in range(oversight.PAGE + 1)]
    first, second = oversight.page(Shelf.DEAD), oversight.page(Shelf.DEAD, number=2)
    assert [line.id for line in first.lines] == made[:0:-1]
    assert ([line.id for line in second.lines], first.has_next, second.has_next) == ([made[0]], True, False)
    assert oversight.page(Shelf.DEAD, name="t.other").total == 0


def test_unknown_kind_is_shown_by_its_name() -> None:
    enqueue("t.of_another_version")
    assert oversight.page(Shelf.WAITING).lines[0].label == "t.of_another_version"


def test_replayed_job_runs_at_once_with_all_its_attempts() -> None:
    job_id = dead()
    assert care.replay(job_id=job_id).shelf is Shelf.DEAD
    row = Job.objects.get()
    assert (row.state, row.attempts, row.run_at) == (JobState.WAITING, 0, NINE)


def test_waiting_job_is_tried_now_and_a_running_one_is_left_alone() -> None:
    enqueue("t.work", run_at=NINE + timedelta(hours=1))
    care.replay(job_id=Job.objects.get().pk)
    assert Job.objects.get().run_at == NINE
    queue.claim(lease_seconds=30)
    with pytest.raises(care.JobBusy):
        care.replay(job_id=Job.objects.get().pk)


def test_dead_job_that_is_owed_anew_stays_dead() -> None:
    job_id = dead(key="k")
    enqueue("t.work", key="k")
    with pytest.raises(care.JobOwedAnew):
        care.replay(job_id=job_id)
    assert care.replay_all() == 0
    assert Job.objects.filter(state=JobState.DEAD).count() == 1


def test_all_of_a_kind_are_replayed_and_no_other() -> None:
    dead(), dead(), dead(name="t.other")
    assert care.replay_all(name="t.work") == 2
    assert [line.name for line in oversight.lines(Shelf.DEAD)] == ["t.other"]


def test_only_a_dead_job_may_be_discarded() -> None:
    enqueue("t.work")
    with pytest.raises(care.JobAlive):
        care.discard(job_id=Job.objects.get().pk)
    care.discard(job_id=dead())
    assert Job.objects.get().state == JobState.WAITING


def test_job_that_is_gone_is_not_found() -> None:
    for act in (care.replay, care.discard):
        with pytest.raises(NotFound):
            act(job_id=7)


def test_one_dead_row_is_kept_for_a_key(clock: Callable) -> None:
    for _death in range(2):
        enqueue("t.work", key="k")
        for _attempt in range(3):
            run_due()
            clock.move(hours=2)
    assert [line.attempts for line in oversight.lines(Shelf.DEAD)] == [3]


def test_silent_worker_is_told_from_a_living_one(clock: Callable) -> None:
    beats.beat("old")
    clock.move(minutes=5)
    beats.beat("new")
    assert [(line.id, line.is_silent) for line in oversight.workers()] == [("new", False), ("old", True)]


def test_shell_lists_and_replays() -> None:
    job_id = dead()
    enqueue("t.other")
    said = StringIO()
    call_command("jobs", "--all", "--kind", "t.work", stdout=said)
    assert said.getvalue().splitlines()[:2] == [
        "0 waiting, 0 running, 1 dead",
        f"{job_id} t.work dead after 3 attempts: RuntimeError: x",
    ]
    call_command("jobs", "--replay", str(job_id), stdout=said)
    assert Job.objects.filter(state=JobState.WAITING).count() == 2

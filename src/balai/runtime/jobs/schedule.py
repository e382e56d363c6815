"""Periodic jobs: when each is due next is a row, so a stop of any length misses nothing.

What was due while the town stood still is due at once when it starts, one time: periodic handlers treat
everything that is due when they run.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from balai.runtime import clock
from balai.runtime.jobs import queue, registry
from balai.runtime.models import PeriodicRun
from balai.runtime.transaction import write_transaction

KEY = "periodic"


def enqueue_due() -> datetime | None:
    """Enqueue every periodic job that is due; returns when the next one will be, None without any."""
    jobs = registry.periodic_jobs()
    _make_missing_rows(jobs)
    planned = dict(PeriodicRun.objects.values_list("name", "next_at"))
    return min((_enqueue_if_due(job, planned[job.name]) for job in jobs), default=None)


def _make_missing_rows(jobs: tuple[registry.PeriodicJob, ...]) -> None:
    known = set(PeriodicRun.objects.values_list("name", flat=True))
    rows = [PeriodicRun(name=job.name, next_at=clock.now()) for job in jobs if job.name not in known]
    if rows:
        PeriodicRun.objects.bulk_create(rows, ignore_conflicts=True)


def _enqueue_if_due(job: registry.PeriodicJob, next_at: datetime) -> datetime:
    now = clock.now()
    step = timedelta(seconds=job.seconds)
    if now < next_at <= now + step:
        return next_at
    after = following(next_at, step, now)
    _move(job, next_at, after, is_due=next_at <= now)
    return after


def following(next_at: datetime, step: timedelta, now: datetime) -> datetime:
    """The first instant after now on the grid of `next_at`; also when the step was made shorter."""
    return next_at + step * ((now - next_at) // step + 1)


@write_transaction
def _move(job: registry.PeriodicJob, next_at: datetime, after: datetime, *, is_due: bool) -> None:
    """One of several workers moves the row; that one enqueues, in the same transaction."""
    moved = PeriodicRun.objects.filter(name=job.name, next_at=next_at).update(next_at=after)
    if moved and is_due:
        queue.enqueue(job.name, key=KEY)


def note_end(name: str, key: str) -> None:
    """A job came to its end; of a periodic one is kept when, for those who look after the town."""
    if key == KEY:
        PeriodicRun.objects.filter(name=name).update(last_at=clock.now())

"""What those who look after the town may see of the queue: names, counts and faults, never a payload."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from balai.runtime import clock
from balai.runtime.jobs import beats, registry
from balai.runtime.models import Job, JobState, PeriodicRun, WorkerBeat

PAGE = 50
LATE_AFTER = timedelta(minutes=5)


class Shelf(StrEnum):
    """Where a job that is not finished stands. One whose worker died waits again when its lease has ended."""

    DEAD = "dead"
    RUNNING = "running"
    WAITING = "waiting"


@dataclass(frozen=True)
class JobLine:
    """One job. `fault` was redacted when it was written; `next_at` of a running one is its lease's end."""

    id: int
    name: str
    label: str
    shelf: Shelf
    attempts: int
    most_attempts: int
    fault: str
    next_at: datetime
    created_at: datetime


@dataclass(frozen=True)
class JobPage:
    """One page of a shelf and how many jobs lie on it in all."""

    lines: list[JobLine]
    total: int
    number: int

    @property
    def has_next(self) -> bool:
        """Whether older ones follow."""
        return self.number * PAGE < self.total


@dataclass(frozen=True)
class KindLine:
    """How many jobs of one kind stand where, and since when the oldest is owed."""

    name: str
    label: str
    waiting: int
    running: int
    dead: int
    oldest_at: datetime


@dataclass(frozen=True)
class WorkerLine:
    """One worker process and its last sign of life."""

    id: str
    seen_at: datetime
    is_silent: bool


@dataclass(frozen=True)
class PeriodicLine:
    """One periodic job: how often, when next, when it last came to its end (None: not yet)."""

    name: str
    label: str
    seconds: int
    next_at: datetime | None
    last_at: datetime | None
    is_late: bool


def kinds() -> list[KindLine]:
    """Every kind that has a job now, the dead first; one statement."""
    now = clock.now()
    rows = Job.objects.values("name").annotate(
        waiting=Count("pk", filter=_on(Shelf.WAITING, now)),
        running=Count("pk", filter=_on(Shelf.RUNNING, now)),
        dead=Count("pk", filter=_on(Shelf.DEAD, now)),
        oldest_at=Min("created_at"),
    )
    lines = [KindLine(label=registry.label(row["name"]), **row) for row in rows.order_by("name")]
    return sorted(lines, key=lambda line: -line.dead)


def page(shelf: Shelf, *, name: str = "", number: int = 1) -> JobPage:
    """Jobs of a shelf, fifty a page: the dead newest first, others by when they are due."""
    now = clock.now()
    rows = _rows(shelf, name, now)
    start = (max(1, number) - 1) * PAGE
    return JobPage([_line(job, now) for job in rows[start : start + PAGE]], rows.count(), max(1, number))


def lines(shelf: Shelf, *, name: str = "") -> Iterator[JobLine]:
    """Every job of a shelf, streamed."""
    now = clock.now()
    return (_line(job, now) for job in _rows(shelf, name, now).iterator(chunk_size=1000))


def line(job_id: int) -> JobLine | None:
    """One job, or None when it is finished or was never there."""
    job = Job.objects.filter(pk=job_id).first()
    return _line(job, clock.now()) if job else None


def workers() -> list[WorkerLine]:
    """Workers seen lately, or whose row was not swept yet; the latest sign of life first."""
    silent = clock.now() - beats.SILENT_AFTER
    return [WorkerLine(row.pk, row.seen_at, row.seen_at < silent) for row in _beats()]


def periodic() -> list[PeriodicLine]:
    """Every periodic job of this version, in order of name."""
    rows = {row.name: row for row in PeriodicRun.objects.all()}
    return [_periodic_line(job, rows.get(job.name), clock.now()) for job in registry.periodic_jobs()]


def _beats() -> QuerySet[WorkerBeat]:
    return WorkerBeat.objects.order_by("-seen_at", "pk")


def _periodic_line(job: registry.PeriodicJob, row: PeriodicRun | None, now: datetime) -> PeriodicLine:
    """Late is one that should have begun a while ago: no worker plans, or none is there."""
    return PeriodicLine(
        name=job.name,
        label=registry.label(job.name),
        seconds=job.seconds,
        next_at=row.next_at if row else None,
        last_at=row.last_at if row else None,
        is_late=row is not None and row.next_at < now - LATE_AFTER,
    )


def _on(shelf: Shelf, now: datetime) -> Q:
    held = Q(state=JobState.WAITING, run_at__gt=now) & ~Q(lease="")
    if shelf is Shelf.DEAD:
        return Q(state=JobState.DEAD)
    return held if shelf is Shelf.RUNNING else Q(state=JobState.WAITING) & ~held


def _rows(shelf: Shelf, name: str, now: datetime) -> QuerySet[Job]:
    rows = Job.objects.filter(_on(shelf, now), **({"name": name} if name else {}))
    return rows.order_by("-pk") if shelf is Shelf.DEAD else rows.order_by("run_at", "pk")


def _line(job: Job, now: datetime) -> JobLine:
    known = registry.kind(job.name) if job.name in registry.names() else None
    facts: dict[str, Any] = {"id": job.pk, "name": job.name, "attempts": job.attempts}
    return JobLine(
        **facts,
        label=registry.label(job.name),
        shelf=_shelf(job, now),
        most_attempts=known.most_attempts if known else registry.MOST_ATTEMPTS,
        fault=job.last_error,
        next_at=job.run_at,
        created_at=job.created_at,
    )


def _shelf(job: Job, now: datetime) -> Shelf:
    if job.state == JobState.DEAD:
        return Shelf.DEAD
    return Shelf.RUNNING if job.lease and job.run_at > now else Shelf.WAITING

"""Running one job: handler, outcome, and what is written down about a failure."""

from __future__ import annotations

import json
import logging

from django.db import transaction

from balai.runtime.jobs import queue, registry, schedule
from balai.runtime.models import Job
from balai.runtime.redaction import redact
from balai.runtime.transaction import write_transaction

log = logging.getLogger(__name__)

LEASE_SECONDS = 30.0


class LeaseLost(Exception):
    """Another worker took the job over; this one's transaction is undone."""


def run_due(limit: int = 100, *, raise_errors: bool = False) -> int:
    """Run jobs that are due in this process, also those they enqueue; returns how many ran.

    With `raise_errors` the first failure is raised (tests); otherwise it is put back and logged.
    """
    ran = 0
    while ran < limit and (job := queue.claim(lease_seconds=LEASE_SECONDS)) is not None:
        run(job, raise_errors=raise_errors)
        ran += 1
    return ran


def run(job: Job, *, raise_errors: bool = False) -> bool:
    """Run a claimed job and settle its row; True when its handler came to its end."""
    try:
        kind = registry.kind(job.name)
        if job.attempts > kind.most_attempts:
            raise RuntimeError("the worker ended in mid-job at every attempt")
        _call(kind, job)
        schedule.note_end(job.name, job.key)
    except LeaseLost:
        log.warning("job %s lost its lease; another worker has it", job)
        return False
    except Exception as error:
        if raise_errors:
            raise
        _settle_failure(job, error)
        return False
    return True


def _call(kind: registry.JobKind, job: Job) -> None:
    payload = json.loads(job.payload)
    if not kind.in_transaction:
        kind.handler(**payload)
        queue.finish(job)
        return
    with write_transaction(locks=kind.locks):
        if not queue.finish(job):
            raise LeaseLost
        kind.handler(**payload)


def _settle_failure(job: Job, error: Exception) -> None:
    """Note the failure and put the job back; the note holds no personal value, the log is redacted too."""
    try:
        kind: registry.JobKind | None = registry.kind(job.name)
    except registry.JobUnknown:
        kind = None  # a newer version's job: it waits for the worker that knows it
    most = kind.most_attempts if kind else registry.MOST_ATTEMPTS
    note = redact(f"{type(error).__name__}: {error}")[:300]
    with transaction.atomic():
        dead = queue.put_back(job, error=note, most_attempts=most)
        if dead and kind is not None and kind.when_dead is not None:
            kind.when_dead(**json.loads(job.payload))
    log.error("job %s attempt %s failed%s", job, job.attempts, ", dead" if dead else "", exc_info=error)

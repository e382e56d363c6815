"""What an officer does to the machinery itself; journalled here, since the queue lies below the journal."""

from __future__ import annotations

from balai.audit import actions as audit
from balai.kernel.references import Subject
from balai.people.models import Officer
from balai.runtime.errors import Forbidden
from balai.runtime.jobs import care
from balai.runtime.jobs.oversight import JobLine
from balai.runtime.transaction import write_transaction

PERMISSION = "runtime.jobs"
SUBJECT_LABEL = "runtime.job"


@write_transaction
def replay_job(*, by: Officer, job_id: int) -> None:
    """Let one job run at once. Raises Forbidden, NotFound, JobBusy, JobOwedAnew."""
    _require(by)
    _journal("desk.job_replayed", by, care.replay(job_id=job_id))


@write_transaction
def replay_jobs(*, by: Officer, name: str = "") -> int:
    """Let every dead job (of one kind) run again; how many. Raises Forbidden."""
    _require(by)
    count = care.replay_all(name=name)
    if count:
        about = Subject(SUBJECT_LABEL, name or "*", name)
        audit.record("desk.jobs_replayed", by=by.as_actor(), about=about, data={"count": count})
    return count


@write_transaction
def discard_job(*, by: Officer, job_id: int, reason: str) -> None:
    """Throw a dead job away, and say why. Raises Forbidden, NotFound, JobAlive."""
    _require(by)
    _journal("desk.job_discarded", by, care.discard(job_id=job_id), note=reason)


def _require(by: Officer) -> None:
    if not by.has_permission(PERMISSION):
        raise Forbidden(PERMISSION)


def _journal(event: str, by: Officer, job: JobLine, *, note: str = "") -> None:
    data = {"name": job.name, "attempts": job.attempts, "fault": job.fault}
    about = Subject(SUBJECT_LABEL, str(job.id), job.label)
    audit.record(event, by=by.as_actor(), about=about, note=note, data=data)

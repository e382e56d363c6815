"""What those who look after the town may do to the queue. Whoever calls journals it: the journal is above.

Nothing here runs a job; a worker takes it up within a second.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime import clock
from balai.runtime.errors import Conflict, NotFound
from balai.runtime.jobs import oversight, queue
from balai.runtime.jobs.oversight import JobLine, Shelf
from balai.runtime.models import Job, JobState
from balai.runtime.transaction import write_transaction


class JobBusy(Conflict):
    """A worker holds the job right now."""

    code = "runtime.job_busy"
    template = _("Pekerjaan ini sedang dijalankan. Tunggu sebentar, lalu muat ulang.")


class JobOwedAnew(Conflict):
    """The same work was enqueued again after this one died."""

    code = "runtime.job_owed_anew"
    template = _("Pekerjaan yang sama sudah dijadwalkan lagi. Yang ini boleh dibuang.")


class JobAlive(Conflict):
    """Only a job that gave up may be discarded: what is owed stays owed."""

    code = "runtime.job_alive"
    template = _("Pekerjaan ini masih akan dijalankan. Hanya yang berhenti yang boleh dibuang.")


@write_transaction
def replay(*, job_id: int) -> JobLine:
    """Let one job run at once, a dead one with new attempts; the job as it was.

    Raises NotFound, JobBusy, JobOwedAnew.
    """
    before = _line(job_id)
    if before.shelf is Shelf.RUNNING:
        raise JobBusy()
    if before.shelf is Shelf.WAITING:
        Job.objects.filter(pk=job_id, state=JobState.WAITING, lease="").update(run_at=clock.now())
    elif not queue.revive_one(job_id):
        raise JobOwedAnew()
    return before


@write_transaction
def replay_all(*, name: str = "") -> int:
    """Give every dead job (of one kind) new attempts; how many. One that is owed anew stays dead."""
    dead = Job.objects.filter(state=JobState.DEAD, **({"name": name} if name else {}))
    return sum(queue.revive_one(pk) for pk in dead.order_by("pk").values_list("pk", flat=True))


@write_transaction
def discard(*, job_id: int) -> JobLine:
    """Delete a dead job; the job as it was. Raises NotFound, JobAlive."""
    before = _line(job_id)
    if not Job.objects.filter(pk=job_id, state=JobState.DEAD).delete()[0]:
        raise JobAlive()
    return before


def _line(job_id: int) -> JobLine:
    found = oversight.line(job_id)
    if found is None:
        raise NotFound(job_id)
    return found

"""Jobs: work that follows from a committed fact, run at least once, in the background.

    enqueue("cases.tell_applicant", key=str(case.pk), case_id=case.pk)   # in the transaction of the fact

    @job("cases.tell_applicant")
    def tell_applicant(case_id: str) -> None: ...                        # idempotent, in tasks.py

Handlers live in a package's `tasks.py`, which this package's app imports at start. Why an own queue:
docs/decisions/0002-jobs.md.
"""

from balai.runtime.jobs.queue import enqueue
from balai.runtime.jobs.registry import job, periodic
from balai.runtime.jobs.running import run_due

__all__ = ["enqueue", "job", "periodic", "run_due"]

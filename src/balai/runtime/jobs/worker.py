"""The worker: one process that runs what is due, one job at a time.

Nothing here needs to end well. A worker that is killed leaves a lease that lapses, and its job is due
again; a worker that loses the database waits for it. SIGTERM and SIGINT end it after the job in hand.
"""

from __future__ import annotations

import gc
import logging
import os
import secrets
import signal
import threading
import time
from datetime import datetime
from types import FrameType

from django.db import DatabaseError, InterfaceError, connection

from balai.runtime import clock
from balai.runtime.jobs import beats, queue, registry, running, schedule
from balai.runtime.logging import current_id
from balai.runtime.models import Job

log = logging.getLogger(__name__)

FASTEST_LOOK_SECONDS = 0.1
SLOWEST_LOOK_SECONDS = 1.0
SLOWER_BY = 1.3
DATABASE_PAUSE_SECONDS = 2.0
PLAN_EVERY_SECONDS = 30.0
EXIT_HUNG = 70  # EX_SOFTWARE


class Heart:
    """A thread that holds the lease of a long job, and ends the process when a job hangs.

    Short jobs never hear from it. A job in a transaction holds its own row; its lease is left alone (the
    update would wait for that very transaction).
    """

    def __init__(self, worker_id: str, lease_seconds: float) -> None:
        self.worker_id = worker_id
        self.lease_seconds = lease_seconds
        self._in_hand: tuple[Job, registry.JobKind | None, float] | None = None
        self._thread = threading.Thread(target=self._beat_on, name="heart", daemon=True)
        self._stopped = threading.Event()

    def start(self) -> None:
        """Begin watching."""
        self._thread.start()

    def stop(self) -> None:
        """End watching."""
        self._stopped.set()
        self._thread.join(timeout=5)

    def take(self, job: Job) -> None:
        """This job is in hand from now on."""
        kind = registry.kind(job.name) if job.name in registry.names() else None
        self._in_hand = (job, kind, time.monotonic())

    def lay_down(self) -> None:
        """No job is in hand."""
        self._in_hand = None

    def _beat_on(self) -> None:
        while not self._stopped.wait(self.lease_seconds / 3):
            in_hand = self._in_hand
            if in_hand is None:
                continue
            job, kind, since = in_hand
            held_for = time.monotonic() - since
            if kind is not None and held_for > kind.longest_seconds:
                log.critical(
                    "job %s hangs for %.0f s; the worker ends so that another can go on", job, held_for
                )
                os._exit(EXIT_HUNG)
            if held_for >= self.lease_seconds / 3 and not (kind and kind.in_transaction):
                self._prolong(job)

    def _prolong(self, job: Job) -> None:
        try:
            queue.prolong(job, lease_seconds=self.lease_seconds)
            beats.beat(self.worker_id)
        except (DatabaseError, InterfaceError):
            log.warning("lease of job %s could not be prolonged", job, exc_info=True)
        finally:
            connection.close()


class Worker:
    """Looks for due jobs: at once after one was found, ever more slowly (up to 1 s) while there is none."""

    def __init__(self, *, lease_seconds: float = running.LEASE_SECONDS) -> None:
        self.id = secrets.token_hex(8)
        self.lease_seconds = lease_seconds
        self.heart = Heart(self.id, lease_seconds)
        self._stop = threading.Event()
        self._pause = FASTEST_LOOK_SECONDS
        self._plan_at: datetime | None = None
        self._plan_again = 0.0
        self._beat_again = 0.0

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """End after the job in hand."""
        self._stop.set()

    def run(self) -> None:
        """Work until told to stop."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        gc.collect()
        gc.freeze()
        self.heart.start()
        log.info("worker %s begins, %s job names", self.id, len(registry.names()))
        while not self._stop.is_set():
            self._look()
        self.heart.stop()
        self._say_farewell()
        log.info("worker %s ends", self.id)

    def _look(self) -> None:
        try:
            worked = self.work_once()
        except (DatabaseError, InterfaceError):
            log.exception("database cannot be reached; waiting for it")
            connection.close()
            self._stop.wait(DATABASE_PAUSE_SECONDS)
            return
        if worked:
            self._pause = FASTEST_LOOK_SECONDS
        else:
            self._stop.wait(self._pause)
            self._pause = min(self._pause * SLOWER_BY, SLOWEST_LOOK_SECONDS)

    def work_once(self) -> bool:
        """Plan periodic jobs when it is time, run one due job; False when nothing was due."""
        self._beat()
        self._plan()
        job = queue.claim(lease_seconds=self.lease_seconds)
        if job is None:
            return False
        token = current_id.set(f"job-{job.pk}")
        self.heart.take(job)
        try:
            running.run(job)
        finally:
            self.heart.lay_down()
            current_id.reset(token)
        return True

    def _beat(self) -> None:
        if time.monotonic() >= self._beat_again:
            beats.beat(self.id)
            self._beat_again = time.monotonic() + beats.EVERY_SECONDS

    def _plan(self) -> None:
        """Read the plan when a periodic job is due, and now and then in case another worker moved it."""
        is_due = self._plan_at is not None and clock.now() >= self._plan_at
        if is_due or time.monotonic() >= self._plan_again:
            self._plan_at = schedule.enqueue_due()
            self._plan_again = time.monotonic() + PLAN_EVERY_SECONDS

    def _say_farewell(self) -> None:
        try:
            beats.farewell(self.id)
        except (DatabaseError, InterfaceError):
            log.warning("worker %s could not say farewell", self.id)
        connection.close()

"""Signs of life of the workers, for /readyz."""

from __future__ import annotations

from datetime import timedelta

from balai.runtime import clock
from balai.runtime.models import WorkerBeat

EVERY_SECONDS = 15.0
SILENT_AFTER = timedelta(seconds=90)


def beat(worker_id: str) -> None:
    """This worker lives."""
    WorkerBeat.objects.update_or_create(pk=worker_id, defaults={"seen_at": clock.now()})


def farewell(worker_id: str) -> None:
    """This worker ends, as it was told to."""
    WorkerBeat.objects.filter(pk=worker_id).delete()


def is_any_worker_alive() -> bool:
    """True when a worker was seen lately."""
    return WorkerBeat.objects.filter(seen_at__gte=clock.now() - SILENT_AFTER).exists()


def forget_silent_workers() -> None:
    """Drop the rows of workers that were killed."""
    WorkerBeat.objects.filter(seen_at__lt=clock.now() - SILENT_AFTER).delete()

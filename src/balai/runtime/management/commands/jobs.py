"""`manage.py jobs`: what waits, what died, and a new life for the dead."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from balai.runtime.jobs import queue
from balai.runtime.models import Job, JobState


class Command(BaseCommand):
    """Shows the queue to whoever looks after the town."""

    help = "Show waiting and dead jobs; --revive gives dead ones (all, or these ids) new attempts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--revive", nargs="*", type=int, metavar="ID", help="revive these ids, or all")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["revive"] is not None:
            self.stdout.write(f"{queue.revive(options['revive'] or None)} jobs revived")
            return
        waiting = Job.objects.filter(state=JobState.WAITING).count()
        dead = Job.objects.filter(state=JobState.DEAD).order_by("id")
        self.stdout.write(f"{waiting} waiting, {len(dead)} dead")
        for job in dead:
            self.stdout.write(f"{job.pk} {job.name} after {job.attempts} attempts: {job.last_error}")

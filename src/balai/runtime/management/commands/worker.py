"""`manage.py worker`: run jobs until SIGTERM or Ctrl-C."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from balai.runtime.jobs import run_due
from balai.runtime.jobs.running import LEASE_SECONDS
from balai.runtime.jobs.worker import Worker


class Command(BaseCommand):
    """Runs jobs in this process, one at a time; start as many processes as the town needs."""

    help = "Run background jobs until SIGTERM or Ctrl-C; the job in hand is finished first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is due now, then end")
        parser.add_argument(
            "--lease-seconds", type=float, default=LEASE_SECONDS, help="a killed worker's job waits this long"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            ran = run_due(limit=10_000)
            self.stdout.write(f"{ran} jobs ran")
            return
        Worker(lease_seconds=options["lease_seconds"]).run()

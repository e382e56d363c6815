"""`manage.py jobs`: what waits, what died, what comes again, and a new life for the dead."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from balai.runtime.jobs import oversight, queue
from balai.runtime.jobs.oversight import JobLine, Shelf


class Command(BaseCommand):
    """Shows the queue to whoever looks after the town; the same as the page at /meja/pekerjaan/."""

    help = "Show jobs; --replay gives dead ones (all, or these ids) new attempts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--replay", nargs="*", type=int, metavar="ID", help="replay these ids, or all")
        parser.add_argument(
            "--revive", nargs="*", type=int, metavar="ID", dest="replay", help="the same, by its old name"
        )
        parser.add_argument("--all", action="store_true", help="also the waiting, the running, the periodic")
        parser.add_argument("--kind", default="", metavar="NAME", help="only jobs of this name")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["replay"] is not None:
            self.stdout.write(f"{queue.revive(options['replay'] or None)} jobs revived")
            return
        found = [line for line in oversight.kinds() if options["kind"] in ("", line.name)]
        self.stdout.write(
            f"{sum(line.waiting for line in found)} waiting, {sum(line.running for line in found)} running, "
            f"{sum(line.dead for line in found)} dead"
        )
        for shelf in Shelf if options["all"] else (Shelf.DEAD,):
            for line in oversight.lines(shelf, name=options["kind"]):
                self.stdout.write(_told(line))
        if options["all"]:
            self._tell_plan()

    def _tell_plan(self) -> None:
        for worker in oversight.workers():
            silent = ", silent" if worker.is_silent else ""
            self.stdout.write(f"worker {worker.id} seen {worker.seen_at:%Y-%m-%d %H:%M:%S}{silent}")
        for plan in oversight.periodic():
            last = f"{plan.last_at:%Y-%m-%d %H:%M:%S}" if plan.last_at else "never"
            due = f"{plan.next_at:%Y-%m-%d %H:%M:%S}" if plan.next_at else "not planned yet"
            self.stdout.write(f"every {plan.seconds} s {plan.name}: next {due}, last {last}")


def _told(line: JobLine) -> str:
    """`run_at` of a waiting job is when it is tried next."""
    next_at = "" if line.shelf is Shelf.DEAD else f", next {line.next_at:%Y-%m-%d %H:%M:%S}"
    fault = f": {line.fault}" if line.fault else ""
    return f"{line.id} {line.name} {line.shelf.value} after {line.attempts} attempts{next_at}{fault}"

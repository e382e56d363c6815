"""`manage.py bench_stage NAME OUT …`: what a measurement needs inside a town; `./balai bench` calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from balai.bench.stages import applications, catalogue, inbox, kills, letters, pages, reports, written_rows

STAGES: dict[str, Callable[..., Any]] = {
    "applications": applications.applications,
    "catalogue": catalogue.catalogue,
    "inbox": inbox.inbox,
    "kills": kills.kills,
    "kept": kills.kept,
    "letters": letters.letters,
    "pages": pages.pages,
    "reports_cycles": reports.cycles,
    "reports_load": reports.load,
    "reports_waits": reports.waits,
    "signing": letters.signing,
    "written_rows": written_rows.written_rows,
}


class Command(BaseCommand):
    """Sets one stage in a town made for measuring, and leaves what the measurement has to know as JSON."""

    help = "Prepare a throw-away town for ./balai bench (refused in production)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which stage, where to leave the JSON, and the stage's own numbers."""
        parser.add_argument("stage", choices=sorted(STAGES))
        parser.add_argument("out", type=Path)
        parser.add_argument("numbers", nargs="*", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Set it."""
        if settings.BALAI.mode == "production":
            raise CommandError("A measurement fills a town with invented people; not in production.")
        left = STAGES[options["stage"]](*options["numbers"])
        options["out"].write_text(json.dumps(left))

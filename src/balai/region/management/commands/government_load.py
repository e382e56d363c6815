"""`government_load`: bring areas, offices, holidays and hours up to the government's folder."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from balai import government
from balai.government.loading import GOVERNMENTS, checked_geometry
from balai.kernel.references import SYSTEM
from balai.region import actions


class Command(BaseCommand):
    """Idempotent: a second run writes nothing."""

    help = "Bring areas, offices, holidays and office hours up to the government's folder."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what changed; a faulty folder ends with every fault and exit code 1."""
        try:
            town = government.current()
            checked_geometry(GOVERNMENTS / town.folder, town.areas)
        except government.GovernmentRefused as refused:
            raise CommandError(f"The government's folder has faults:\n{refused}") from None
        for change in actions.load_government(by=SYSTEM, town=town):
            if options["verbosity"]:
                self.stdout.write(
                    f"{change.table}: {change.rows} rows"
                    f" ({change.added} added, {change.changed} changed, {change.removed} removed)"
                )

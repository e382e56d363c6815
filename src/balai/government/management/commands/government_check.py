"""`government_check [FOLDER …]`: every fault of governments' folders, with file, line and a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from balai.government.faults import GovernmentRefused
from balai.government.geometry import crossing_shapes
from balai.government.loading import GOVERNMENTS, checked_geometry, folders, load
from balai.government.schema import Government


class Command(BaseCommand):
    """Reads without touching the database; exit code 1 when a folder has faults."""

    help = "Check folders under governments/ and name every fault."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Folders by name or path; all of governments/ without any."""
        parser.add_argument("folder", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each folder and end with all faults together."""
        faults = []
        for folder in _folders(options["folder"]):
            try:
                town = load(folder)
                _check_shapes(folder, town)
            except GovernmentRefused as refused:
                faults.append(str(refused))
            else:
                self.stdout.write(f"{town.folder}: {town.name}, {len(town.offices)} offices, no fault.")
        if faults:
            raise CommandError("\n".join(faults))


def _check_shapes(folder: Path, town: Government) -> None:
    crossing = crossing_shapes(folder, checked_geometry(folder, town.areas))
    if crossing:
        raise GovernmentRefused(folder.name, crossing)


def _folders(names: list[str]) -> list[Path]:
    if not names:
        return folders()
    return [Path(name) if Path(name).is_dir() else GOVERNMENTS / name for name in names]

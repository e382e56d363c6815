"""`./balai catalogue check`: every fault of the catalogue with file, line and a sentence."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from balai import government
from balai.catalogue.checking import all_faults
from balai.catalogue.engine import engines
from balai.catalogue.faults import Fault
from balai.catalogue.running import SERVICES
from balai.catalogue.schema_export import example_schema, service_schema
from balai.government.loading import folders, serving


class Command(BaseCommand):
    """Exit code 0 when the catalogue is sound, 1 with the faults on standard output otherwise."""

    help = "Checks every service and walks its examples; with --schema writes JSON Schemas for editors."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Both are optional."""
        parser.add_argument("--services", type=Path, default=SERVICES, help="folder of the catalogue")
        parser.add_argument("--schema", type=Path, metavar="OUT", help="folder for the JSON Schemas")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the schemas if asked, then check."""
        if options["schema"]:
            self._write_schemas(options["schema"])
        faults = set(all_faults(options["services"], government.current()))
        if options["services"] == SERVICES:
            faults |= self._faults_elsewhere(options["services"])
        for fault in sorted(faults):
            self.stdout.write(str(fault))
        if faults:
            raise CommandError(f"{len(faults)} faults in the catalogue.")
        self.stdout.write("The catalogue is sound.")

    def _faults_elsewhere(self, folder: Path) -> set[Fault]:
        """What the others switch on, and every example there; letters are set for this town only."""
        found: set[Fault] = set()
        for name in (each.name for each in folders() if each.name != government.current().folder):
            with serving(name):
                found.update(all_faults(folder, government.current(), letters=False))
        return found

    def _write_schemas(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        schemas = {"service": service_schema(), "example": example_schema()}
        for each in engines():
            schemas |= each.schemas()
        for name, schema in schemas.items():
            file = folder / f"{name}.schema.json"
            file.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            self.stdout.write(f"wrote {file}")

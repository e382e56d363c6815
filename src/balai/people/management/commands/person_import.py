"""`person_import`: put a register of residents on record from CSV."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from balai.kernel.references import SYSTEM, Subject
from balai.people import actions
from balai.people.facts import FACTS
from balai.people.register_file import read_register
from balai.runtime.errors import CitizenError


class Command(BaseCommand):
    """All or nothing; see docs/operators/accounts.md."""

    help = "Put people on record from a CSV file. Any fault: all are listed and nothing is imported."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and whether only to look."""
        parser.add_argument("file", type=Path, help=f"CSV with columns among: {', '.join(FACTS)}")
        parser.add_argument("--check", action="store_true", help="only look for faults")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, then list every fault, or import."""
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from None
        register = read_register(content)
        for fault in register.faults:
            self.stderr.write(str(fault))
        if register.faults:
            raise CommandError(f"{len(register.faults)} faults; nothing was imported.")
        if not options["check"] and register.rows:
            source = Subject("people.register_file", hashlib.sha256(content).hexdigest()[:16])
            try:
                actions.import_people(by=SYSTEM, rows=register.rows, source=source)
            except CitizenError as error:
                raise CommandError(error.sentence) from None
        verb = "would be imported" if options["check"] else "imported"
        self.stdout.write(f"{len(register.rows)} people {verb}, {register.known} were on record already.")

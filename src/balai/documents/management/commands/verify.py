"""`./balai verify FILE.pdf`: one sentence, details below; exit 0 valid, 1 not, 2 could not be checked."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from balai.documents.verification import wording
from balai.documents.verification.held import HeldFile
from balai.documents.verification.outcomes import Standing
from balai.documents.verification.verifying import Verdict, verify_held

CHUNK_BYTES = 1024 * 1024


class Command(BaseCommand):
    """Check a signed PDF, of this town or of anybody, with what is at hand here."""

    help = "Check a PDF: exit 0 valid, 1 not valid, 2 could not be checked."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and how to say it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="everything, for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say the verdict and end with its code."""
        with HeldFile() as held:
            _fill(held, options["file"])
            verdict = verify_held(held, options["file"].name)
        if options["json"]:
            self.stdout.write(json.dumps(verdict.plain(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_lines(verdict)))
        self.stdout.flush()
        sys.exit(verdict.standing.value)


def _fill(held: HeldFile, path: Path) -> None:
    try:
        with path.open("rb") as file:
            while (chunk := file.read(CHUNK_BYTES)) and not held.is_too_large:
                held.write(chunk)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}", returncode=Standing.UNKNOWN.value) from None


def _lines(verdict: Verdict) -> list[str]:
    lines = [verdict.sentence, *(f"- {each}" for each in verdict.remark_sentences)]
    if verdict.record is not None:
        lines += ["", *_rows(wording.letter_rows(verdict.record))]
    for number, signature in enumerate(verdict.facts.signatures, start=1):
        lines += ["", f"[{number}]", *_rows(wording.signature_rows(signature))]
    return [*lines, "", f"SHA-256: {verdict.sha256}"]


def _rows(rows: list[wording.Row]) -> list[str]:
    return [f"{row['label']}: {row['value']}" for row in rows]

"""`manage.py settings_doc`: docs/settings.md, made from the list of settings."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from balai.runtime.settings import PROJECT, settings_document

TARGET = PROJECT / "docs" / "settings.md"


class Command(BaseCommand):
    """Writes the document, or says that it is out of date."""

    help = "Write docs/settings.md from the declared settings; --check only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        document = settings_document()
        if not options["check"]:
            TARGET.write_text(document, encoding="utf-8")
            self.stdout.write(f"{TARGET.relative_to(PROJECT)} written")
        elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != document:
            raise CommandError("docs/settings.md is out of date: ./balai manage settings_doc")

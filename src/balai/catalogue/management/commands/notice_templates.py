"""`notice_templates`: the templates that WhatsApp must approve before notices go there."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from balai.catalogue import running
from balai.catalogue.notices import Book

# The platform has no Javanese; whoever chose it reads the Indonesian template there.
LANGUAGES = ("id", "en")


class Command(BaseCommand):
    """See docs/operators/notices.md."""

    help = "Print name, language and text of every template of the notices, to be entered at the platform."

    def handle(self, *args: Any, **options: Any) -> None:
        """Shared notices first, then those that a service says its own way."""
        catalogue = running.current()
        self._print("", catalogue.notices.shared)
        for service_id, book in sorted(catalogue.notices.own.items()):
            self._print(f"{catalogue.by_id(service_id).code.lower()}_", book)
        self.stdout.write("balai_code | id, en | category AUTHENTICATION, button COPY_CODE (one-time codes)")

    def _print(self, prefix: str, book: Book) -> None:
        for news, wordings in sorted(book.items()):
            for language in LANGUAGES:
                if language in wordings:
                    text = wordings[language].short.replace("{", "{{").replace("}", "}}")
                    self.stdout.write(f"balai_{prefix}{news} | {language} | {text}")

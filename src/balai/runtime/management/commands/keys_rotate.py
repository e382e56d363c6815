"""`manage.py keys_rotate seal`: new values get a new key; old ones still open with theirs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from balai.runtime import keyring


class Command(BaseCommand):
    """Adds a key to the ring. Running processes take it up when they start again."""

    help = "Add a key and use it for new values. Back up the key folder afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("purpose", choices=keyring.ROTATABLE)

    def handle(self, *args: Any, **options: Any) -> None:
        kid = keyring.rotate(options["purpose"])
        self.stdout.write(f"{options['purpose']}: key {kid} is current; back up {keyring.ring_path().parent}")

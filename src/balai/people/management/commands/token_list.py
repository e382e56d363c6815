"""`token_list`: which tokens speak for an officer's account."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from balai.people import queries
from balai.people.management.command_line import find_officer


class Command(BaseCommand):
    """See docs/api.md."""

    help = "List the living tokens of an officer's account: id, last day, scopes, note; never the secret."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("login_name")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a token."""
        for token in queries.tokens_of(find_officer(options["login_name"]).account):
            line = f"{token.pk}  until {token.expires_at:%Y-%m-%d}  {' '.join(token.scopes)}  {token.note}"
            self.stdout.write(line.rstrip())

"""`token_revoke`: end a token now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from balai.kernel.references import SYSTEM
from balai.people import actions, queries


class Command(BaseCommand):
    """See docs/api.md."""

    help = "End a token of the API now; its id is in token_list."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which."""
        parser.add_argument("token_id", type=UUID)

    def handle(self, *args: Any, **options: Any) -> None:
        """End it and say so."""
        token = queries.token(options["token_id"])
        if token is None:
            raise CommandError("No token has this id.")
        actions.revoke_token(by=SYSTEM, token=token)
        self.stdout.write(f"{token.pk} is revoked.")

"""`officer_totp_reset`: an officer has lost the phone and the recovery codes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from balai.kernel.references import SYSTEM
from balai.people import actions
from balai.people.management.command_line import find_officer


class Command(BaseCommand):
    """See docs/operators/accounts.md."""

    help = "Forget an officer's second factor; it is enrolled anew at the next sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("login_name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget it and say so."""
        actions.reset_totp(by=SYSTEM, officer=find_officer(options["login_name"]))
        self.stdout.write(f"{options['login_name']} enrols a second factor at the next sign-in.")

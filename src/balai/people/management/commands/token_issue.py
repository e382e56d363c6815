"""`token_issue`: let a machine speak for an officer's account through the API."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from balai.kernel.references import SYSTEM
from balai.people import actions
from balai.people.actions.tokens import LONGEST_DAYS
from balai.people.management.command_line import find_officer
from balai.runtime.api import scopes_for


class Command(BaseCommand):
    """See docs/api.md."""

    help = "Make a token of the API for an officer's account and print it once."

    def add_arguments(self, parser: CommandParser) -> None:
        """For whom, for what, how long."""
        parser.add_argument("login_name", help="the officer, or the account made for the machine")
        parser.add_argument("--scope", action="append", required=True, help="may be given several times")
        parser.add_argument("--days", type=int, default=90, help=f"1 to {LONGEST_DAYS}; 90 when left out")
        parser.add_argument("--note", default="", help="what it is for, as `token_list` shows it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it; the secret goes to standard output alone, everything else to standard error."""
        officer = find_officer(options["login_name"])
        known = scopes_for("officer")
        unknown = sorted(set(options["scope"]) - set(known))
        if unknown:
            raise CommandError(f"No such scope: {', '.join(unknown)}. Scopes: {', '.join(known)}.")
        if not 1 <= options["days"] <= LONGEST_DAYS:
            raise CommandError(f"A token lives 1 to {LONGEST_DAYS} days.")
        if len(options["note"]) > 100:
            raise CommandError("The note has at most 100 characters.")
        secret = actions.issue_token(
            by=SYSTEM,
            account=officer.account,
            scopes=options["scope"],
            days=options["days"],
            note=options["note"],
        )
        self.stderr.write(f"A token of {options['login_name']}, shown only now:")
        self.stdout.write(secret)

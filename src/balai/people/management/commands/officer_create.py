"""`officer_create`: an account for an officer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from balai.kernel.errors import ValueRefused
from balai.kernel.references import SYSTEM
from balai.people import actions
from balai.people.management.command_line import add_password_option, read_password
from balai.runtime.errors import CitizenError


class Command(BaseCommand):
    """See docs/operators/accounts.md."""

    help = "Create an officer's account; the second factor is enrolled at the first sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        """Login name and name; the rest is optional."""
        parser.add_argument("login_name", help="small letters, digits, dot, hyphen: operator.sawentar")
        parser.add_argument("name", help="full name as it stands under a letter")
        parser.add_argument("--title", default="", help="position, such as Kepala Desa")
        parser.add_argument("--nip", default="", help="civil servant number, where there is one")
        add_password_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Create and say what comes next."""
        password = read_password(from_stdin=options["password_stdin"])
        try:
            officer = actions.create_officer(
                by=SYSTEM,
                login_name=options["login_name"],
                name=options["name"],
                password=password,
                title=options["title"],
                nip=options["nip"],
            )
        except CitizenError as error:
            raise CommandError(error.sentence) from None
        except ValueRefused as refused:
            raise CommandError(f"The name is refused ({refused.code}).") from None
        login_name = officer.account.login_name
        self.stdout.write(f"{login_name} is created. Next: officer_assign {login_name} ROLE OFFICE")

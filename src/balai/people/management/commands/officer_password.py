"""`officer_password`: replace an officer's password."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from balai.kernel.references import SYSTEM
from balai.people import actions
from balai.people.management.command_line import add_password_option, find_officer, read_password
from balai.runtime.errors import CitizenError


class Command(BaseCommand):
    """See docs/operators/accounts.md."""

    help = "Replace an officer's password; every session of the officer ends."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("login_name")
        add_password_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace it, or say why it is too weak."""
        officer = find_officer(options["login_name"])
        password = read_password(from_stdin=options["password_stdin"])
        try:
            actions.set_password(by=SYSTEM, officer=officer, password=password)
        except CitizenError as error:
            raise CommandError(error.sentence) from None
        self.stdout.write(f"The password of {options['login_name']} is replaced.")

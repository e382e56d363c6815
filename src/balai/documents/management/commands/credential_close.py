"""`credential_close`: an officer signs no more with the certificate on record."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from balai.documents.models import Credential
from balai.documents.signing import credentials
from balai.kernel.references import SYSTEM
from balai.people.management.command_line import find_officer
from balai.runtime.errors import CitizenError


class Command(BaseCommand):
    """See docs/operators/signing.md."""

    help = "Close an officer's certificate; letters signed with it stay valid."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and why."""
        parser.add_argument("login_name", help="the officer's login name")
        parser.add_argument("--reason", default="", help="for the journal")
        parser.add_argument(
            "--revoke", action="store_true", help="a demo certificate also goes on the demo revocation list"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Close, and say what else is to be done."""
        officer = find_officer(options["login_name"])
        row = Credential.objects.select_related("officer").filter(officer=officer, closed_at=None).first()
        if row is None:
            raise CommandError(f"{officer.name} has no open certificate.")
        try:
            if options["revoke"]:
                credentials.revoke_demo(by=SYSTEM, credential=row)
            else:
                credentials.close(by=SYSTEM, credential=row, reason=options["reason"])
        except CitizenError as error:
            raise CommandError(error.sentence) from None
        self.stdout.write(f"{officer.name} signs no more with {row.subject_name} ({row.serial}).")
        if not options["revoke"]:
            self.stdout.write("If the key is in wrong hands, ask its issuer to revoke the certificate today.")

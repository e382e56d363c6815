"""`credential_list`: who signs with what, and until when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from balai.documents.signing.credentials import credentials_ending_before
from balai.runtime import clock

FOR_EVER = timedelta(days=36_500)


class Command(BaseCommand):
    """See docs/operators/signing.md."""

    help = "List the open certificates of officers, those that end first at the top."

    def add_arguments(self, parser: CommandParser) -> None:
        """All, or only those that end soon."""
        parser.add_argument(
            "--ending", type=int, metavar="DAYS", help="only those that end within so many days"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """One line each."""
        within = FOR_EVER if options["ending"] is None else timedelta(days=options["ending"])
        now = clock.now()
        for row in credentials_ending_before(now + within):
            word = "ENDED" if row.ends_at <= now else "until"
            self.stdout.write(
                f"{row.officer.account.login_name:<28} {word} {row.ends_at:%Y-%m-%d}  "
                f"{row.signer:<6} {row.algorithm:<11} {row.subject_name}"
            )

"""`manage.py audit_verify`: is the journal whole?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from balai.audit.verification import JournalAltered, verify


class Command(BaseCommand):
    """Exit code 0 when every sealed row is as it was sealed, 1 with the first altered one otherwise."""

    help = "Verify the sealed journal; tells how many rows are not sealed yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect-head",
            default="",
            metavar="NUMBER:DIGEST",
            help="a head noted earlier, outside the town",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            verdict = verify(expected_head=options["expect_head"])
        except JournalAltered as fault:
            raise CommandError(f"journal altered: {fault}", returncode=1) from None
        self.stdout.write(
            f"journal whole: {verdict.sealed} rows sealed in {verdict.batches} batches, "
            f"{verdict.unsealed} unsealed; head {verdict.head}"
        )

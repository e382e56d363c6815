"""`credential_import`: put an officer's certificate (PKCS#12) on record."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.views.decorators.debug import sensitive_variables

from balai.documents.models import Credential
from balai.documents.signing import credentials
from balai.documents.signing.errors import NameDiffers
from balai.documents.signing.keys import LARGEST_P12, KeyFile, open_p12
from balai.kernel.references import SYSTEM
from balai.people.management.command_line import find_officer
from balai.people.models import Officer
from balai.runtime.errors import CitizenError


class Command(BaseCommand):
    """See docs/operators/signing.md."""

    help = "Put an officer's certificate (.p12 or .pfx) on record; an earlier one is closed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and which file; the passphrase is never an argument, where every process could read it."""
        parser.add_argument("login_name", help="the officer's login name")
        parser.add_argument("file", type=Path, help="PKCS#12 file with key, certificate and chain")
        parser.add_argument(
            "--passphrase-stdin",
            action="store_true",
            help="read the passphrase from standard input (one line)",
        )
        parser.add_argument(
            "--yes",
            action="store_true",
            help="the certificate is this officer's, though it names her otherwise",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, store, and say until when it holds."""
        officer = find_officer(options["login_name"])
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_P12 + 1)
        except OSError as error:
            raise CommandError(f"{path} can not be read: {error.strerror}.") from None
        passphrase = (
            sys.stdin.readline().rstrip("\n")
            if options["passphrase_stdin"]
            else getpass.getpass("Passphrase: ")
        )
        try:
            row = self._enrolled(officer, content, passphrase, is_same_person=options["yes"])
        except CitizenError as error:
            raise CommandError(error.sentence) from None
        self.stdout.write(f"{officer.name} signs with {row.subject_name} ({row.algorithm}),")
        self.stdout.write(f"serial {row.serial}, from {row.starts_at:%Y-%m-%d} to {row.ends_at:%Y-%m-%d}.")
        self._warn(open_p12(content, passphrase))

    @sensitive_variables("content", "passphrase")
    def _enrolled(
        self, officer: Officer, content: bytes, passphrase: str, *, is_same_person: bool
    ) -> Credential:
        """On record; where the names differ, who sits at the keyboard is asked."""
        try:
            return credentials.enrol(
                by=SYSTEM,
                officer=officer,
                signer="local",
                p12=content,
                passphrase=passphrase,
                is_same_person=is_same_person,
            )
        except NameDiffers as error:
            self.stdout.write(error.sentence)
            if not sys.stdin.isatty():
                raise CommandError("Nothing was put on record. If they are one person, say --yes.") from None
            if input("Are they one person? [y/N] ").strip().lower() not in ("y", "ya", "yes"):
                raise CommandError("Nothing was put on record.") from None
            return self._enrolled(officer, content, passphrase, is_same_person=True)

    def _warn(self, held: KeyFile) -> None:
        """Say when this town itself would not believe its letters."""
        from balai.documents.signing import trust  # noqa: PLC0415 - pyHanko is heavy

        if not trust.reaches_anchor(held.certificate, held.chain):
            self.stdout.write("Its chain reaches no root of the trust folder: see `trust_list`.")

"""What the account commands have in common: finding an officer, reading a password."""

from __future__ import annotations

import getpass
import sys
from datetime import date

from django.core.management.base import CommandError, CommandParser

from balai.kernel.dates import parse_date
from balai.kernel.errors import ValueRefused
from balai.people import queries
from balai.people.models import Officer


def find_officer(login_name: str) -> Officer:
    """The officer, or the end of the command."""
    officer = queries.officer_by_login(login_name)
    if officer is None:
        raise CommandError(f"No officer is called {login_name}.")
    return officer


def add_password_option(parser: CommandParser) -> None:
    """`--password-stdin`; there is none on the command line, where every process could read it."""
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input (one line)"
    )


def read_password(*, from_stdin: bool) -> str:
    """A password from standard input, or typed twice."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Once more: "):
        raise CommandError("The two passwords differ.")
    return first


def read_day(text: str | None) -> date | None:
    """A day as people write it, or None for nothing."""
    if not text:
        return None
    try:
        return parse_date(text)
    except ValueRefused:
        raise CommandError(f"{text} is not a day; write it like 2026-11-21.") from None

"""`rt_add`: make an RT an office, so that its head attests applications at /meja/."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from balai.kernel.references import SYSTEM
from balai.region import actions
from balai.region.errors import NoVillage
from balai.region.queries import rt_code

LARGEST = 999


class Command(BaseCommand):
    """See docs/operators/accounts.md."""

    help = "Make the RT of a village an office whose head attests applications; --close ends that."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which village, which RT of which RW."""
        parser.add_argument("village_code", help="a desa or kelurahan, such as 35.05.10.2011")
        parser.add_argument("rt", type=_number, help="number of the RT, such as 2")
        parser.add_argument("rw", type=_number, help="number of the RW, such as 1")
        parser.add_argument("--close", action="store_true", help="the village does its steps from now on")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make or close the office, and say its code for `officer_assign`."""
        place = {name: options[name] for name in ("village_code", "rt", "rw")}
        code = rt_code(**place)
        if options["close"]:
            if not actions.close_rt(by=SYSTEM, **place):
                raise CommandError(f"There is no office {code}.")
            self.stdout.write(f"{code} is closed; the village does its steps.")
            return
        try:
            office, is_new = actions.add_rt(by=SYSTEM, **place)
        except NoVillage:
            raise CommandError(f"There is no desa or kelurahan {options['village_code']}.") from None
        self.stdout.write(f"{code} is {'' if is_new else 'already '}an office: {office.name}.")


def _number(text: str) -> int:
    """A whole number from 1 to 999; argparse says what is wrong with anything else."""
    value = int(text)
    if not 1 <= value <= LARGEST:
        raise ValueError(text)
    return value

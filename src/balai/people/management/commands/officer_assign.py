"""`officer_assign`: give an officer a role at an office, or end it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from balai.kernel.references import SYSTEM
from balai.people import actions
from balai.people.enums import Capacity
from balai.people.errors import BasisMissing, ThroughMissing, Unknown
from balai.people.management.command_line import find_officer, read_day
from balai.people.models import Role
from balai.people.today import local_today

# As officials write it, by the stored code.
CAPACITIES = {
    "definitif": Capacity.DEFINITIVE,
    "plt": Capacity.ACTING,
    "plh": Capacity.DAILY,
    "an": Capacity.ON_BEHALF,
    "ub": Capacity.FOR_DEPUTY,
}


class Command(BaseCommand):
    """See docs/operators/accounts.md."""

    help = "Give an officer a role at an office from a day to a day, or end one with --end."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, which role, which office, which days."""
        parser.add_argument("login_name")
        parser.add_argument("role_code", help="a role of the government's folder, such as village-operator")
        parser.add_argument("office_code", help="an office, such as 35.05.10.2011")
        parser.add_argument("--from", dest="valid_from", help="first day; today when left out")
        parser.add_argument("--to", dest="valid_to", help="last day; no end when left out")
        parser.add_argument("--as", dest="capacity", choices=sorted(CAPACITIES), default="definitif")
        parser.add_argument("--basis", default="", help="the order behind it; needed unless definitive")
        parser.add_argument("--through", default="", help="for ub: title of the official between")
        parser.add_argument("--end", metavar="DAY", help="let the role end with this day instead")

    def handle(self, *args: Any, **options: Any) -> None:
        """Assign or end, and say what holds now."""
        officer = find_officer(options["login_name"])
        place = {"officer": officer, "role_code": options["role_code"], "office_code": options["office_code"]}
        end = read_day(options["end"])
        if end is not None:
            ended = actions.end_assignments(by=SYSTEM, on=end, **place)
            self.stdout.write(f"{ended} assignment(s) end with {end.isoformat()}.")
            return
        first = read_day(options["valid_from"]) or local_today()
        last = read_day(options["valid_to"])
        if last is not None and last < first:
            raise CommandError("The last day lies before the first.")
        try:
            actions.assign_role(
                by=SYSTEM,
                valid_from=first,
                valid_to=last,
                capacity=CAPACITIES[options["capacity"]],
                basis=options["basis"],
                through=options["through"],
                **place,
            )
        except Unknown:
            raise CommandError(_unknown(options["role_code"], options["office_code"])) from None
        except BasisMissing:
            raise CommandError("Whoever is not the definitive holder needs an order: --basis.") from None
        except ThroughMissing:
            raise CommandError("u.b. needs the title of the official between: --through.") from None
        until = f" to {last.isoformat()}" if last else ""
        self.stdout.write(
            f"{options['login_name']} is {options['role_code']} at {options['office_code']}"
            f" from {first.isoformat()}{until}."
        )


def _unknown(role_code: str, office_code: str) -> str:
    """Which of the two is not there, and where to look."""
    roles = list(Role.objects.order_by("code").values_list("code", flat=True))
    if role_code not in roles:
        return f"There is no role {role_code}. Roles: {', '.join(roles) or 'none; run role_load'}."
    return (
        f"There is no office {office_code}. A village or kecamatan has its area's code (areas.csv of the"
        " government's folder), an agency its own (government.toml)."
    )

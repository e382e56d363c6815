"""`./balai manage demo_seed`: furnish a demo town; refuses anywhere else."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from balai.demo.town import duty, people
from balai.demo.town.cast import CastRefused, places, workplaces


class Command(BaseCommand):
    """Invented officers, citizens and applications, made through the doors that a real town uses."""

    help = "Furnish a demo town with invented people and applications (demo mode only; again is no error)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed what is missing."""
        if settings.BALAI.mode == "production":
            raise CommandError("Demo people belong in no production town.")
        try:
            villages = places()
        except CastRefused as refused:
            raise CommandError(str(refused)) from None
        if not villages:
            self.stdout.write("No demo.toml with an open village: nothing to furnish.")
            return
        staff = [people.seed_staff(place) for place in workplaces()]
        duty.seed_duty(zip(workplaces(), staff, strict=True))
        citizens = people.seed_residents(villages[0], staff[0]["operator"])
        if "cases" in settings.BALAI.engine_list:
            from balai.demo.engines import cases  # noqa: PLC0415 - the engine list is a setting

            cases.seed_cases(villages[0], staff[0], citizens)
        if "reports" in settings.BALAI.engine_list:
            from balai.demo.engines import reports  # noqa: PLC0415 - the engine list is a setting

            by_office = {place.code: who for place, who in zip(workplaces(), staff, strict=True)}
            reports.seed_reports(by_office, citizens)
        self.stdout.write(f"{sum(map(len, staff))} officers, {len(citizens)} citizens.")

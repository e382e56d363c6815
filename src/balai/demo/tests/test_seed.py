"""Furnishing the demo town, its doors, and that none of it exists in production."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.test import Client

from balai.demo.town.cast import places
from balai.people.models import Citizen, Officer
from balai.work.models import WorkItem

pytestmark = pytest.mark.django_db


def seed() -> None:
    call_command("demo_seed", stdout=StringIO())


def in_mode(settings, **changes: object) -> None:
    settings.BALAI = django_settings.BALAI.model_copy(update=changes)


def test_seeding_is_refused_in_production(settings) -> None:
    in_mode(settings, mode="production")
    for command in ("demo_seed", "demo_accounts"):
        with pytest.raises(CommandError):
            call_command(command, stdout=StringIO())
    assert Officer.objects.count() == 0


def test_seeding_without_engines_furnishes_people_only(settings) -> None:
    in_mode(settings, engines="")
    seed()
    assert (Officer.objects.count() > 0, Citizen.objects.count() > 0) == (True, True)
    assert WorkItem.objects.count() == 0


def test_page_of_officers_before_seeding_shows_no_code() -> None:
    assert Client().get("/demo/petugas/").status_code == 200


@pytest.mark.parametrize("path", ["/demo/petugas/", "/demo/pesan/"])
def test_demo_pages_do_not_exist_in_production(settings, path: str) -> None:
    in_mode(settings, mode="production")
    assert Client().get(path).status_code == 404


def test_demo_people_live_in_the_first_open_village() -> None:
    assert places()[0].name.endswith("Sawentar")

"""The demo town before anybody has moved in, or after, for each module; its pages are drawn strictly."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from balai.runtime.tests.standing import standing_rows
from balai.ui.tests.guards import strict_templates

__all__ = ["strict_templates"]


def load_town() -> None:
    """Areas, offices and roles as every town starts with."""
    call_command("government_load", verbosity=0, stdout=StringIO())
    call_command("role_load", verbosity=0, stdout=StringIO())


@pytest.fixture(scope="module")
def bare_town(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """This run's town stands for the whole module; a module about several towns overrides it."""
    with standing_rows(django_db_blocker):
        with django_db_blocker.unblock():
            load_town()
        yield


@pytest.fixture(scope="module")
def seeded(bare_town: None, django_db_blocker: Any) -> None:
    """For modules whose tests begin in the furnished town."""
    with django_db_blocker.unblock():
        call_command("demo_seed", stdout=StringIO())


@pytest.fixture(autouse=True)
def _standing_on(bare_town: None, db: None, strict_templates: None) -> None:
    """What every test of this package stands on."""

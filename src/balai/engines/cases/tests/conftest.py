"""What every test of this engine may ask for: a town for each module; templates that forgive nothing."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from balai.ui.tests.guards import strict_templates

if TYPE_CHECKING:
    from balai.engines.cases.tests import factories as make

__all__ = ["strict_templates"]


@pytest.fixture(scope="module")
def _town_of_the_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[make.Town]:
    """A town in a transaction around the whole module; each test's own transaction lies inside it."""
    from balai.engines.cases.tests import factories as make  # noqa: PLC0415 (after Django is set up)

    around = transaction.atomic()
    around._from_testcase = True  # as Django marks its own: actions may begin as if outside of one
    with django_db_blocker.unblock():
        around.__enter__()
        made = make.make_town()
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def town(_town_of_the_module: make.Town, db: None) -> make.Town:
    """The people of the town as they are before each test; what a test does to them stays with it."""
    return copy.deepcopy(_town_of_the_module)

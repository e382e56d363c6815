"""What every test of this engine may ask for: a town for each module; templates that forgive nothing."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from balai.runtime.tests.standing import standing_rows
from balai.ui.tests.guards import strict_templates

if TYPE_CHECKING:
    from balai.engines.cases.tests import factories as make

__all__ = ["strict_templates"]


@pytest.fixture(scope="module")
def _town_of_the_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[make.Town]:
    """A town that stands for the whole module."""
    from balai.engines.cases.tests import factories as make  # noqa: PLC0415 (after Django is set up)

    with standing_rows(django_db_blocker):
        with django_db_blocker.unblock():
            made = make.make_town()
        yield made


@pytest.fixture(scope="module")
def letters_out(_town_of_the_module: make.Town, django_db_blocker: Any) -> None:
    """For modules whose tests begin with a certified letter that is out: `signing.issued` finds one."""
    from balai.engines.cases.tests import signing  # noqa: PLC0415 (after Django is set up)

    with django_db_blocker.unblock():
        signing.put_out(_town_of_the_module, "pickup", "download")


@pytest.fixture(scope="module")
def ink_letter_out(_town_of_the_module: make.Town, django_db_blocker: Any) -> None:
    """For modules whose tests begin with a letter that waits for a pen: `signing.in_ink` finds one."""
    from balai.engines.cases.tests import signing  # noqa: PLC0415 (after Django is set up)

    with django_db_blocker.unblock():
        signing.put_out(_town_of_the_module, signing.INK)


@pytest.fixture
def town(_town_of_the_module: make.Town, db: None) -> make.Town:
    """The people of the town as they are before each test; what a test does to them stays with it."""
    # A copy: `copy.deepcopy` makes the same one in five times the time.
    copied: make.Town = pickle.loads(pickle.dumps(_town_of_the_module))  # noqa: S301 - our own, a moment old
    return copied

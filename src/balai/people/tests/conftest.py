"""What several tests of people ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from balai.people.models import Officer


@pytest.fixture
def officer(db: None) -> Officer:
    """Sri Wahyuni of Sawentar, in a town that has a second village."""
    from balai.people.tests import factories as make  # noqa: PLC0415 (after Django is set up)

    make.make_area()
    make.make_area(make.BENCE, name="Bence")
    return make.make_officer()

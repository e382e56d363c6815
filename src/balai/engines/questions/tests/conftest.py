"""Templates that forgive nothing, and a village with an operator who answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from balai.ui.tests.guards import strict_templates

if TYPE_CHECKING:
    from balai.people.models import Officer

__all__ = ["strict_templates"]


@pytest.fixture(autouse=True)
def _strictly(strict_templates: None) -> None:
    """Every page of this engine."""


@pytest.fixture
def operator(db: None) -> Officer:
    """Who answers at the village."""
    from balai.engines.questions import rules  # noqa: PLC0415 (after Django is set up)
    from balai.people.tests.factories import make_area, make_officer  # noqa: PLC0415 (see above)

    make_area()
    return make_officer(permissions=(rules.ANSWER,))

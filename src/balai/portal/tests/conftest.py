"""Every test of the portal stands in a small town of its own and draws strictly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.test import Client

from balai.ui.tests.guards import strict_templates

__all__ = ["strict_templates"]


@pytest.fixture(autouse=True)
def town(strict_templates: None) -> Iterator[Any]:
    """The catalogue of the small town."""
    from balai.portal.tests.town import standing_town  # noqa: PLC0415 (after Django is set up)

    with standing_town() as catalogue:
        yield catalogue


@pytest.fixture
def sign_in(client: Client) -> Callable[[Any], Client]:
    """`sign_in(citizen)` gives the client that citizen's session."""
    from balai.portal.tests.town import begin_session  # noqa: PLC0415 (after Django is set up)

    return partial(begin_session, client)

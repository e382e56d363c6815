"""A kind of report whose place nobody shall see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from balai.engines.reports.queries import definitions
from balai.engines.reports.tests import factories as make


@pytest.fixture
def sensitive_holes() -> Iterator[None]:
    """Holes are of those, while the test lasts."""
    known = definitions.current().categories
    before = known[make.HOLE]
    known[make.HOLE] = before.model_copy(update={"sensitive": True})
    yield
    known[make.HOLE] = before

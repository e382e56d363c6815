"""The tests' town on the morning of its letters, and one checking process for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from balai.ui.tests.guards import strict_templates

__all__ = ["strict_templates"]


@pytest.fixture(scope="session", autouse=True)
def checking_process() -> Iterator[None]:
    """Ends with the tests."""
    yield
    from balai.documents.verification import client  # noqa: PLC0415 (after Django is set up)

    client.stop()


@pytest.fixture
def book(db: None, frozen_clock: Callable[[datetime], object]) -> None:
    """Desa Sawentar on 21 November 2026, ten in the morning, with an empty book of letters."""
    from balai.documents.tests import samples  # noqa: PLC0415 (after Django is set up)
    from balai.documents.verification.tests.pki import NOW  # noqa: PLC0415 (as above)

    frozen_clock(NOW)
    samples.make_offices()

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def fresh_calendars() -> Iterator[None]:
    """A test's rows are rolled back; what the process remembers of them must go too."""
    from balai.region import calendars  # noqa: PLC0415 (models are not ready when this file is read)

    calendars.forget()
    yield
    calendars.forget()

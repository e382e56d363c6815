"""Fixtures of this package and of its channels; Django is set up only when they run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def gateways(settings: Any) -> Iterator[Any]:
    """Simulators of SMS and WhatsApp, and a town that sends through them."""
    from balai.notify.tests.gateways import standing_gateways  # noqa: PLC0415 (after Django is set up)

    with standing_gateways(settings) as simulators:
        yield simulators


@pytest.fixture
def siti() -> Iterator[Any]:
    """Somebody who is reached by phone first, then by e-mail."""
    from balai.notify.tests.gateways import known_siti  # noqa: PLC0415 (after Django is set up)

    with known_siti() as owner:
        yield owner


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers must come within a fifth of a second."""
    from balai.runtime import outgoing  # noqa: PLC0415 (after Django is set up)

    monkeypatch.setattr(outgoing, "WHOLE_SECONDS", 0.2)

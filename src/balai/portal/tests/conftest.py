"""Every test of the portal draws strictly."""

from __future__ import annotations

import pytest

from balai.ui.tests.guards import strict_templates

__all__ = ["strict_templates"]


@pytest.fixture(autouse=True)
def _strict(strict_templates: None) -> None:
    """An undefined name in any template fails the test."""

"""Every page of the desk is drawn strictly: an undefined name fails the test."""

from __future__ import annotations

import pytest

from balai.ui.tests.guards import strict_templates

__all__ = ["strict_templates"]


@pytest.fixture(autouse=True)
def _strict(strict_templates: None) -> None:
    """For every test of this package."""

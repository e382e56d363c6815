"""The demo town before anybody has moved in; its pages are drawn strictly."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from balai.ui.tests.guards import strict_templates

__all__ = ["strict_templates"]


@pytest.fixture(autouse=True)
def _town(db: None, strict_templates: None) -> None:
    """Areas, offices and roles as every town starts with."""
    call_command("government_load", verbosity=0, stdout=StringIO())
    call_command("role_load", verbosity=0, stdout=StringIO())

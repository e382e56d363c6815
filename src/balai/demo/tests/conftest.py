"""The demo town before anybody has moved in; its pages are drawn strictly."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from balai.ui.tests.guards import strict_templates

__all__ = ["strict_templates"]


@pytest.fixture(autouse=True)
def town(
    request: pytest.FixtureRequest,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    db: None,
    strict_templates: None,
) -> str:
    """Areas, offices and roles as every town starts with: this run's government, or the one asked for."""
    from balai.catalogue import running  # noqa: PLC0415 (after Django is set up)
    from balai.region import calendars  # noqa: PLC0415 (after Django is set up)

    name = str(getattr(request, "param", django_settings.BALAI.government))
    settings.BALAI = django_settings.BALAI.model_copy(update={"government": name})
    monkeypatch.setattr(running, "_current", None)
    calendars.forget()
    call_command("government_load", verbosity=0, stdout=StringIO())
    call_command("role_load", verbosity=0, stdout=StringIO())
    return name

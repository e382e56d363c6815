"""{{ government }} in every template."""

from __future__ import annotations

from django.http import HttpRequest

from balai.government.loading import current
from balai.government.schema import Government


def government(request: HttpRequest) -> dict[str, Government]:
    """Context processor: the government this town serves."""
    return {"government": current()}

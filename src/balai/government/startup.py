"""The check that runs before a town opens."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error

from balai.government.faults import GovernmentRefused
from balai.government.loading import current


def check_folder(**kwargs: Any) -> list[CheckMessage]:
    """One error for each fault in the folder of the government this town serves."""
    try:
        current()
    except GovernmentRefused as refused:
        return [
            Error(f"governments/{refused.folder}/{fault}", id="government.refused")
            for fault in refused.faults
        ]
    return []

"""The day it is where the government is."""

from __future__ import annotations

from datetime import date

from balai import government
from balai.runtime import clock


def local_today() -> date:
    """Today in the government's zone; assignments start and end on local days."""
    return clock.now().astimezone(government.current().tzinfo).date()

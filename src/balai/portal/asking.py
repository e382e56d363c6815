"""Where somebody who found nothing can ask; whichever engine takes questions says so."""

from __future__ import annotations

from balai.catalogue import engine


def ask_url(sought: str = "") -> str:
    """The form for a question, about what was sought in vain; "" where no engine takes any."""
    return next((path for each in engine.engines() if (path := each.ask_path(sought))), "")

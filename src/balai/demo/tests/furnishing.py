"""Furnishing the demo town with the things of one engine: what others tell is their own tests' business."""

from __future__ import annotations

from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings


def furnish(engine: str) -> None:
    """The town's people, and what this engine tells of them; or what is missing of it."""
    with override_settings(BALAI=settings.BALAI.model_copy(update={"engines": engine})):
        call_command("demo_seed", stdout=StringIO())

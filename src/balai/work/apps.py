"""Work items, clocks and the officers' inbox."""

from __future__ import annotations

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Obligations of officers; every engine opens and closes them here."""

    name = "balai.work"

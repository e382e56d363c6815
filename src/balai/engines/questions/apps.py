"""The engine of questions."""

from __future__ import annotations

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """Fills the registries of the packages below: catalogue, work, notify, people."""

    name = "balai.engines.questions"

    def ready(self) -> None:
        """Register what the shells and the lower packages may ask this engine."""
        from balai.engines.questions import engine  # noqa: PLC0415 - registries are filled in ready()

        engine.plug_in()

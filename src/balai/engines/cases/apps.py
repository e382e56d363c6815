"""The engine of applications that end in a decision."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Fills the registries of the packages below: catalogue, work, files, documents, people."""

    name = "balai.engines.cases"

    def ready(self) -> None:
        """Register what the shells and the lower packages may ask this engine."""
        from balai.engines.cases import engine  # noqa: PLC0415 (models are not ready when the app is imported)

        engine.plug_in()

"""The engine of reports."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Fills the registries of the packages below: catalogue, work, files, notify, people."""

    name = "balai.engines.reports"

    def ready(self) -> None:
        """Register what the shells and the lower packages may ask this engine."""
        from balai.engines.reports import engine  # noqa: PLC0415 - registries are filled in ready()
        from balai.ui import navigation  # noqa: PLC0415 - see above

        engine.plug_in()
        navigation.register("citizen", navigation.NavItem(_("Lapor"), "reports:start", "report", order=25))

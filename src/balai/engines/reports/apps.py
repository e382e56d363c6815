"""The engine of reports."""

from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def _works_on_reports(request: HttpRequest) -> bool:
    """Whoever has a part in reports finds them in the menu."""
    from balai.engines.reports.rules import access  # noqa: PLC0415 - models are not ready yet

    officer = getattr(request, "officer", None)
    return officer is not None and any(officer.has_permission(name) for name in access.AT_THE_DESK)


class ReportsConfig(AppConfig):
    """Fills the registries of the packages below: catalogue, work, files, notify, people."""

    name = "balai.engines.reports"

    def ready(self) -> None:
        """Register what the shells and the lower packages may ask this engine."""
        from balai.engines.reports import engine  # noqa: PLC0415 - registries are filled in ready()
        from balai.ui import navigation  # noqa: PLC0415 - see above

        engine.plug_in()
        navigation.register("citizen", navigation.NavItem(_("Lapor"), "reports:start", "report", order=25))
        navigation.register(
            "desk",
            navigation.NavItem(
                _("Laporan warga"), "reports:register", "report", order=20, shown_to=_works_on_reports
            ),
        )

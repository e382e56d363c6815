"""The engine of applications that end in a decision."""

from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def _reads_a_register(request: HttpRequest) -> bool:
    from balai.engines.cases.rules import access  # noqa: PLC0415 - a menu is drawn long after ready()

    officer = getattr(request, "officer", None)
    return officer is not None and any(officer.has_permission(name) for name in access.PERMISSIONS)


class CasesConfig(AppConfig):
    """Fills the registries of the packages below: catalogue, work, files, documents, people."""

    name = "balai.engines.cases"

    def ready(self) -> None:
        """Register what the shells and the lower packages may ask this engine."""
        from balai.engines.cases import engine  # noqa: PLC0415 - registries are filled in ready()
        from balai.engines.cases.views import signed_out as late  # noqa: PLC0415 - see above
        from balai.runtime.audience import signed_out  # noqa: PLC0415 - see above
        from balai.ui import navigation  # noqa: PLC0415 - see above

        engine.plug_in()
        navigation.register(
            "desk",
            navigation.NavItem(_("Buku"), "cases:register", "list", order=30, shown_to=_reads_a_register),
        )
        signed_out.register(late.keep_signed_out)

"""The catalogue as a Django app."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def _announces(request: HttpRequest) -> bool:
    from balai.catalogue.permissions import ANNOUNCE  # noqa: PLC0415 - registries are filled in ready()

    officer = getattr(request, "officer", None)
    return officer is not None and officer.has_permission(ANNOUNCE)


class CatalogueConfig(AppConfig):
    """The catalogue itself is read at first use, after all engines are in."""

    name = "balai.catalogue"

    def ready(self) -> None:
        """Put the page of disruptions into the desk's menu, and its permission into the registry."""
        from balai.catalogue.permissions import ANNOUNCE  # noqa: PLC0415 - registries are filled in ready()
        from balai.people import permissions  # noqa: PLC0415 - registries are filled in ready()
        from balai.ui.navigation import NavItem, register  # noqa: PLC0415 - registries are filled in ready()

        permissions.register(ANNOUNCE, _("Mengumumkan gangguan layanan"))
        entry = NavItem(_("Gangguan"), "catalogue:disruptions", "alert", order=55, shown_to=_announces)
        register("desk", entry)

"""The catalogue as a Django app."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from balai.catalogue.permissions import ANNOUNCE, READ_SEARCHES


def _announces(request: HttpRequest) -> bool:
    return _may(request, ANNOUNCE)


def _reads_searches(request: HttpRequest) -> bool:
    return _may(request, READ_SEARCHES)


def _may(request: HttpRequest, permission: str) -> bool:
    officer = getattr(request, "officer", None)
    return officer is not None and officer.has_permission(permission)


class CatalogueConfig(AppConfig):
    """The catalogue itself is read at first use, after all engines are in."""

    name = "balai.catalogue"

    def ready(self) -> None:
        """Put the desk's pages into its menu, and their permissions into the registry."""
        from balai.people import permissions  # noqa: PLC0415 - registries are filled in ready()
        from balai.ui.navigation import NavItem, register  # noqa: PLC0415 - registries are filled in ready()

        permissions.register(ANNOUNCE, _("Mengumumkan gangguan layanan"))
        permissions.register(READ_SEARCHES, _("Melihat pencarian tanpa hasil"))
        entries = (
            NavItem(_("Gangguan"), "catalogue:disruptions", "alert", order=55, shown_to=_announces),
            NavItem(_("Pencarian"), "catalogue:searches", "search", order=56, shown_to=_reads_searches),
        )
        for entry in entries:
            register("desk", entry)

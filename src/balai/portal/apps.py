from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from balai.ui.navigation import NavItem, register


class PortalConfig(AppConfig):
    name = "balai.portal"

    def ready(self) -> None:
        from balai.portal.caching import has_session  # noqa: PLC0415 (settings are read when it runs)

        def is_known(request: HttpRequest) -> bool:
            return has_session(request) and getattr(request, "citizen", None) is not None

        def is_stranger(request: HttpRequest) -> bool:
            return not is_known(request)

        register("citizen", NavItem(_("Beranda"), "portal:home", "home", 10))
        register("citizen", NavItem(_("Layanan"), "portal:services", "list", 20))
        register("citizen", NavItem(_("Lacak"), "portal:track", "track", 30))
        register("citizen", NavItem(_("Bantuan"), "portal:help", "help", 40, on_phone=False))
        register("citizen", NavItem(_("Urusan saya"), "portal:me", "person", 50, shown_to=is_known))
        register("citizen", NavItem(_("Masuk"), "portal:door", "person", 50, shown_to=is_stranger))
        register("footer", NavItem(_("Bantuan"), "portal:help", "help", 10))
        register("footer", NavItem(_("Maklumat"), "portal:maklumat", "file", 15))
        register("footer", NavItem(_("Aksesibilitas"), "portal:accessibility", "help", 20))
        register("footer", NavItem(_("Privasi"), "portal:privacy", "lock", 30))

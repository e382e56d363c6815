"""Django's handle on the package."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def _hands_over(request: HttpRequest) -> bool:
    from balai.partners.lapor.rules import PERMISSION  # noqa: PLC0415 (models are not ready yet)

    officer = getattr(request, "officer", None)
    return officer is not None and officer.has_permission(PERMISSION)


class LaporConfig(AppConfig):
    name = "balai.partners.lapor"
    label = "lapor"
    verbose_name = "SP4N-LAPOR!"

    def ready(self) -> None:
        """Declare the permission, fill the desk's menu, and take what the coordinating admin writes."""
        from balai.notify import replies  # noqa: PLC0415 - registries are filled in ready()
        from balai.partners.lapor import letters  # noqa: PLC0415 - registries are filled in ready()
        from balai.partners.lapor.rules import PERMISSION  # noqa: PLC0415 - registries are filled in ready()
        from balai.people import permissions  # noqa: PLC0415 - registries are filled in ready()
        from balai.ui.navigation import NavItem, register  # noqa: PLC0415 - registries are filled in ready()

        permissions.register(PERMISSION, _("Menyerahkan laporan ke SP4N-LAPOR! dan mencatat jawabannya"))
        register("desk", NavItem(_("LAPOR!"), "lapor:outbox", "upload", order=58, shown_to=_hands_over))
        replies.register("lapor.letter", answer=letters.take, is_first=True)

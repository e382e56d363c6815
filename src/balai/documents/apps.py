"""Django's handle on the package."""

from collections.abc import Callable

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from balai.ui import navigation
from balai.ui.navigation import NavItem


class DocumentsConfig(AppConfig):
    name = "balai.documents"
    verbose_name = "Naskah"

    def ready(self) -> None:
        from balai.documents import owners, tasks  # noqa: F401, PLC0415  # registration
        from balai.documents import permissions as acts  # noqa: PLC0415  # registration
        from balai.documents.signing import demo, local  # noqa: F401, PLC0415  # registration
        from balai.documents.signing import tasks as signing_tasks  # noqa: F401, PLC0415  # registration
        from balai.files import readers  # noqa: PLC0415  # registration
        from balai.people import permissions  # noqa: PLC0415  # registration

        navigation.register("footer", NavItem(_("Periksa surat"), "verification:check", "shield", 5))
        permissions.register(acts.INITIAL, _("Memaraf surat"))
        permissions.register(acts.SIGN, _("Menandatangani surat"))
        permissions.register(acts.REVOKE, _("Mencabut surat dan membatalkan nomor"))
        permissions.register(acts.READ_BOOK, _("Membaca buku surat keluar"))
        readers.register("documents.letter", owners.may_read_letter)
        _fill_the_desks_menu()


def _fill_the_desks_menu() -> None:
    from balai.documents import permissions as acts  # noqa: PLC0415  # registration
    from balai.ui.navigation import NavItem, register  # noqa: PLC0415  # registration

    def shown_to(*needs: str) -> Callable[[HttpRequest], bool]:
        return lambda request: any(_may(request, need) for need in needs)

    signs = shown_to(*acts.TURN_PERMISSIONS)
    register("desk", NavItem(_("Tanda tangan"), "letters_desk:tray", "pencil", order=20, shown_to=signs))
    reads = shown_to(acts.READ_BOOK)
    register("desk", NavItem(_("Buku surat"), "letters_desk:book", "list", order=40, shown_to=reads))


def _may(request: HttpRequest, need: str) -> bool:
    officer = getattr(request, "officer", None)
    return officer is not None and officer.has_permission(need)

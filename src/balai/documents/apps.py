"""Django's handle on the package."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


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

        permissions.register(acts.INITIAL, _("Memaraf surat"))
        permissions.register(acts.SIGN, _("Menandatangani surat"))
        permissions.register(acts.REVOKE, _("Mencabut surat dan membatalkan nomor"))
        permissions.register(acts.READ_BOOK, _("Membaca buku surat keluar"))
        readers.register("documents.letter", owners.may_read_letter)

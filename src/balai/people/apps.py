from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "balai.people"

    def ready(self) -> None:
        from balai.people import permissions  # noqa: PLC0415 (labels are lazy; nothing is needed earlier)

        permissions.register("people.prove", _("Membuktikan identitas warga di loket"))
        permissions.register("people.reveal", _("Membuka data pribadi yang disamarkan"))
        permissions.register("people.manage", _("Mengelola akun petugas"))

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "balai.people"

    def ready(self) -> None:
        from balai.files import readers  # noqa: PLC0415 (models are not ready when the app is imported)
        from balai.notify import addressees  # noqa: PLC0415 (models are not ready when the app is imported)
        from balai.people import permissions, queries  # noqa: PLC0415 (models are not ready yet)

        permissions.register("people.prove", _("Membuktikan identitas warga di loket"))
        permissions.register("people.reveal", _("Membuka data pribadi yang disamarkan"))
        permissions.register("people.manage", _("Mengelola akun petugas"))
        permissions.register("runtime.jobs", _("Melihat dan mengulang pekerjaan latar"))
        permissions.register("notify.read_incoming", _("Membaca pesan masuk yang tidak dipahami"))
        permissions.register("notify.read_outbox", _("Melihat pesan keluar dan mengirim ulang"))
        readers.register("people.citizen", queries.may_read_own_files)
        addressees.register("people.citizen", queries.addressee)
        addressees.register("people.officer", queries.officer_addressee)

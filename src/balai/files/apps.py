"""Django's handle on the package."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "balai.files"
    verbose_name = "Berkas"

    def ready(self) -> None:
        from balai.files import tasks  # noqa: F401, PLC0415  # registration: jobs exist once Django does

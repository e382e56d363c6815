"""Django's handle on the package."""

from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "balai.sync"
    verbose_name = "Sinkronisasi"

    def ready(self) -> None:
        from balai.sync import tasks  # noqa: F401, PLC0415  # registration: jobs exist once Django does

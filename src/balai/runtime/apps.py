from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RuntimeConfig(AppConfig):
    name = "balai.runtime"

    def ready(self) -> None:
        """Load every installed package's `tasks.py`, where its job handlers register themselves."""
        autodiscover_modules("tasks")

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from balai.runtime import logging


class RuntimeConfig(AppConfig):
    name = "balai.runtime"

    def ready(self) -> None:
        """Redact the log; load every installed package's `tasks.py`, where job handlers register."""
        logging.install()
        autodiscover_modules("tasks")

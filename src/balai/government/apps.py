from django.apps import AppConfig
from django.core import checks


class GovernmentConfig(AppConfig):
    name = "balai.government"

    def ready(self) -> None:
        """A town with a faulty folder does not open: `check` and `start` name every fault."""
        from balai.government.startup import check_folder  # noqa: PLC0415 (settings must be read first)

        checks.register(check_folder)

from django.apps import AppConfig
from django.core import checks


class GovernmentConfig(AppConfig):
    name = "balai.government"

    def ready(self) -> None:
        """A town with a faulty folder does not open: `check` and `start` name every fault."""
        from balai.government.startup import check_folder, tile_hosts  # noqa: PLC0415 (settings first)
        from balai.runtime.content_policy import picture_hosts  # noqa: PLC0415 - together with the above

        checks.register(check_folder)
        picture_hosts.register(tile_hosts)

from django.apps import AppConfig


class RegionConfig(AppConfig):
    name = "balai.region"

    def ready(self) -> None:
        """Every map of the pages is drawn on this town's own borders and roads."""
        from balai.region.basemap import for_pages  # noqa: PLC0415 (models are not ready before)
        from balai.ui.maps import base_map  # noqa: PLC0415 - together with the above

        base_map.register(for_pages)

"""The catalogue as a Django app."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Registers the snapshot table; the catalogue itself is read at first use, after all engines are in."""

    name = "balai.catalogue"

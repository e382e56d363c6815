"""The bare site's one app; it is installed by `tools/bare_server.py` alone."""

from django.apps import AppConfig


class BareConfig(AppConfig):
    """Holds the models made from the rows of a submit."""

    name = "balai.bench.bare"
    label = "bare"

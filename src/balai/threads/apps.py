"""Messages between citizen and office, and notes that stay inside."""

from __future__ import annotations

from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    """Notes about any subject, keyed by its label and id."""

    name = "balai.threads"

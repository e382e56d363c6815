"""Work items, clocks and the officers' inbox."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkConfig(AppConfig):
    """Obligations of officers; every engine opens and closes them here."""

    name = "balai.work"

    def ready(self) -> None:
        """Declare the acts of minding what is late and of planning who is on duty."""
        from balai.people import permissions  # noqa: PLC0415 - registries are filled in ready()

        permissions.register("work.oversee", _("Mengawasi tugas yang lewat waktu di kantornya"))
        permissions.register("work.plan_duty", _("Menyusun jadwal piket kantornya"))

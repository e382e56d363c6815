"""The demo channel: messages stay in the town and are read at /demo/pesan/."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from balai.notify.channels.registry import Channel, Outgoing, PermanentFailure, register


@register("demo")
class DemoChannel(Channel):
    """Takes everything and sends nothing; the page shows the message itself. Never in production."""

    label = _("Peragaan")
    kinds = ("phone", "email")
    is_demo = True

    def problems(self) -> list[str]:
        """It works wherever it is allowed."""
        return ["the demo channel shows one-time codes to everybody"] if _is_production() else []

    def deliver(self, outgoing: Outgoing) -> str:
        """Nothing to hand over; refuse should a production town ever get here."""
        if _is_production():
            raise PermanentFailure("demo.production")
        return ""


def _is_production() -> bool:
    return bool(settings.BALAI.mode == "production")

"""Stored codes of work items and clocks."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ItemState(TextChoices):
    """Where an obligation stands. Paused means: somebody outside the office has to move first."""

    OPEN = "open", _("Perlu dikerjakan")
    PAUSED = "paused", _("Menunggu warga")
    DONE = "done", _("Selesai")
    CANCELLED = "cancelled", _("Batal")


class ClockState(TextChoices):
    """A clock runs, waits for the citizen, or has stopped for good."""

    RUNNING = "running", _("Berjalan")
    PAUSED = "paused", _("Berhenti sementara")
    STOPPED = "stopped", _("Selesai")


class AlertOutcome(TextChoices):
    """How a call of those on duty ended."""

    TAKEN = "taken", _("Diambil")
    ESCALATED = "escalated", _("Diteruskan ke pimpinan")
    UNHEARD = "unheard", _("Tidak ada yang bisa dihubungi")


class Box(StrEnum):
    """The five boxes of the inbox, in the order in which they are shown."""

    TODO = "todo"
    SOON = "soon"
    LATE = "late"
    WAITING = "waiting"
    DONE_TODAY = "done_today"

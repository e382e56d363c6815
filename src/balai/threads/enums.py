"""Who reads a note."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """A note is either part of the talk with the citizen, or stays inside the office."""

    CITIZEN = "citizen", _("Warga dan petugas")
    INTERNAL = "internal", _("Petugas saja")

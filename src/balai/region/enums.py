"""Closed lists of the region; stored codes are stable."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    """Levels below the government. Legal words differ by custom; see the government's area_words."""

    DISTRICT = "district", _("Kecamatan")
    VILLAGE = "village", _("Desa")
    KELURAHAN = "kelurahan", _("Kelurahan")


class OfficeKind(models.TextChoices):
    """What an office is in charge of: an area of that kind, a field of work (agency), or neighbours (rt)."""

    DISTRICT = "district", _("Kecamatan")
    VILLAGE = "village", _("Desa")
    KELURAHAN = "kelurahan", _("Kelurahan")
    AGENCY = "agency", _("Perangkat daerah")
    RT = "rt", _("Rukun tetangga")


class HolidayKind(models.TextChoices):
    """Who gave the day free."""

    NATIONAL = "national", _("Libur nasional")
    JOINT_LEAVE = "joint_leave", _("Cuti bersama")
    LOCAL = "local", _("Hari khusus daerah")

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


class RoadStatus(models.TextChoices):
    """Who builds and mends a road (UU 38/2004 with UU 2/2022)."""

    NATIONAL = "national", _("Jalan nasional")
    PROVINCIAL = "provincial", _("Jalan provinsi")
    LOCAL = "local", _("Jalan kabupaten atau kota")
    VILLAGE = "village", _("Jalan desa")


class OwnerKind(models.TextChoices):
    """Land in a town that another body answers for; the values of government.geometry.OWNER_KINDS."""

    RAILWAY = "railway", _("Lahan kereta api")
    FOREST = "forest", _("Hutan negara")
    IRRIGATION = "irrigation", _("Saluran irigasi")
    INDUSTRIAL_ESTATE = "industrial_estate", _("Kawasan industri")
    PLANTATION = "plantation", _("Perkebunan")
    PORT = "port", _("Pelabuhan")
    AIRPORT = "airport", _("Bandar udara")
    TOLL_ROAD = "toll_road", _("Jalan tol")
    HOUSING_ESTATE = "housing_estate", _("Perumahan yang belum diserahkan")
    MILITARY = "military", _("Lahan militer")
    OTHER = "other", _("Lahan pihak lain")

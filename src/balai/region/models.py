"""Tables of areas, offices and working time, kept equal to the government's folder by `government_load`.

Other packages keep codes of areas and offices as text, so rows that leave the folder stay, marked as no
longer current: old letters and cases go on naming them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from balai.region.enums import AreaKind, HolidayKind, OfficeKind


class Area(models.Model):
    """A kecamatan, desa or kelurahan; `code` is dotted (Permendagri 58/2021): "35.05.10.2011"."""

    code = models.CharField(max_length=13, primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=AreaKind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AreaKind.values), name="region_area_kind"),
            models.CheckConstraint(
                condition=Q(kind=AreaKind.DISTRICT, parent__isnull=True)
                | (~Q(kind=AreaKind.DISTRICT) & Q(parent__isnull=False)),
                name="region_area_village_in_district",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """Whoever takes applications and signs letters; an area's office has the area's code."""

    code = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=12, choices=OfficeKind)
    name = models.CharField(max_length=120)
    area_code = models.CharField(max_length=13, db_index=True)
    parent_code = models.CharField(max_length=40, blank=True, db_index=True)
    is_open = models.BooleanField(default=False)
    """Takes applications online."""
    number_code = models.CharField(max_length=20)
    """What stands for the office in the number of a letter."""
    head_title = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OfficeKind.values), name="region_office_kind"),
            models.CheckConstraint(condition=~Q(parent_code=F("code")), name="region_office_not_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class Holiday(models.Model):
    """A day on which offices are closed or, where `hours` is given, open at other times."""

    day = models.DateField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=HolidayKind)
    is_estimate = models.BooleanField(default=False)
    basis = models.CharField(max_length=200)
    hours = models.JSONField(default=list)
    """Openings such as ["10.00-15.30"]; empty means closed."""

    class Meta:
        ordering = ["day", "name"]
        constraints = [
            models.UniqueConstraint(fields=["day", "name"], name="region_holiday_once"),
            models.CheckConstraint(condition=Q(kind__in=HolidayKind.values), name="region_holiday_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.label}"

    @property
    def label(self) -> str:
        """The name, marked where the date may still move: "Hari Raya Idul Fitri (perkiraan)"."""
        return _("%(name)s (perkiraan)") % {"name": self.name} if self.is_estimate else self.name


class OfficeHours(models.Model):
    """Opening hours for a time, of one office or (office_code "") of all; higher positions win."""

    position = models.PositiveSmallIntegerField(unique=True)
    office_code = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    week = models.JSONField()
    """Openings by weekday, "0" = Monday: {"0": ["07.30-15.30"], …}."""
    basis = models.CharField(max_length=200)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "office hours"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="region_hours_end_after_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_code or '*'} {self.valid_from}"


class Revision(models.Model):
    """Counts changes of offices and working time, so that a process notices one without reading all rows."""

    name = models.CharField(max_length=20, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

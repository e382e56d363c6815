"""Photos and documents of a report: what was found, what was done, what proves it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from balai.engines.reports.enums import EvidenceRole
from balai.engines.reports.models.report import Report
from balai.kernel.uuid7 import uuid7


class Evidence(models.Model):
    """One file. Where it was taken is what the device said when it was attached, never its EXIF (removed).

    `metres` from the report's place; None where either place is not known. `is_public`: everybody sees it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="evidence")
    upload_id = models.UUIDField(unique=True)
    role = models.CharField(max_length=9, choices=EvidenceRole.choices)
    round = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=48, blank=True)
    is_picture = models.BooleanField(default=True)
    is_public = models.BooleanField(default=False)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    metres = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=EvidenceRole.values), name="reports_evidence_role"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__isnull=False, lon__isnull=False),
                name="reports_evidence_point_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.upload_id}"

"""Snapshots of definitions, under which cases finish; and notices of disruption; searches in vain."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7


class Definition(models.Model):
    """One definition by content: `body` holds what `sha256` was taken over, letter sources included."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    service_id = models.CharField(max_length=200)
    body = models.TextField(help_text="canonical JSON, exactly the text that was hashed")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["service_id", "created_at"])]

    def __str__(self) -> str:
        return f"{self.service_id} {self.sha256[:12]}"


class Disruption(models.Model):
    """A public notice that services do not work as promised, from when to when. Nothing personal.

    `service_ids` empty means all. It is never changed: a wrong one is called off, and another is written.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    text = models.CharField(max_length=400)
    service_ids = models.JSONField(default=list)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True)
    written_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["ends_at", "starts_at"], name="catalogue_disruption_span")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="catalogue_disruption_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d} {self.text[:40]}"

    def as_subject(self) -> Subject:
        """What the journal keeps of it."""
        return Subject("catalogue.disruption", str(self.pk), self.text[:100])


class Sought(models.Model):
    """Words that people sought in vain and asked to be counted, by month; nobody is named."""

    words = models.CharField(max_length=60)
    month_on = models.DateField(help_text="the first day of the month")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["words", "month_on"], name="catalogue_sought_once_a_month"),
            models.CheckConstraint(condition=Q(count__gt=0), name="catalogue_sought_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.words} {self.month_on:%Y-%m} {self.count}"

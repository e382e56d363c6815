"""Hand-overs to LAPOR! and what came back; what was handed over is sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.partners.lapor.enums import HandOverState, OutsideState, Way
from balai.partners.lapor.package import LaporPackage
from balai.partners.lapor.rules import LIVING
from balai.runtime.fields import SealedJSONField, SealedTextField


class HandOver(models.Model):
    """One report on its way to LAPOR!. `reference` is ours; `tracking_number` is theirs.

    `stopped_at`: every attempt failed, or the other side refuses our mail; an officer starts it anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    about_label = models.CharField(max_length=80)
    about_id = models.CharField(max_length=80)
    our_reference = models.CharField(max_length=40)
    way = models.CharField(max_length=6, choices=Way.choices)
    state = models.CharField(max_length=12, choices=HandOverState.choices, default=HandOverState.WAITING)
    package = SealedJSONField()
    package_hash = models.CharField(max_length=64)
    is_secret = models.BooleanField()
    tracking_number = models.CharField(max_length=40, blank=True)
    outside_state = models.CharField(max_length=20, choices=OutsideState.choices, blank=True)
    tries = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["about_label", "about_id"], name="handover_about"),
            models.Index(fields=["state", "-created_at"], name="handover_state"),
            models.Index(fields=["-created_at"], name="handover_latest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["about_label", "about_id"],
                condition=Q(state__in=LIVING),
                name="handover_one_living",
            ),
            models.CheckConstraint(condition=Q(state__in=HandOverState.values), name="handover_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[HandOverState.SENT, HandOverState.ACKNOWLEDGED])
                | Q(sent_at__isnull=False),
                name="handover_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=HandOverState.ACKNOWLEDGED) | ~Q(tracking_number=""),
                name="handover_acknowledged_has_number",
            ),
            models.CheckConstraint(
                condition=Q(state=HandOverState.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(state=HandOverState.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
                name="handover_withdrawn_has_time",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(state=HandOverState.WAITING),
                name="handover_only_waiting_stops",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def about(self) -> Subject:
        """What was handed over."""
        return Subject(self.about_label, self.about_id)

    def as_subject(self) -> Subject:
        """The hand-over in the journal."""
        return Subject("lapor.hand_over", str(self.pk), self.reference)

    @property
    def content(self) -> LaporPackage:
        """The package in the clear."""
        return LaporPackage.from_data(self.package.clear)


class OutsideAnswer(models.Model):
    """What LAPOR! said, as an officer entered it; the last one stands on the hand-over too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="answers")
    tracking_number = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, choices=OutsideState.choices)
    text = SealedTextField()
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["hand_over", "at"], name="outside_answer_order")]

    def __str__(self) -> str:
        return f"answer {self.pk}"

"""Who says so: one voice for each person behind a report, and her identity in a table of its own.

An agency reads reports, never identities; each reading of one is journalled with its purpose
(`actions.identify`), and shown to the person where she has an account.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from balai.engines.reports.enums import Residency
from balai.engines.reports.models.report import Report
from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.people.enums import ContactKind
from balai.runtime.fields import SealedTextField

IDENTITY_LABEL = "reports.identity"


class Voice(models.Model):
    """One person's part in a report: hers (`is_first`), or one that she joined.

    `hides_name` (anonim): neither the public nor the agency reads the name. `device_hash` is a keyed hash of
    the browser that sent it, so that one phone does not join forty times; `pin_hash` opens the report, with
    its number, to whoever holds the slip of this voice.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="voice_set")
    citizen = models.ForeignKey("people.Citizen", null=True, on_delete=models.SET_NULL, related_name="+")
    is_first = models.BooleanField(default=False)
    hides_name = models.BooleanField(default=False)
    device_hash = models.CharField(max_length=64, blank=True)
    pin_hash = models.CharField(max_length=64)
    note: Any = SealedTextField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["citizen", "-at"], name="reports_voice_citizen")]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "citizen"], condition=Q(citizen__isnull=False), name="reports_voice_once"
            ),
            models.UniqueConstraint(
                fields=["report", "device_hash"],
                condition=~Q(device_hash=""),
                name="reports_voice_once_a_device",
            ),
            models.UniqueConstraint(fields=["report", "pin_hash"], name="reports_voice_pin"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(is_first=True), name="reports_one_first_voice"
            ),
        ]

    def __str__(self) -> str:
        return f"voice {self.pk}"


class Identity(models.Model):
    """Who a voice belongs to, as far as she said it; sealed, and apart."""

    voice = models.OneToOneField(Voice, primary_key=True, on_delete=models.CASCADE, related_name="identity")
    nik: Any = SealedTextField(null=True)
    nik_hash = models.CharField(max_length=64, blank=True, db_index=True)
    name: Any = SealedTextField(null=True)
    contact_kind = models.CharField(max_length=5, choices=ContactKind.choices, blank=True)
    contact: Any = SealedTextField(null=True)
    residency = models.CharField(max_length=10, choices=Residency.choices, default=Residency.UNSAID)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(residency__in=Residency.values), name="reports_residency"),
            models.CheckConstraint(
                condition=Q(nik__isnull=True, nik_hash="") | (Q(nik__isnull=False) & ~Q(nik_hash="")),
                name="reports_identity_nik_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(contact__isnull=True, contact_kind="")
                | (Q(contact__isnull=False) & ~Q(contact_kind="")),
                name="reports_identity_contact_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"identity {self.pk}"

    def as_subject(self) -> Subject:
        """How journal and messages speak of this person."""
        return Subject(IDENTITY_LABEL, str(self.pk))

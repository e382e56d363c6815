"""What was handed in, what the officer found, and each time the citizen was asked to repair."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from balai.engines.cases.enums import Outcome, TargetKind
from balai.engines.cases.models.case import Case
from balai.kernel.uuid7 import uuid7
from balai.runtime.fields import SealedTextField


class CaseFile(models.Model):
    """One file for one requirement, provided in `round`; `replaced_round` says when a better one came."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    requirement_id = models.CharField(max_length=48)
    upload_id = models.UUIDField(unique=True)
    round = models.PositiveSmallIntegerField()
    replaced_round = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_round__isnull=True) | Q(replaced_round__gt=F("round")),
                name="cases_file_replaced_later",
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} ({self.round})"


class Verdict(models.Model):
    """What an officer found about one requirement or one answer, in one round.

    `row` numbers the row of a group that the fault is about, from 1; None for the whole answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="verdicts", db_index=False)
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=TargetKind.choices)
    target_id = models.CharField(max_length=48)
    row = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    reason_code = models.CharField(max_length=48, blank=True)
    note = SealedTextField(null=True, blank=True)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round", "kind", "target_id"], name="cases_verdict_one_a_round"
            ),
            models.CheckConstraint(
                condition=Q(outcome="ok", reason_code="") | (Q(outcome="fault") & ~Q(reason_code="")),
                name="cases_verdict_fault_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.outcome}"

    @property
    def target(self) -> str:
        """ "requirement:ktp" or "field:business_name"."""
        return f"{self.kind}:{self.target_id}"

    @property
    def note_text(self) -> str:
        """The officer's words to the citizen about this fault."""
        return str(self.note.clear) if self.note else ""


class Return(models.Model):
    """One time the case went back: with every fault of that round, and what came back.

    `expires_at` is when the case is closed unless it was repaired, where its definition says so; `warned_at`
    when the applicant was told that this is near.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="returns", db_index=False)
    round = models.PositiveSmallIntegerField()
    returned_at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    supervised = models.BooleanField(default=False)
    repaired_at = models.DateTimeField(null=True, blank=True)
    provided = models.JSONField(default=list)
    expires_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["expires_at"],
                name="cases_return_expires",
                condition=Q(expires_at__isnull=False, repaired_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="cases_return_one_a_round"),
            models.CheckConstraint(
                condition=Q(repaired_at__isnull=True) | Q(repaired_at__gte=F("returned_at")),
                name="cases_return_repaired_later",
            ),
        ]

    def __str__(self) -> str:
        return f"return {self.round}"

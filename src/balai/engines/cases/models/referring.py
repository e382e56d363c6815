"""A letter of this town that answers a requirement: pointed at, never copied."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from balai.engines.cases.models.case import Case
from balai.kernel.uuid7 import uuid7


class CaseReference(models.Model):
    """Which letter answers which requirement since `round`; `source` is the case that it was issued for."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="references")
    requirement_id = models.CharField(max_length=48)
    letter_id = models.UUIDField()
    source = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referred_by")
    round = models.PositiveSmallIntegerField()
    replaced_round = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "requirement_id"],
                condition=Q(replaced_round__isnull=True),
                name="cases_reference_one_counts",
            ),
            models.CheckConstraint(
                condition=Q(replaced_round__isnull=True) | Q(replaced_round__gt=F("round")),
                name="cases_reference_replaced_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} ({self.round})"

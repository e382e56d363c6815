"""An objection to a rejection: once for a case."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from balai.engines.cases.enums import Review
from balai.engines.cases.models.case import Case
from balai.runtime.fields import SealedTextField


class Objection(models.Model):
    """What the applicant holds against the rejection, and what the office above answered."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="objection")
    text = SealedTextField()
    rejected_for = models.CharField(max_length=48)
    rejected_by_id = models.UUIDField()
    filed_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Review.choices, blank=True)
    answer: Any = SealedTextField(null=True)
    answered_at = models.DateTimeField(null=True)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True, by_id__isnull=True)
                | Q(outcome__in=Review.values, answered_at__isnull=False, by_id__isnull=False),
                name="cases_objection_answer_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.outcome or 'open'}"

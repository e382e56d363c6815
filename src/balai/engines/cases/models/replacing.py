"""A letter that is taken back for a better one, from the same application."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from balai.engines.cases.models.case import Case
from balai.kernel.uuid7 import uuid7
from balai.runtime.fields import SealedJSONField


class Replacement(models.Model):
    """One time a letter is replaced: why, and which answers the operator may correct for it.

    `letter_id` is the letter that goes; `fields` are ids of answers, `corrected` those that were changed.
    `earlier_handover` keeps who took the old paper, `earlier` how the case stood. Done when the new letter is
    published, or when the replacement was called off.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="replacements")
    letter_id = models.UUIDField()
    reason_code = models.CharField(max_length=40)
    note = models.CharField(max_length=300, blank=True)
    fields = models.JSONField(default=list)
    corrected = models.JSONField(default=list)
    earlier_handover: Any = SealedJSONField(null=True)
    earlier: Any = SealedJSONField(null=True)
    ordered_at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(done_at__isnull=True), name="cases_replacement_one_open"
            ),
            models.CheckConstraint(condition=~Q(reason_code=""), name="cases_replacement_says_why"),
        ]

    def __str__(self) -> str:
        return f"replacement {self.id}"

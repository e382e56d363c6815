"""Notes about a subject of any engine, by plain label and id."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from balai.kernel.uuid7 import uuid7
from balai.runtime.fields import SealedTextField
from balai.threads.enums import Audience


class Note(models.Model):
    """One message. Its text is sealed: people write their troubles, names and numbers into it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_label = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    author_kind = models.CharField(max_length=10)
    author_id = models.CharField(max_length=40, blank=True)
    author_name = models.CharField(max_length=100)
    text = SealedTextField()
    audience = models.CharField(max_length=10, choices=Audience.choices)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject_id", "subject_label", "id"], name="threads_note_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="threads_note_audience"),
            models.CheckConstraint(
                condition=Q(audience="citizen") | ~Q(author_kind="citizen"),
                name="threads_citizen_writes_no_internal_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_name} {self.created_at:%Y-%m-%d}"

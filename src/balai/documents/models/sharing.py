"""Links by which the holder of a letter shows it to somebody, for a while."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from balai.documents.models.letters import Letter
from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7


class Share(models.Model):
    """One link to one letter. The link itself is known to whoever has it; here lies only its hash."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="shares")
    token_hash = models.CharField(max_length=64, unique=True)
    note = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    times_opened = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="share_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(times_opened=0, last_opened_at__isnull=True)
                | Q(times_opened__gt=0, last_opened_at__isnull=False),
                name="share_opened_when",
            ),
        ]

    def __str__(self) -> str:
        return f"share {self.id}"

    def as_subject(self) -> Subject:
        """The link in the journal."""
        return Subject("documents.share", str(self.id))

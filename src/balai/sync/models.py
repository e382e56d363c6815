"""Keys that make a repeated send harmless, and what people have typed but not sent."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.runtime.fields import SealedJSONField


class IdempotencyKey(models.Model):
    """One envelope that was acted upon, and what came of it. The key itself is kept as a hash."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_label = models.CharField(max_length=60)
    owner_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=60)
    key_hash = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64, blank=True)
    result_label = models.CharField(max_length=60, blank=True)
    result_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_label", "owner_id", "kind", "key_hash"], name="idempotency_key_once"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="idempotency_key_expiring")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.owner_label}"

    @property
    def result(self) -> Subject | None:
        """What the first envelope made; None while its transaction has not said so."""
        return Subject(self.result_label, self.result_id) if self.result_label else None


class Draft(models.Model):
    """A form begun and not sent. Without an owner (a session that ended) it is found by its token alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_label = models.CharField(max_length=60, blank=True)
    owner_id = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=120, blank=True)
    data: Any = SealedJSONField()
    uploads = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    meant_for_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    is_fresh = False  # begun in this very transaction: writing into it is still version 1

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_label", "owner_id", "kind", "about"],
                condition=~Q(owner_id=""),
                name="draft_one_for_each_form",
            ),
            models.CheckConstraint(
                condition=Q(owner_id="", owner_label="", token_hash__isnull=False)
                | (~Q(owner_id="") & ~Q(owner_label="") & Q(token_hash__isnull=True)),
                name="draft_owned_or_stashed",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="draft_version_counts"),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="draft_expiring"),
            # The unique index above is partial, and SQLite uses a partial index only where the statement
            # itself (not a parameter) says that its condition holds.
            models.Index(fields=["owner_id", "kind"], name="draft_of_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about} v{self.version}"

    def as_subject(self) -> Subject:
        """The draft as owner of its staged uploads and in the journal."""
        return Subject("sync.draft", str(self.id))

    @property
    def owner(self) -> Subject | None:
        """Whose draft it is; None for a stash."""
        return Subject(self.owner_label, self.owner_id) if self.owner_id else None

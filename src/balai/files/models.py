"""One row for each file that someone sent or the town made; the bytes lie in the storage, encrypted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from balai.files.enums import UploadState
from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7


class Upload(models.Model):
    """A stored file. `owner` is what it belongs to; who may read it is asked of the owner's package."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_label = models.CharField(max_length=60)
    owner_id = models.CharField(max_length=64)
    stored_by_kind = models.CharField(max_length=12)
    stored_by_id = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=UploadState.choices, default=UploadState.STAGED)
    storage_key = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner_label", "owner_id"], name="upload_of_owner"),
            # Which letter is this file? Asked for every file that somebody has checked.
            models.Index(fields=["sha256"], name="upload_of_content"),
            models.Index(
                fields=["expires_at"], condition=Q(expires_at__isnull=False), name="upload_expiring"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="upload_state_known"),
            models.CheckConstraint(
                condition=Q(state=UploadState.STAGED, expires_at__isnull=False)
                | (~Q(state=UploadState.STAGED) & Q(expires_at__isnull=True)),
                name="upload_only_staged_expires",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="upload_never_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.media_type}, {self.size})"

    def as_subject(self) -> Subject:
        """How the journal speaks of this file: never by its name, which a person chose."""
        return Subject("files.upload", str(self.id))

    @property
    def owner(self) -> Subject:
        """What the file belongs to."""
        return Subject(self.owner_label, self.owner_id)

    @property
    def url(self) -> str:
        """Where the file is read (`balai.files.views.download`)."""
        return f"/unduh/{self.id}/"

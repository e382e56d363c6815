"""Snapshots of definitions: a case finishes under the one it was filed with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Definition(models.Model):
    """One definition by content: `body` holds what `sha256` was taken over, letter sources included."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    service_id = models.CharField(max_length=200)
    body = models.TextField(help_text="canonical JSON, exactly the text that was hashed")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["service_id", "created_at"])]

    def __str__(self) -> str:
        return f"{self.service_id} {self.sha256[:12]}"

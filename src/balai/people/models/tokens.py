"""Keys with which a machine speaks for an account through the API."""

from __future__ import annotations

from django.db import models

from balai.kernel.uuid7 import uuid7
from balai.people.models.accounts import Account


class ApiToken(models.Model):
    """A secret shown once and kept as a hash, good for named scopes until a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    note = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"token {self.pk}"

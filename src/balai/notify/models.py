"""Messages that leave the town; who they go to and what they say is sealed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.notify.enums import AddressKind, MessageState
from balai.runtime.fields import SealedTextField


@dataclass(frozen=True)
class Address:
    """Where a message goes: kind "phone" (+62…) or "email", already normalised by the kernel."""

    kind: str
    value: str

    def __post_init__(self) -> None:
        AddressKind(self.kind)


class Message(models.Model):
    """One message to one address; `key` makes sending the same message twice one message."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=5, choices=AddressKind.choices)
    address = SealedTextField()
    recipient_name = SealedTextField(null=True)
    subject = SealedTextField()
    text = SealedTextField()
    about_label = models.CharField(max_length=80)
    about_id = models.CharField(max_length=80)
    state = models.CharField(max_length=6, choices=MessageState.choices, default=MessageState.QUEUED)
    channel = models.CharField(max_length=20, blank=True)
    fault = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["channel", "-created_at"], name="message_latest"),
            models.Index(fields=["created_at"], name="message_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MessageState.QUEUED, closed_at__isnull=True)
                | (~Q(state=MessageState.QUEUED) & Q(closed_at__isnull=False)),
                name="message_closed_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    def as_subject(self) -> Subject:
        """The message in the journal; its recipient stays sealed."""
        return Subject("notify.message", str(self.pk))

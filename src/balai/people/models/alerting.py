"""Where an officer wants to be alerted while on duty: a phone or an address of her own choice."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from balai.people.contacts import Contact
from balai.people.enums import ContactKind
from balai.people.models.officers import Officer
from balai.runtime.fields import SealedTextField


class AlertContact(models.Model):
    """One officer's contact, sealed. A new one counts once its code was typed; until then the old one."""

    officer = models.OneToOneField(
        Officer, primary_key=True, on_delete=models.CASCADE, related_name="alert_contact"
    )
    kind = models.CharField(max_length=5, choices=ContactKind.choices, blank=True)
    value = SealedTextField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    new_kind = models.CharField(max_length=5, choices=ContactKind.choices, blank=True)
    new_value = SealedTextField(null=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, value__isnull=True)
                | Q(confirmed_at__isnull=False, value__isnull=False),
                name="alert_contact_confirmed_has_value",
            ),
            models.CheckConstraint(
                condition=Q(code_expires_at__isnull=True, new_value__isnull=True)
                | Q(code_expires_at__isnull=False, new_value__isnull=False),
                name="alert_contact_code_has_value",
            ),
        ]

    def __str__(self) -> str:
        return f"alert contact of {self.officer_id}"

    @property
    def contact(self) -> Contact | None:
        """The contact that counts, or None before the first was confirmed."""
        return Contact(ContactKind(self.kind), self.value.clear) if self.value is not None else None

    @property
    def new_contact(self) -> Contact | None:
        """The contact whose code is still to be typed."""
        return (
            Contact(ContactKind(self.new_kind), self.new_value.clear) if self.new_value is not None else None
        )

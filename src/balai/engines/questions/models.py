"""Questions of people who found no service."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from balai.engines.questions.enums import QuestionState
from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.notify.enums import AddressKind
from balai.notify.models import Address
from balai.runtime.fields import SealedTextField

SUBJECT_LABEL = "questions.question"


class Question(models.Model):
    """What somebody asks, without an account; name and contact are there when she gave them.

    `sought` is what she had typed into the search. The id is made with the form, so sending twice asks once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=24, unique=True)
    text = SealedTextField()
    sought = SealedTextField()
    name = SealedTextField()
    contact_kind = models.CharField(max_length=5, choices=AddressKind.choices, blank=True)
    contact = SealedTextField()
    office_code = models.CharField(max_length=40)
    state = models.CharField(
        max_length=10,
        choices=QuestionState.choices,
        default=QuestionState.OPEN,
        db_default=QuestionState.OPEN,
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer: Any = SealedTextField(null=True)
    answered_at = models.DateTimeField(null=True)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True, by_id__isnull=True)
                | Q(state__in=["answered", "set_aside"], answered_at__isnull=False, by_id__isnull=False),
                name="questions_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def address(self) -> Address | None:
        """Where the answer goes; None when she gave no contact and comes back with number and PIN."""
        return Address(self.contact_kind, self.contact.clear) if self.contact_kind else None

    def as_subject(self) -> Subject:
        """The question as the one something was done to."""
        return Subject(SUBJECT_LABEL, str(self.pk), self.number)

    def get_absolute_url(self) -> str:
        """Where its asker reads the answer."""
        return f"/tanya/{self.number}/"

"""Steps taken, the timeline that people read, and the proof of who took the document."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from balai.engines.cases.enums import EventKind, IdentityCard, Opinion, Relation, StepState
from balai.engines.cases.models.case import Case
from balai.kernel.uuid7 import uuid7
from balai.runtime.fields import SealedJSONField, SealedTextField


class CaseStep(models.Model):
    """One step of the definition, open or past. Several may be open at once.

    `opinion` and `note` are what whoever was asked said; `planned_at` is when somebody comes to look,
    `report` what she found: {"answers": stored answers, "uploads": ids of files by question}.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    step_id = models.CharField(max_length=48)
    act = models.CharField(max_length=48)
    permission = models.CharField(max_length=50)
    office_code = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.OPEN)
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    by_id = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    opinion = models.CharField(max_length=10, choices=Opinion.choices, blank=True, default="", db_default="")
    note: Any = SealedTextField(null=True)
    planned_at = models.DateTimeField(null=True)
    report: Any = SealedJSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opinion="") | Q(opinion__in=Opinion.values), name="cases_step_opinion"
            ),
            models.UniqueConstraint(
                fields=["case", "step_id"], condition=Q(state="open"), name="cases_step_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", done_at__isnull=True, by_id__isnull=True)
                | Q(state="done", done_at__isnull=False, by_id__isnull=False)
                | Q(state="cancelled", done_at__isnull=False),
                name="cases_step_done_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.state}"

    @property
    def note_text(self) -> str:
        """The words beside the opinion or the report."""
        return str(self.note.clear) if self.note else ""


class Event(models.Model):
    """One line of the timeline. `actor_name` is short already ("Sri W."): citizens read it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events", db_index=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    actor_name = models.CharField(max_length=100, blank=True)
    text = models.CharField(max_length=300)
    public = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="cases_event_case")]

    def __str__(self) -> str:
        return self.text


class Handover(models.Model):
    """Who took the document, and which card the officer saw. The card's number is kept masked only."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="handover")
    taker_name = SealedTextField()
    taker_relation = models.CharField(max_length=14, choices=Relation.choices)
    taker_id_kind = models.CharField(max_length=10, choices=IdentityCard.choices)
    taker_id_masked = models.CharField(max_length=30)
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taker_relation__in=Relation.values), name="cases_handover_relation"
            ),
            models.CheckConstraint(condition=Q(taker_id_masked__contains="•"), name="cases_handover_masked"),
        ]

    def __str__(self) -> str:
        return f"{self.taker_relation} {self.at:%Y-%m-%d}"

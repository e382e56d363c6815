"""The timeline that people read, and what reporters say of repairs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from balai.engines.reports.enums import EventKind, Verdict
from balai.engines.reports.models.report import Report
from balai.engines.reports.models.voices import Voice
from balai.kernel.uuid7 import uuid7


class Event(models.Model):
    """One line of the timeline. `actor_name` is short already ("Sri W."); citizens' names never stand here.

    `is_automatic` lines are the town's own and count for no clock.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="events", db_index=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    office_code = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    public = models.BooleanField(default=True)
    is_automatic = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["report", "id"], name="reports_event_report"),
            models.Index(fields=["report"], condition=Q(kind="late"), name="reports_event_late"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="reports_event_kind"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Judgement(models.Model):
    """What one voice says of one repair; `round` counts the repairs of the report, from 0."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="judgements")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="judgements")
    round = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=6, choices=Verdict.choices)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voice", "round"], name="reports_judged_once_a_round"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="reports_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.round}"

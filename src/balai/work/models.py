"""Obligations and clocks.

A work item is one obligation: which tray it lies in (office and permission), about what (a subject of an
engine, by label and id: no foreign key upwards) and until when. A clock is the lawful time of a subject.

The inbox of an officer is a merge of trays, so everything that it sorts by stands in one index behind the
tray. `tray` repeats office and permission as one value: SQLite and PostgreSQL can then walk one index range
per tray in due order, whatever the number of offices an officer serves (see `trays.py`).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.people.models import Officer
from balai.work import subjects
from balai.work.enums import AlertOutcome, ClockState, ItemState

TRAY_LENGTH = 80


def tray_name(office_code: str, permission: str) -> str:
    """The tray of one office for one permission: "35.05.10.2011/cases.check"."""
    return f"{office_code}/{permission}"


class WorkItem(models.Model):
    """One obligation: somebody with `permission` at `office_code` has to do `kind` by `due_at`.

    `soon_told_at` and `late_told_at` mark what was told of this deadline, so that it is told once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_label = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    reference = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=160)
    stage = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=200, blank=True)
    office_code = models.CharField(max_length=20)
    permission = models.CharField(max_length=50)
    tray = models.CharField(max_length=TRAY_LENGTH, editable=False)
    assignee_id = models.UUIDField(null=True, blank=True)
    assignee_name = models.CharField(max_length=100, blank=True)
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.OPEN)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    remaining_minutes = models.IntegerField(null=True, blank=True)
    resumes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    soon_told_at = models.DateTimeField(null=True, blank=True)
    late_told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["tray", "state", "due_at", "id"], name="work_item_due"),
            models.Index(
                fields=["due_at"],
                condition=Q(state="open", late_told_at__isnull=True),
                name="work_item_untold",
            ),
            models.Index(
                fields=["office_code", "due_at"],
                condition=Q(state="open", late_told_at__isnull=False),
                name="work_item_overdue",
            ),
            models.Index(
                fields=["tray", "state", "closed_at", "id"],
                condition=Q(closed_at__isnull=False),
                name="work_item_closed",
            ),
            models.Index(fields=["subject_id", "subject_label"], name="work_item_subject"),
            models.Index(
                fields=["resumes_at"], condition=Q(resumes_at__isnull=False), name="work_item_resumes"
            ),
            models.Index(
                fields=["assignee_id"], condition=Q(assignee_id__isnull=False), name="work_item_held"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_label", "subject_id", "kind"],
                condition=Q(state__in=["open", "paused"]),
                name="work_item_one_open_of_a_kind",
            ),
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="work_item_state"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "paused"], closed_at__isnull=True)
                | Q(state__in=["done", "cancelled"], closed_at__isnull=False),
                name="work_item_closed_when_done",
            ),
            models.CheckConstraint(
                condition=Q(state="paused", paused_at__isnull=False, remaining_minutes__isnull=False)
                | (~Q(state="paused") & Q(paused_at__isnull=True, remaining_minutes__isnull=True)),
                name="work_item_pause_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(resumes_at__isnull=True) | Q(state="paused"), name="work_item_cap_is_of_a_pause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.note}" if self.note else self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the tray equal to the office and permission that it repeats."""
        self.tray = tray_name(self.office_code, self.permission)
        super().save(*args, **kwargs)

    @property
    def link(self) -> str:
        """Address of the officer's page about the subject."""
        return subjects.link(self.subject_label, self.subject_id)


class Clock(models.Model):
    """One lawful time of a subject: so long from its start, without the time it waited for the citizen.

    A subject has several side by side, by name. What is opened anew counts in a new `round`; earlier ones
    stay. `resumes_at` caps a pause. `escalation` holds the levels beyond the deadline (`rules.levels_text`),
    of which `levels_told` were told; the next is due at `escalates_at`. `counted` ran at offices that had it
    before `counted_from_at`. What it all means is said by `rules.Timer`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_label = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    name = models.CharField(max_length=40)
    round = models.PositiveSmallIntegerField(default=1, db_default=1)
    office_code = models.CharField(max_length=20, blank=True)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=ClockState.choices, default=ClockState.RUNNING)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    remaining_minutes = models.IntegerField(null=True, blank=True)
    resumes_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    late_told_at = models.DateTimeField(null=True, blank=True)
    escalation = models.CharField(max_length=100, blank=True, default="", db_default="")
    levels_told = models.PositiveSmallIntegerField(default=0, db_default=0)
    escalates_at = models.DateTimeField(null=True, blank=True)
    counted = models.DurationField(null=True, blank=True)
    counted_from_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="work_clock_due"),
            models.Index(
                fields=["due_at"],
                condition=Q(state="running", late_told_at__isnull=True),
                name="work_clock_untold",
            ),
            models.Index(
                fields=["escalates_at"],
                condition=Q(state="running", escalates_at__isnull=False),
                name="work_clock_escalates",
            ),
            models.Index(
                fields=["resumes_at"], condition=Q(resumes_at__isnull=False), name="work_clock_resumes"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "subject_label", "name", "round"], name="work_clock_one_of_a_round"
            ),
            models.UniqueConstraint(
                fields=["subject_id", "subject_label", "name"],
                condition=Q(state__in=["running", "paused"]),
                name="work_clock_one_live_of_a_name",
            ),
            models.CheckConstraint(condition=Q(round__gte=1), name="work_clock_round"),
            models.CheckConstraint(
                condition=Q(resumes_at__isnull=True) | Q(state="paused"), name="work_clock_cap_is_of_a_pause"
            ),
            models.CheckConstraint(
                condition=Q(counted__isnull=True, counted_from_at__isnull=True)
                | Q(counted__isnull=False, counted_from_at__isnull=False),
                name="work_clock_move_is_whole",
            ),
            models.CheckConstraint(condition=Q(state__in=ClockState.values), name="work_clock_state"),
            models.CheckConstraint(
                condition=Q(state="paused", paused_at__isnull=False, remaining_minutes__isnull=False)
                | (~Q(state="paused") & Q(paused_at__isnull=True, remaining_minutes__isnull=True)),
                name="work_clock_pause_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="stopped", stopped_at__isnull=False)
                | (~Q(state="stopped") & Q(stopped_at__isnull=True)),
                name="work_clock_stopped_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def subject(self) -> Subject:
        """The thing that this clock measures."""
        return Subject(self.subject_label, self.subject_id)

    @property
    def was_in_time(self) -> bool | None:
        """Whether it stopped by its deadline; None as long as it has not stopped."""
        return None if self.stopped_at is None else self.stopped_at <= self.due_at


class ClockPause(models.Model):
    """One time in which the clock stood still, why, until when at most: what an auditor asks for first."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=60)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], condition=Q(to_at__isnull=True), name="work_pause_one_open"
            ),
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")), name="work_pause_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.from_at:%Y-%m-%d}"


class Duty(models.Model):
    """An officer answers for the items of one tray from an instant to an instant, day or night.

    What was planned stays when it is cancelled: who should have answered can be asked later.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office_code = models.CharField(max_length=20)
    permission = models.CharField(max_length=50)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="duties")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    planned_by = models.CharField(max_length=100)
    planned_at = models.DateTimeField()
    cancelled_by = models.CharField(max_length=100, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "duties"
        indexes = [
            models.Index(
                fields=["office_code", "permission", "to_at"],
                condition=Q(cancelled_at__isnull=True),
                name="work_duty_of_a_tray",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="work_duty_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.permission} at {self.office_code} from {self.from_at:%Y-%m-%d %H:%M}"

    def as_subject(self) -> Subject:
        """The duty in the journal."""
        return Subject("work.duty", str(self.pk))


class Alert(models.Model):
    """One call of those on duty for one subject; `text` names nobody. Over once taken, or escalated."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_label = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    office_code = models.CharField(max_length=20)
    permission = models.CharField(max_length=50)
    text = models.CharField(max_length=300)
    repeat_minutes = models.PositiveSmallIntegerField()
    raised_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=AlertOutcome.choices, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_id", "subject_label"], name="work_alert_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(over_at__isnull=True, outcome="") | (Q(over_at__isnull=False) & ~Q(outcome="")),
                name="work_alert_over_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *AlertOutcome.values]), name="work_alert_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"alert of {self.subject_label} {self.subject_id}"

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return Subject(self.subject_label, self.subject_id)

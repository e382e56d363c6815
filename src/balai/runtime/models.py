"""Rows of the machinery: waiting jobs, the periodic jobs' next times, rate limits."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class JobState(models.TextChoices):
    """A finished job has no row any more."""

    WAITING = "waiting"
    DEAD = "dead"


class Job(models.Model):
    """Work owed because of a fact that was committed with it.

    While a worker holds it, `lease` is that worker's token and `run_at` is when the lease ends: a worker
    that dies needs nobody to notice, its job simply becomes due again.
    """

    name = models.CharField(max_length=80)
    key = models.CharField(max_length=120, default="")
    payload = models.TextField(default="{}")
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    run_at = models.DateTimeField()
    lease = models.CharField(max_length=32, default="")
    again = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    last_error = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "key"], condition=Q(state="waiting") & ~Q(key=""), name="job_one_per_key"
            ),
            models.CheckConstraint(condition=Q(state__in=["waiting", "dead"]), name="job_state_known"),
        ]
        indexes = [models.Index(fields=["run_at"], condition=Q(state="waiting"), name="job_due")]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class PeriodicRun(models.Model):
    """When a periodic job is due next; kept here so that a stopped town catches up when it starts.

    `last_at` is when it last came to its end.
    """

    name = models.CharField(max_length=80, primary_key=True)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class RateWindow(models.Model):
    """How often one key was seen since `started_at`; the key is a keyed hash, never the value."""

    id = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.id


class WorkerBeat(models.Model):
    """A sign of life of each worker process, for /readyz."""

    id = models.CharField(max_length=32, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.id

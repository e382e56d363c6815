"""Promises that were kept or broken, one row each, and what they come to by office and month.

`Outcome` is written in the transaction that stops the clock (`actions.keeping`) and names no person. What is
not `counted` yet waits for the job that renews `OfficeMonth`; the league reads only that.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from balai.engines.reports.enums import ClockName, Merit
from balai.engines.reports.models.report import Report


class Outcome(models.Model):
    """One promise at its end, in the month that begins on `month_on`.

    `minutes` ran on its own calendar, without pauses. `office_code` owed it when it ended. `merit` is what
    the threshold in force then says of it. `reopened` and `unconfirmed` tell what became of a completion.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="outcomes", db_index=False)
    office_code = models.CharField(max_length=40)
    clock = models.CharField(max_length=14, choices=ClockName.choices)
    round = models.PositiveSmallIntegerField()
    month_on = models.DateField()
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    in_time = models.BooleanField()
    merit = models.CharField(max_length=8, choices=Merit.choices, blank=True)
    reopened = models.BooleanField(default=False)
    unconfirmed = models.BooleanField(default=False)
    counted = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["office_code", "month_on", "clock"], name="reports_outcome_month"),
            models.Index(
                fields=["office_code", "month_on", "clock"],
                condition=Q(counted=False),
                name="reports_outcome_uncounted",
            ),
            models.Index(fields=["clock", "stopped_at", "minutes"], name="reports_outcome_recent"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["report", "clock", "round"], name="reports_outcome_once"),
            models.CheckConstraint(condition=Q(clock__in=ClockName.values), name="reports_outcome_clock"),
            models.CheckConstraint(condition=Q(merit__in=["", *Merit.values]), name="reports_outcome_merit"),
            models.CheckConstraint(
                condition=~Q(reopened=True, unconfirmed=True), name="reports_outcome_one_fate"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.round} {self.office_code}"


class OfficeMonth(models.Model):
    """What the promises of one office come to in one month: made anew from outcomes, never written by hand.

    `open_late` fell due in this month and is still owed. `spread` holds how many took about how long
    (`rules.durations`), so that several months give one median.
    """

    office_code = models.CharField(max_length=40)
    month_on = models.DateField()
    clock = models.CharField(max_length=14, choices=ClockName.choices)
    n = models.PositiveIntegerField(default=0)
    in_time = models.PositiveIntegerField(default=0)
    open_late = models.PositiveIntegerField(default=0)
    median = models.PositiveIntegerField(null=True)
    p90 = models.PositiveIntegerField(null=True)
    reopened = models.PositiveIntegerField(default=0)
    unconfirmed = models.PositiveIntegerField(default=0)
    rewarded = models.PositiveIntegerField(default=0)
    sanctioned = models.PositiveIntegerField(default=0)
    spread: Any = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month_on", "office_code", "clock"], name="reports_office_month"),
            models.CheckConstraint(
                condition=Q(in_time__lte=models.F("n")), name="reports_office_month_in_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_code} {self.month_on:%Y-%m} {self.clock}"

"""Runs of numbers, and every number that was ever taken from one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from balai.documents.enums import NumberState
from balai.kernel.references import Subject


class Series(models.Model):
    """One run of numbers: an office, a book ("letters-out"), a year; locked before `last` is counted up."""

    office_code = models.CharField(max_length=30)
    book = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office_code", "book", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.office_code} {self.book} {self.year}: {self.last}"


class Number(models.Model):
    """One number of a series; rows are never deleted, so the series has no gap that nobody can explain."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="numbers")
    sequence = models.PositiveIntegerField()
    text = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=NumberState.choices, default=NumberState.RESERVED)
    reason = models.CharField(max_length=300, blank=True)
    reserved_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "sequence"], name="number_once"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="number_counts_from_one"),
            models.CheckConstraint(condition=Q(state__in=NumberState.values), name="number_state_known"),
            models.CheckConstraint(
                condition=(Q(state=NumberState.VOID) & ~Q(reason=""))
                | (~Q(state=NumberState.VOID) & Q(reason="")),
                name="number_void_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=NumberState.RESERVED, settled_at__isnull=True)
                | (~Q(state=NumberState.RESERVED) & Q(settled_at__isnull=False)),
                name="number_settled_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.state})"

    def as_subject(self) -> Subject:
        """The number in the journal."""
        return Subject("documents.number", str(self.pk), self.text)

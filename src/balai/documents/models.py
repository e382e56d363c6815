"""Numbers, letters and the sources they are set from."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from balai.documents.enums import MOVES, LetterState, NumberState
from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.runtime.fields import SealedJSONField


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


class LetterSource(models.Model):
    """The Typst sources of letters, once for each content, so that an old letter is set again as it was."""

    hash = models.CharField(primary_key=True, max_length=64)
    files = models.JSONField()

    def __str__(self) -> str:
        return self.hash[:12]


class Letter(models.Model):
    """One letter, from request to publication. `owner` is what it was made for ("cases.case")."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_label = models.CharField(max_length=60)
    owner_id = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    office_code = models.CharField(max_length=30)
    book = models.CharField(max_length=40)
    classification = models.CharField(max_length=40, blank=True)
    pattern = models.CharField(max_length=120)
    office_number_code = models.CharField(max_length=40)
    source = models.ForeignKey(LetterSource, on_delete=models.PROTECT, db_column="source_hash")
    template = models.CharField(max_length=80, default="letter.typ")
    data: Any = SealedJSONField()
    signer_name = models.CharField(max_length=150)
    signer_title = models.CharField(max_length=150)
    number = models.OneToOneField(Number, on_delete=models.PROTECT, null=True, related_name="letter")
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.REQUESTED)
    upload_id = models.UUIDField(null=True)
    verification_code = models.CharField(max_length=20, unique=True)
    requested_at = models.DateTimeField()
    dated_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    valid_until_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner_label", "owner_id"], name="letter_of_owner")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=[LetterState.REQUESTED, LetterState.VOID])
                | Q(number__isnull=False, dated_on__isnull=False),
                name="letter_numbered_once_reserved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LetterState.RENDERED, LetterState.PUBLISHED])
                | Q(upload_id__isnull=False),
                name="letter_stored_once_rendered",
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.PUBLISHED, published_at__isnull=False)
                | (~Q(state=LetterState.PUBLISHED) & Q(published_at__isnull=True)),
                name="letter_published_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.id} ({self.state})"

    def as_subject(self) -> Subject:
        """The letter in the journal and as owner of its file."""
        return Subject("documents.letter", str(self.id), self.title)

    @property
    def source_hash(self) -> str:
        """Fingerprint of the sources it is set from."""
        return str(self.source_id)

    @property
    def owner(self) -> Subject:
        """What the letter was made for."""
        return Subject(self.owner_label, self.owner_id)

    def enter(self, state: LetterState, **changes: Any) -> None:
        """Move to the next state and save; raises ValueError for a move that the table does not know."""
        if state not in MOVES[LetterState(self.state)]:
            raise ValueError(f"a letter does not go from {self.state} to {state}")
        self.state = state
        for name, value in changes.items():
            setattr(self, name, value)
        self.save(update_fields=["state", *changes])

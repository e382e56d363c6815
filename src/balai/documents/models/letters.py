"""Letters and the sources they are set from."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from balai.documents.enums import MOVES, LetterState, SignatureKind
from balai.documents.models.numbers import Number
from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.runtime.fields import SealedJSONField, SealedTextField
from balai.runtime.statements import save


class LetterSource(models.Model):
    """The Typst sources of letters, once for each content, so that an old letter is set again as it was."""

    hash = models.CharField(primary_key=True, max_length=64)
    files = models.JSONField()

    def __str__(self) -> str:
        return self.hash[:12]


class Letter(models.Model):
    """One letter, from request to publication. `owner` is what it was made for ("cases.case").

    `holder` is whom it was issued to and in whose wallet it lies ("people.citizen"). `signature` says how it
    becomes valid: in ink on paper, or certified; `level` is the PAdES level it was given (ETSI EN 319 142-1).
    """

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
    holder_label = models.CharField(max_length=60, blank=True, default="", db_default="")
    holder_id = models.CharField(max_length=64, blank=True, default="", db_default="")
    holder_name = SealedTextField(null=True)
    signature = models.CharField(
        max_length=10, choices=SignatureKind.choices, default=SignatureKind.WET, db_default="wet"
    )
    level = models.CharField(max_length=8, blank=True, default="", db_default="")
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
    revoked_at = models.DateTimeField(null=True)
    revoked_by_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    revocation_code = models.CharField(max_length=40, blank=True, default="", db_default="")
    revocation_note = models.CharField(max_length=300, blank=True, default="", db_default="")
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="replaced_by",
        related_query_name="replacement",
    )

    class Meta:
        indexes = [
            models.Index(fields=["owner_label", "owner_id"], name="letter_of_owner"),
            models.Index(fields=["holder_label", "holder_id"], name="letter_of_holder"),
            models.Index(fields=["revoked_at"], name="letter_revoked", condition=Q(revoked_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=[LetterState.REQUESTED, LetterState.VOID])
                | Q(number__isnull=False, dated_on__isnull=False),
                name="letter_numbered_once_reserved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LetterState.RENDERED, LetterState.SIGNED, LetterState.PUBLISHED])
                | Q(upload_id__isnull=False),
                name="letter_stored_once_rendered",
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.PUBLISHED, published_at__isnull=False)
                | (~Q(state=LetterState.PUBLISHED) & Q(published_at__isnull=True)),
                name="letter_published_when",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revocation_code="", revoked_by_name="")
                | (Q(revoked_at__isnull=False, state=LetterState.PUBLISHED) & ~Q(revocation_code="")),
                name="letter_revoked_says_why",
            ),
            models.CheckConstraint(
                condition=Q(signature__in=SignatureKind.values), name="letter_signature_known"
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

    @property
    def holder(self) -> Subject | None:
        """Whom it was issued to, or None."""
        return Subject(self.holder_label, self.holder_id) if self.holder_label else None

    @property
    def holder_with_name(self) -> Subject | None:
        """Whom it was issued to, name in the clear: for another letter to the same, not for a page."""
        name = self.holder_name.clear if self.holder_name is not None else ""
        return Subject(self.holder_label, self.holder_id, name) if self.holder_label else None

    @property
    def is_published(self) -> bool:
        """Whether it left the house; revoked ones did as well."""
        return self.state == LetterState.PUBLISHED

    @property
    def is_in_force(self) -> bool:
        """Whether it was published and not taken back; its validity may have run out."""
        return self.is_published and not self.is_revoked

    @property
    def is_revoked(self) -> bool:
        """Whether it was taken back after it was published."""
        return self.revoked_at is not None

    def enter(self, state: LetterState, **changes: Any) -> None:
        """Move to the next state and save; raises ValueError for a move that the table does not know."""
        if state not in MOVES[LetterState(self.state)]:
            raise ValueError(f"a letter does not go from {self.state} to {state}")
        self.state = state
        for name, value in changes.items():
            setattr(self, name, value)
        save(self, "state", *changes)

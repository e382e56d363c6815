"""Who initials and signs a letter, in which order, with which certificate, and in which batch.

No passphrase and no opened key is ever stored: both live in the memory of the process that signs a batch.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from balai.documents.enums import BatchState, TurnKind, TurnState
from balai.documents.models.letters import Letter
from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.people.models import Officer
from balai.runtime import clock
from balai.runtime.fields import SealedTextField


class Credential(models.Model):
    """A certificate that an officer may sign with. `signer` names the class that knows how to use it.

    `secret` is what that class needs and the passphrase opens (for `local` a PKCS#12 file in base64); it is
    sealed on top of that. "" where the key lies elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="credentials")
    signer = models.CharField(max_length=20)
    subject_name = models.CharField(max_length=300)
    serial = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=20)
    certificate = models.TextField()
    secret = SealedTextField(null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer"], condition=Q(closed_at__isnull=True), name="credential_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.signer} {self.serial}"

    def as_subject(self) -> Subject:
        """The certificate in the journal."""
        return Subject("documents.credential", str(self.id), self.subject_name)


class SigningBatch(models.Model):
    """Letters that one officer has set out to sign, in order.

    LIVE while a process holds the opened key (`lease`, until `lease_ends_at`); WAITING when that process has
    ended or given up, until the officer opens the key again; DONE when nothing is left. An officer has one
    batch that is not done.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="signing_batches")
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="batches")
    state = models.CharField(max_length=8, choices=BatchState.choices, default=BatchState.LIVE)
    lease = models.CharField(max_length=32, blank=True)
    lease_ends_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer"], condition=~Q(state=BatchState.DONE), name="signingbatch_one_open"
            ),
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="signingbatch_state_known"),
            models.CheckConstraint(
                condition=Q(state=BatchState.LIVE, lease_ends_at__isnull=False)
                | (~Q(state=BatchState.LIVE) & Q(lease_ends_at__isnull=True, lease="")),
                name="signingbatch_live_is_leased",
            ),
            models.CheckConstraint(
                condition=Q(state=BatchState.DONE, finished_at__isnull=False)
                | (~Q(state=BatchState.DONE) & Q(finished_at__isnull=True)),
                name="signingbatch_finished_when",
            ),
        ]

    def __str__(self) -> str:
        return f"batch {self.id} ({self.state})"

    @property
    def is_waiting(self) -> bool:
        """Whether nobody signs it now: it was laid down, or its process is gone."""
        if self.state == BatchState.LIVE:
            return self.lease_ends_at is not None and self.lease_ends_at < clock.now()
        return self.state == BatchState.WAITING

    def as_subject(self) -> Subject:
        """The batch in the journal."""
        return Subject("documents.batch", str(self.id))


class Turn(models.Model):
    """One person's turn at a letter: to initial it, or to sign it. Turns are taken in order of `position`.

    `permission` at `office_code` says who may take it; `officer` is who took it. `due_at` is when the thing
    that the letter is for is due, which puts the turn in its place in the tray. `unsure` marks a signature
    that was asked for and whose answer has not been heard: the same bytes are sent again. A turn that came
    back from its batch with a fault keeps the batch, without a place in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="turns")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=TurnKind.choices)
    title = models.CharField(max_length=150, blank=True)
    office_code = models.CharField(max_length=30)
    permission = models.CharField(max_length=60)
    state = models.CharField(max_length=9, choices=TurnState.choices, default=TurnState.AHEAD)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="turns")
    batch = models.ForeignKey(SigningBatch, on_delete=models.PROTECT, null=True, related_name="turns")
    place = models.PositiveIntegerField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    unsure = models.BooleanField(default=False)
    fault = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    open_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["office_code", "permission", "state", "open_at"], name="turn_tray")]
        constraints = [
            models.UniqueConstraint(fields=["letter", "position"], name="turn_once"),
            models.UniqueConstraint(fields=["batch", "place"], name="turn_place_once"),
            models.CheckConstraint(condition=Q(state__in=TurnState.values), name="turn_state_known"),
            models.CheckConstraint(
                condition=Q(state=TurnState.QUEUED, batch__isnull=False, place__isnull=False)
                | ~Q(state=TurnState.QUEUED),
                name="turn_queued_in_a_batch",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[TurnState.TAKEN, TurnState.REFUSED],
                    officer__isnull=False,
                    taken_at__isnull=False,
                )
                | (~Q(state__in=[TurnState.TAKEN, TurnState.REFUSED]) & Q(taken_at__isnull=True)),
                name="turn_taken_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=TurnState.REFUSED) | ~Q(note=""), name="turn_refused_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.position} of {self.letter_id} ({self.state})"

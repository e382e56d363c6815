"""Messages that leave the town and arrive in it; who they go to and what they say is sealed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from balai.kernel.email import mask_email
from balai.kernel.phone import mask_phone
from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.notify.enums import (
    AddressKind,
    AttemptState,
    Category,
    EnclosureState,
    Language,
    MessageState,
)
from balai.notify.references import MARK_LENGTH, Reference
from balai.runtime.crypto import lookup_hash
from balai.runtime.fields import SealedJSONField, SealedTextField


@dataclass(frozen=True)
class Address:
    """Where a message goes: kind "phone" (+62…) or "email", already normalised by the kernel."""

    kind: str
    value: str

    def __post_init__(self) -> None:
        AddressKind(self.kind)

    @property
    def hash(self) -> str:
        """Keyed hash under which what is known of the address is found."""
        return lookup_hash(f"{self.kind}:{self.value}", context="notify.address")

    @property
    def masked(self) -> str:
        """Enough to recognise one's own, too little to learn somebody else's."""
        return mask_email(self.value) if self.kind == AddressKind.EMAIL else mask_phone(self.value)


def remote_hash(remote_id: str) -> str:
    """How a gateway's id is kept: some gateways write the phone number into it."""
    return lookup_hash(remote_id, context="notify.remote") if remote_id else ""


class Message(models.Model):
    """One message for one person; `key` makes sending the same message twice one message.

    `address` is where it was sent last, or will be tried first. `round` rises when an officer sends it
    again. `via` binds it to one channel. `short` is the text for channels that charge by length.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=200, unique=True)
    category = models.CharField(
        max_length=6, choices=Category.choices, default=Category.DIRECT, db_default=Category.DIRECT
    )
    owner_label = models.CharField(max_length=80, blank=True, default="", db_default="")
    owner_id = models.CharField(max_length=80, blank=True, default="", db_default="")
    kind = models.CharField(max_length=5, choices=AddressKind.choices)
    address = SealedTextField()
    address_hash = models.CharField(max_length=64, blank=True, default="", db_default="")
    recipient_name = SealedTextField(null=True)
    subject = SealedTextField()
    text = SealedTextField()
    short = SealedTextField(null=True)
    template = models.CharField(max_length=60, blank=True, default="", db_default="")
    parameters = SealedJSONField(null=True)
    thread = SealedJSONField(null=True)
    language = models.CharField(
        max_length=2, choices=Language.choices, default=Language.INDONESIAN, db_default=Language.INDONESIAN
    )
    via = models.CharField(max_length=20, blank=True, default="", db_default="")
    about_label = models.CharField(max_length=80)
    about_id = models.CharField(max_length=80)
    state = models.CharField(max_length=6, choices=MessageState.choices, default=MessageState.QUEUED)
    round = models.PositiveSmallIntegerField(default=1, db_default=1)
    channel = models.CharField(max_length=20, blank=True)
    fault = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["channel", "-created_at"], name="message_latest"),
            models.Index(fields=["created_at"], name="message_age"),
            models.Index(fields=["state", "-created_at"], name="message_state"),
            models.Index(fields=["address_hash"], name="message_address"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MessageState.QUEUED, closed_at__isnull=True)
                | (~Q(state=MessageState.QUEUED) & Q(closed_at__isnull=False)),
                name="message_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(state=MessageState.SENT),
                name="message_delivered_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    def as_subject(self) -> Subject:
        """The message in the journal; its recipient stays sealed."""
        return Subject("notify.message", str(self.pk))

    @property
    def owner(self) -> Subject | None:
        """Whose message it is, where it belongs to a person that the town knows."""
        return Subject(self.owner_label, self.owner_id) if self.owner_label else None

    @property
    def to(self) -> Address:
        """The address in the clear, for a channel and for masking."""
        return Address(self.kind, self.address.clear)

    def reference(self, to: Address) -> str:
        """How the message to this address is called towards gateways: the same over retries, another when
        sent again. A gateway that keeps references must not take a second number for a repetition.
        """
        return str(Reference(self.pk, self.round, to.hash[:MARK_LENGTH]))


class Attempt(models.Model):
    """One way that was tried for one message, with how it ended; `tries` counts the hand-overs.

    `remote_id` is the gateway's id as `remote_hash` keeps it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    round = models.PositiveSmallIntegerField(default=1)
    channel = models.CharField(max_length=20)
    kind = models.CharField(max_length=5, choices=AddressKind.choices)
    address_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=AttemptState.choices)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=60, blank=True)
    remote_id = models.CharField(max_length=200, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "round", "channel", "address_hash"], name="attempt_once_for_each_way"
            )
        ]
        indexes = [models.Index(fields=["channel", "remote_id"], name="attempt_remote")]

    def __str__(self) -> str:
        return f"{self.channel} of message {self.message_id}"


class Standing(models.Model):
    """What is known of an address on one channel: that it seems dead, or that its holder said stop."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address_hash = models.CharField(max_length=64)
    channel = models.CharField(max_length=20)
    doubtful_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=60, blank=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "channel"], name="standing_once"),
            models.CheckConstraint(
                condition=Q(doubtful_at__isnull=False) | Q(stopped_at__isnull=False),
                name="standing_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} standing {self.pk}"


class Preference(models.Model):
    """How a person wants to be told: language, channels in the order of choice, channels not wanted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_label = models.CharField(max_length=80)
    owner_id = models.CharField(max_length=80)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.INDONESIAN)
    channels = models.JSONField(default=list)
    stopped = models.JSONField(default=list)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_label", "owner_id"], name="preference_one_for_each")
        ]

    def __str__(self) -> str:
        return f"preference {self.pk}"


class Incoming(models.Model):
    """A message that arrived; the gateway's own id (as a hash) makes one that is sent twice one message.

    `about` is what the message of ours was about to which it answers, where that is known. `needs_person`:
    no handler understood it; `settled_at` is when an officer had done with it. `subject` and `thread` are an
    e-mail's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=20)
    remote_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=5, choices=AddressKind.choices)
    address = SealedTextField()
    address_hash = models.CharField(max_length=64)
    text = SealedTextField()
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=60, blank=True)
    subject = SealedTextField(null=True)
    thread = SealedJSONField(null=True)
    about_label = models.CharField(max_length=80, blank=True, default="", db_default="")
    about_id = models.CharField(max_length=80, blank=True, default="", db_default="")
    needs_person = models.BooleanField(default=False, db_default=False)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "remote_id"], name="incoming_once"),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, outcome="")
                | (Q(handled_at__isnull=False) & ~Q(outcome="")),
                name="incoming_handled_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(needs_person=True), name="incoming_settled_by_person"
            ),
        ]
        indexes = [
            models.Index(fields=["received_at"], name="incoming_age"),
            models.Index(
                fields=["received_at"],
                condition=Q(needs_person=True, settled_at__isnull=True),
                name="incoming_for_person",
            ),
        ]

    def __str__(self) -> str:
        return f"incoming {self.pk}"

    def as_subject(self) -> Subject:
        """The incoming message in the journal."""
        return Subject("notify.incoming", str(self.pk))

    @property
    def sender(self) -> Address:
        """Where it came from, and where an answer goes."""
        return Address(self.kind, self.address.clear)

    @property
    def about(self) -> Subject | None:
        """What it answers to, where that is known."""
        return Subject(self.about_label, self.about_id) if self.about_label else None


class Enclosure(models.Model):
    """A file that came along with a message; once stored it is the upload of the same id.

    `remote_id` is what a gateway gives it for. `reason` is the sentence for whoever sent it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incoming = models.ForeignKey(Incoming, on_delete=models.CASCADE, related_name="enclosures")
    position = models.PositiveSmallIntegerField()
    name = SealedTextField()
    media_type = models.CharField(max_length=100)
    remote_id = SealedTextField(null=True)
    state = models.CharField(max_length=7, choices=EnclosureState.choices, default=EnclosureState.WAITING)
    fault = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["incoming", "position"], name="enclosure_once"),
            models.CheckConstraint(
                condition=(Q(state=EnclosureState.REFUSED) & ~Q(fault=""))
                | (~Q(state=EnclosureState.REFUSED) & Q(fault="")),
                name="enclosure_refused_has_fault",
            ),
        ]

    def __str__(self) -> str:
        return f"enclosure {self.pk}"

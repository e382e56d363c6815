"""What is known about messages, addresses and the ways out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from balai.kernel.email import parse_email
from balai.kernel.phone import parse_phone
from balai.kernel.references import Subject
from balai.notify import addressees, channels, routing
from balai.notify.channels import Outgoing
from balai.notify.enums import AddressKind, EnclosureState, Language, MessageState
from balai.notify.letters import Letter
from balai.notify.models import (
    Address,
    Attempt,
    Enclosure,
    Incoming,
    Message,
    Preference,
    Standing,
    remote_hash,
)
from balai.runtime.errors import NotFound


@dataclass(frozen=True)
class ChannelChoice:
    """One channel as a person may choose it: whether she wants it, and what is known of her addresses.

    `addresses` are masked; without any the channel does not reach her today.
    """

    code: str
    label: str
    addresses: tuple[str, ...]
    is_wanted: bool
    doubtful_at: datetime | None = None


@dataclass(frozen=True)
class Choices:
    """How a person is told today: language, and channels in her order."""

    language: str
    channels: tuple[ChannelChoice, ...]


def reachable_kinds() -> tuple[str, ...]:
    """Kinds of address ("phone", "email") that this town can send to today."""
    return tuple(kind.value for kind in AddressKind if channels.for_kind(kind.value) is not None)


def message(message_id: UUID | str) -> Message | None:
    """A message by its id, or None when it was deleted."""
    return Message.objects.filter(pk=message_id).first()


def incoming(incoming_id: UUID | str) -> Incoming | None:
    """An incoming message by its id, or None when it was deleted."""
    return Incoming.objects.filter(pk=incoming_id).first()


def is_known_letter(letter: Letter) -> bool:
    """Whether this letter was taken in before."""
    rows = Incoming.objects.filter(channel="email", remote_id=remote_hash(letter.remote_id))
    return rows.exists()


def arrived(*, shelf: str = "", channel: str = "") -> QuerySet[Incoming]:
    """Incoming messages of the last 30 days, newest first: "person" waits for one, "settled" had one."""
    rows = Incoming.objects.order_by("-received_at", "-pk")
    if shelf:
        rows = rows.filter(needs_person=True, settled_at__isnull=shelf == "person")
    return rows.filter(channel=channel) if channel else rows


def arrived_counts() -> dict[str, int]:
    """How many wait for a person, how many had one, and how many there are."""
    rows = Incoming.objects.order_by()
    for_person = rows.filter(needs_person=True)
    waiting = for_person.filter(settled_at=None).count()
    return {"person": waiting, "settled": for_person.count() - waiting, "": rows.count()}


def arrived_message(incoming_id: UUID) -> Incoming:
    """One incoming message; raises NotFound."""
    found = incoming(incoming_id)
    if found is None:
        raise NotFound(incoming_id)
    return found


def waiting_enclosures(incoming_id: UUID | str) -> list[Enclosure]:
    """Files of a message that a gateway still holds, in order."""
    rows = Enclosure.objects.filter(incoming__pk=incoming_id, state=EnclosureState.WAITING)
    return list(rows.select_related("incoming").order_by("position"))


def outgoing(row: Message, to: Address | None = None) -> Outgoing:
    """The message in the clear, for a channel; to another address of the same person where one is given."""
    address = to or row.to
    return Outgoing(
        id=row.pk,
        kind=address.kind,
        address=address.value,
        recipient_name=row.recipient_name.clear if row.recipient_name else "",
        subject=row.subject.clear,
        text=row.text.clear,
        created_at=row.created_at,
        reference=row.reference(address),
        category=row.category,
        short=row.short.clear if row.short else "",
        template=row.template,
        parameters=row.parameters.clear if row.parameters else {},
        language=row.language,
        thread=tuple(row.thread.clear) if row.thread else (),
    )


def demo_messages(limit: int = 50) -> list[Message]:
    """What the demo channel took, newest first."""
    return list(Message.objects.filter(channel="demo").order_by("-created_at", "-pk")[:limit])


def outbox(
    *,
    state: str = "",
    channel: str = "",
    category: str = "",
    address: Address | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Message]:
    """Messages of the last 30 days, newest first, with their attempts; each filter may be left out."""
    wanted: dict[str, object] = {
        "state": state,
        "channel": channel,
        "category": category,
        "address_hash": address.hash if address else "",
        "created_at__gte": since,
        "created_at__lt": until,
    }
    attempts = Prefetch("attempts", Attempt.objects.order_by("first_at", "id"))
    rows = Message.objects.filter(**{name: value for name, value in wanted.items() if value})
    return rows.order_by("-created_at", "-pk").prefetch_related(attempts)


def typed_address(text: str) -> Address:
    """An address as an officer types it; raises ValueRefused."""
    if "@" in text:
        return Address(AddressKind.EMAIL, parse_email(text))
    return Address(AddressKind.PHONE, parse_phone(text))


def outbox_counts() -> dict[str, int]:
    """How many messages are in each state; every state is there."""
    rows = Message.objects.values("state").annotate(count=Count("id")).order_by()
    counted = {row["state"]: row["count"] for row in rows}
    return {state.value: counted.get(state.value, 0) for state in MessageState}


def outbox_message(message_id: UUID) -> Message:
    """One message with its attempts; raises NotFound."""
    found = outbox().filter(pk=message_id).first()
    if found is None:
        raise NotFound(message_id)
    return found


def choices(owner: Subject) -> Choices:
    """How this person is told, ready for a page."""
    row = Preference.objects.filter(owner_label=owner.label, owner_id=owner.id).first()
    found = addressees.of(owner)
    addresses = found.addresses if found else ()
    standing = {
        (each.channel, each.address_hash): each
        for each in Standing.objects.filter(address_hash__in=[address.hash for address in addresses])
    }
    stopped = set(row.stopped) if row else set()
    lines = [
        _choice(code, addresses, standing, is_wanted=code not in stopped)
        for code in routing.ordered(row, addresses)
    ]
    return Choices(row.language if row else Language.INDONESIAN.value, tuple(lines))


def chosen_language(owner: Subject) -> str | None:
    """The language this person once chose, or None."""
    languages = Preference.objects.filter(owner_label=owner.label, owner_id=owner.id)
    return languages.values_list("language", flat=True).first()


def _choice(
    code: str,
    addresses: tuple[Address, ...],
    standing: dict[tuple[str, str], Standing],
    *,
    is_wanted: bool,
) -> ChannelChoice:
    channel = channels.channel(code)
    fitting = [address for address in addresses if channel and address.kind in channel.kinds]
    known = [each for address in fitting if (each := standing.get((code, address.hash))) is not None]
    return ChannelChoice(
        code=code,
        label=channels.label(code),
        addresses=tuple(address.masked for address in fitting),
        is_wanted=is_wanted and not any(each.stopped_at for each in known),
        doubtful_at=next((each.doubtful_at for each in known if each.doubtful_at), None),
    )


def addresses_of(owner: Subject) -> tuple[Address, ...]:
    """Where this person can be reached, the usual address first."""
    found = addressees.of(owner)
    return found.addresses if found else ()

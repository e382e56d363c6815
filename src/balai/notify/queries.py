"""What is known about messages and the ways out."""

from __future__ import annotations

from uuid import UUID

from balai.notify import channels
from balai.notify.channels import Outgoing
from balai.notify.enums import AddressKind
from balai.notify.models import Message


def reachable_kinds() -> tuple[str, ...]:
    """Kinds of address ("phone", "email") that this town can send to today."""
    return tuple(kind.value for kind in AddressKind if channels.for_kind(kind.value) is not None)


def message(message_id: UUID | str) -> Message | None:
    """A message by its id, or None when it was deleted."""
    return Message.objects.filter(pk=message_id).first()


def outgoing(row: Message) -> Outgoing:
    """The message in the clear, for a channel."""
    return Outgoing(
        id=row.pk,
        kind=row.kind,
        address=row.address.clear,
        recipient_name=row.recipient_name.clear if row.recipient_name else "",
        subject=row.subject.clear,
        text=row.text.clear,
        created_at=row.created_at,
    )


def demo_messages(limit: int = 50) -> list[Message]:
    """What the demo channel took, newest first."""
    return list(Message.objects.filter(channel="demo").order_by("-created_at", "-pk")[:limit])

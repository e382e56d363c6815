"""What can happen to a message."""

from __future__ import annotations

from datetime import datetime, timedelta

from balai import audit
from balai.kernel.references import SYSTEM, Subject
from balai.notify.enums import MessageState
from balai.notify.models import Address, Message
from balai.runtime import clock
from balai.runtime.jobs import enqueue
from balai.runtime.transaction import lock, write_transaction

KEPT = timedelta(days=30)


@write_transaction
def send(
    *,
    to: Address,
    subject: str,
    text: str,
    key: str,
    about: Subject,
    recipient_name: str = "",
    expires_at: datetime | None = None,
) -> Message:
    """Write a message down and queue its delivery, in the caller's transaction.

    The same `key` gives back the earlier message and sends nothing again. After `expires_at` (a code
    that has run out) it is not delivered any more. Which channel takes it is decided on delivery.
    """
    message, is_new = Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": to.kind,
            "address": to.value,
            "recipient_name": recipient_name or None,
            "subject": subject,
            "text": text,
            "about_label": about.label,
            "about_id": about.id,
            "created_at": clock.now(),
            "expires_at": expires_at,
        },
    )
    if is_new:
        audit.record("notify.queued", by=SYSTEM, about=about, data={"message": str(message.pk)})
        enqueue("notify.deliver", key=f"notify.deliver:{message.pk}", message_id=str(message.pk))
    return message


@write_transaction(locks="message")
def mark_sent(*, message: Message, channel: str) -> None:
    """A channel has taken the message over; said twice, it counts once."""
    _close(message, MessageState.SENT, channel=channel)


@write_transaction(locks="message")
def mark_failed(*, message: Message, channel: str, fault: str) -> None:
    """Nobody will take the message; `fault` is a channel's code without personal data."""
    if _close(message, MessageState.FAILED, channel=channel, fault=fault):
        audit.record("notify.failed", by=SYSTEM, about=message.as_subject(), data={"fault": fault})


@write_transaction
def forget_old(*, before: datetime) -> int:
    """Delete messages older than `before`; what they were about keeps its own record. Returns how many."""
    return Message.objects.filter(created_at__lt=before).delete()[0]


def _close(message: Message, state: MessageState, *, channel: str, fault: str = "") -> bool:
    locked = lock(message)
    if locked.state != MessageState.QUEUED:
        return False
    locked.state, locked.channel, locked.fault, locked.closed_at = state, channel, fault, clock.now()
    locked.save(update_fields=["state", "channel", "fault", "closed_at"])
    return True

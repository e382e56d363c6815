"""Messages that people send to the town."""

from __future__ import annotations

from balai.kernel.errors import ValueRefused
from balai.kernel.phone import parse_phone
from balai.kernel.references import Subject
from balai.notify.actions.sending import answer
from balai.notify.channels import Received
from balai.notify.enums import AddressKind
from balai.notify.models import Address, Incoming, remote_hash
from balai.runtime import clock
from balai.runtime.jobs import enqueue
from balai.runtime.transaction import write_transaction

LONGEST_TEXT = 2000


@write_transaction
def take_in(*, channel: str, received: Received) -> Incoming | None:
    """Keep an incoming message and owe its answer; the same id of the gateway is the same message.

    None for a sender that is no mobile number (a short code, a name): nothing can be answered there.
    """
    try:
        sender = Address(AddressKind.PHONE, parse_phone(received.address))
    except ValueRefused:
        return None
    incoming, is_new = Incoming.objects.get_or_create(
        channel=channel,
        remote_id=remote_hash(received.remote_id),
        defaults={
            "kind": sender.kind,
            "address": sender.value,
            "address_hash": sender.hash,
            "text": received.text.replace("\0", "")[:LONGEST_TEXT],
            "received_at": clock.now(),
        },
    )
    if is_new:
        enqueue("notify.answer", key=f"notify.answer:{incoming.pk}", incoming_id=str(incoming.pk))
    return incoming


@write_transaction
def close_incoming(*, incoming: Incoming, outcome: str, text: str = "", about: Subject | None = None) -> None:
    """What was done with it, with the answer that is owed for it, if any; once."""
    closed = Incoming.objects.filter(pk=incoming.pk, handled_at=None)
    if closed.update(handled_at=clock.now(), outcome=outcome[:60]) and text:
        answer(incoming=incoming, text=text, about=about or incoming.as_subject())

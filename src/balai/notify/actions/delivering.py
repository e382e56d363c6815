"""What a hand-over, a receipt or a bounce means for a message and for the address behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balai import audit
from balai.kernel.references import SYSTEM
from balai.notify import addressees
from balai.notify.actions.addresses import doubt, no_doubt
from balai.notify.channels import Receipt
from balai.notify.enums import AttemptState, MessageState
from balai.notify.models import Attempt, Message, remote_hash
from balai.notify.references import Reference
from balai.runtime import clock
from balai.runtime.jobs import enqueue
from balai.runtime.transaction import lock, write_transaction

if TYPE_CHECKING:
    from balai.notify.routing import Route

FAULT_LENGTH = 60
_FINAL = (AttemptState.DELIVERED, AttemptState.FAILED)


@write_transaction(locks="message")
def note_accepted(*, message: Message, route: Route, remote_id: str = "") -> None:
    """A channel has taken the message over; said twice, it counts once.

    A receipt may have come before: what it said stands.
    """
    locked = lock(message)
    attempt = _attempt(locked, route.carrier.code, route.address.kind, route.address.hash)
    attempt.tries += 1
    attempt.remote_id = remote_hash(remote_id) or attempt.remote_id
    if attempt.state not in _FINAL:
        attempt.state, attempt.fault = AttemptState.ACCEPTED, ""
    _keep(attempt)
    if attempt.state == AttemptState.FAILED:
        _deliver_again(locked)
    elif locked.state == MessageState.QUEUED:
        locked.kind, locked.address = route.address.kind, route.address.value
        locked.address_hash = route.address.hash
        _close(locked, MessageState.SENT, channel=route.carrier.code)


@write_transaction(locks="message")
def note_tried(*, message: Message, route: Route, fault: str) -> int:
    """A temporary fault; returns how often this way was tried in this round."""
    locked = lock(message)
    attempt = _attempt(locked, route.carrier.code, route.address.kind, route.address.hash)
    attempt.tries += 1
    if attempt.state not in _FINAL:
        attempt.fault = fault[:FAULT_LENGTH]
    _keep(attempt)
    return attempt.tries


@write_transaction(locks="message")
def note_failed(*, message: Message, route: Route, fault: str, is_doubtful: bool = False) -> None:
    """This way will not take the message; another may."""
    locked = lock(message)
    attempt = _attempt(locked, route.carrier.code, route.address.kind, route.address.hash)
    attempt.tries += 1
    _fail(locked, attempt, fault, is_doubtful=is_doubtful)


@write_transaction(locks="message")
def mark_failed(*, message: Message, fault: str) -> None:
    """Nobody will take the message; `fault` is a code without personal data."""
    locked = lock(message)
    if locked.state != MessageState.QUEUED:
        return
    _close(locked, MessageState.FAILED, channel=locked.channel, fault=fault)
    audit.record("notify.failed", by=SYSTEM, about=message.as_subject(), data={"fault": fault})


@write_transaction(locks="message")
def note_receipt(*, channel: str, receipt: Receipt) -> bool:
    """What a gateway says of a message of ours; False when it is not ours. In any order, any number of times.

    "failed" opens the message again: the next way is tried, or it fails for good.
    """
    named = Reference.parse(receipt.reference) or _by_remote_id(channel, receipt.remote_id)
    message = Message.objects.filter(pk=named.message_id).first() if named else None
    if named is None or message is None:
        return False
    locked = lock(message)
    if locked.round != named.round:
        return True  # an officer has sent it again since
    attempt = _spoken_of(locked, channel, named.mark)
    if receipt.state == "failed":
        if attempt.state not in _FINAL:
            _fail(locked, attempt, receipt.fault, is_doubtful=receipt.is_doubtful)
            _deliver_again(locked)
    elif receipt.state == "delivered" and attempt.state != AttemptState.FAILED:
        _delivered(locked, attempt)
    return True


def note_returned(*, reference: Reference, fault: str, is_doubtful: bool) -> bool:
    """An e-mail came back; False when the message is not there any more."""
    receipt = Receipt("failed", reference=str(reference), fault=fault, is_doubtful=is_doubtful)
    return note_receipt(channel="email", receipt=receipt)


def _by_remote_id(channel: str, remote_id: str) -> Reference | None:
    """The hand-over that the gateway knows by an id of its own."""
    if not remote_id:
        return None
    rows = Attempt.objects.filter(channel=channel, remote_id=remote_hash(remote_id))
    attempt = rows.order_by("-last_at").first()
    return Reference(attempt.message_id, attempt.round, attempt.address_hash) if attempt else None


def _spoken_of(message: Message, channel: str, mark: str) -> Attempt:
    """The way of which a receipt speaks; it may come before our own note of the hand-over."""
    rows = message.attempts.filter(round=message.round, channel=channel, address_hash__startswith=mark)
    found = rows.order_by("-last_at", "-id").first()
    if found is not None:
        return found
    owner = message.owner
    known = addressees.of(owner) if owner else None
    several = (message.to, *(known.addresses if known else ()))
    address = next((each for each in several if each.hash.startswith(mark)), message.to)
    return _attempt(message, channel, address.kind, address.hash)


def _delivered(message: Message, attempt: Attempt) -> None:
    attempt.state, attempt.fault = AttemptState.DELIVERED, ""
    _keep(attempt)
    no_doubt(attempt.address_hash, attempt.channel)
    if message.state == MessageState.QUEUED:
        _close(message, MessageState.SENT, channel=attempt.channel)
    if message.state == MessageState.SENT and message.delivered_at is None:
        message.delivered_at = clock.now()
        message.save(update_fields=["delivered_at"])


def _fail(message: Message, attempt: Attempt, fault: str, *, is_doubtful: bool) -> None:
    attempt.state, attempt.fault = AttemptState.FAILED, fault[:FAULT_LENGTH]
    _keep(attempt)
    message.fault = attempt.fault
    message.save(update_fields=["fault"])
    if is_doubtful:
        doubt(attempt.address_hash, attempt.channel, attempt.fault)
    data = {"channel": attempt.channel, "fault": attempt.fault, "doubtful": is_doubtful}
    audit.record("notify.way_failed", by=SYSTEM, about=message.as_subject(), data=data)


def _deliver_again(message: Message) -> None:
    """Open a message that had been taken over; the job finds the next way, or says that there is none."""
    if message.state == MessageState.FAILED:
        return
    message.state, message.closed_at, message.delivered_at = MessageState.QUEUED, None, None
    message.save(update_fields=["state", "closed_at", "delivered_at"])
    enqueue("notify.deliver", key=f"notify.deliver:{message.pk}", message_id=str(message.pk))


def _attempt(message: Message, channel: str, kind: str, address_hash: str) -> Attempt:
    now = clock.now()
    attempt, _is_new = Attempt.objects.get_or_create(
        message=message,
        round=message.round,
        channel=channel,
        address_hash=address_hash,
        defaults={"kind": kind, "state": AttemptState.TRIED, "first_at": now, "last_at": now},
    )
    return attempt


def _keep(attempt: Attempt) -> None:
    attempt.last_at = clock.now()
    attempt.save(update_fields=["tries", "state", "fault", "remote_id", "last_at"])


def _close(message: Message, state: MessageState, *, channel: str, fault: str = "") -> None:
    message.state, message.channel, message.closed_at = state, channel, clock.now()
    message.fault = fault[:FAULT_LENGTH]
    message.save(update_fields=["state", "channel", "fault", "closed_at", "kind", "address", "address_hash"])

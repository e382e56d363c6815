"""What an officer may do with a message in the outbox."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from balai import audit
from balai.kernel.references import Actor, Subject
from balai.notify.actions.addresses import no_doubt
from balai.notify.enums import MessageState
from balai.notify.models import Address, Message
from balai.runtime import clock
from balai.runtime.errors import CitizenError
from balai.runtime.jobs import enqueue
from balai.runtime.transaction import lock, write_transaction


class StillWaiting(CitizenError):
    """It will be sent anyway."""

    code = "notify.still_waiting"
    template = _("Pesan ini masih menunggu dikirim. Tidak perlu dikirim ulang.")
    status = 409


class MessageTooOld(CitizenError):
    """What it says is not true any more."""

    code = "notify.too_old"
    template = _("Masa berlaku pesan ini sudah lewat. Mintalah penerimanya meminta kode baru.")
    status = 409


@write_transaction(locks="message")
def resend(*, by: Actor, message: Message) -> Message:
    """Send a message again from the first way on; doubts about its address are put aside this once.

    Raises StillWaiting, and MessageTooOld for a code that has run out. What the person has stopped
    stays stopped.
    """
    locked = lock(message)
    if locked.state == MessageState.QUEUED:
        raise StillWaiting()
    if locked.expires_at is not None and locked.expires_at <= clock.now():
        raise MessageTooOld()
    for address_hash in {locked.address_hash, *locked.attempts.values_list("address_hash", flat=True)}:
        no_doubt(address_hash)
    locked.round += 1
    locked.state, locked.fault, locked.channel = MessageState.QUEUED, "", ""
    locked.closed_at = locked.delivered_at = None
    locked.save(update_fields=["round", "state", "fault", "channel", "closed_at", "delivered_at"])
    audit.record("notify.resent", by=by, about=locked.as_subject(), data={"round": locked.round})
    enqueue("notify.deliver", key=f"notify.deliver:{locked.pk}", message_id=str(locked.pk))
    return locked


@write_transaction
def note_search(*, by: Actor, address: Address, purpose: str, office: str = "") -> None:
    """Somebody looks for messages by a whole address; whose messages these are reads who, and why.

    Where no message there is a known person's, the journal keeps it about the address, by its keyed hash.
    """
    rows = Message.objects.filter(address_hash=address.hash).exclude(owner_label="")
    owners = rows.order_by("owner_label", "owner_id").values_list("owner_label", "owner_id").distinct()
    several = [Subject(label, key) for label, key in owners] or [Subject("notify.address", address.hash)]
    for about in several:
        what = gettext("Daftar pesan keluar")
        audit.record_reading(by=by, about=about, what=what, purpose=purpose, office=office)


@write_transaction
def reveal(*, by: Actor, message: Message, purpose: str, office: str = "") -> str:
    """The address in the clear; the person whose message it is reads who looked, and why."""
    what = gettext("Alamat pemberitahuan")
    about = message.owner or message.as_subject()
    audit.record_reading(by=by, about=about, what=what, purpose=purpose, office=office)
    return message.to.value

"""Messages that people send to the town."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from balai import audit
from balai.files import actions as files
from balai.kernel.errors import ValueRefused
from balai.kernel.phone import parse_phone
from balai.kernel.references import SYSTEM, Actor, Subject
from balai.notify.actions.keeping import KEPT
from balai.notify.actions.sending import answer
from balai.notify.channels import Media, Received
from balai.notify.enums import AddressKind, EnclosureState
from balai.notify.letters import Letter
from balai.notify.models import Address, Attempt, Enclosure, Incoming, Message, remote_hash
from balai.runtime import clock
from balai.runtime.jobs import enqueue
from balai.runtime.transaction import write_transaction

LONGEST_TEXT = 2000
MOST_FILES = 10
LONGEST_NAME = 120
# As channels/email.py writes it.
_OUR_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^<>]+>")


@write_transaction
def take_in(*, channel: str, received: Received) -> Incoming | None:
    """Keep an incoming message and owe its answer; the same id of the gateway is the same message.

    Files that came along are fetched first. None for a sender that is no mobile number (a short code, a
    name): nothing can be answered there.
    """
    try:
        sender = Address(AddressKind.PHONE, parse_phone(received.address))
    except ValueRefused:
        return None
    about = _answered_to(channel, received.answers, sender)
    incoming, is_new = Incoming.objects.get_or_create(
        channel=channel,
        remote_id=remote_hash(received.remote_id),
        defaults={
            "kind": sender.kind,
            "address": sender.value,
            "address_hash": sender.hash,
            "text": received.text.replace("\0", "")[:LONGEST_TEXT],
            "received_at": clock.now(),
            "about_label": about.label if about else "",
            "about_id": about.id if about else "",
        },
    )
    if is_new:
        _note_files(incoming, received.media[:MOST_FILES])
        _owe(incoming)
    return incoming


def _answered_to(channel: str, remote_id: str, sender: Address) -> Subject | None:
    """What our message was about to which this one answers; only if that went to this very sender."""
    if not remote_id:
        return None
    ours = Attempt.objects.filter(
        channel=channel, remote_id=remote_hash(remote_id), address_hash=sender.hash
    ).select_related("message")
    found = ours.order_by("-last_at").first()
    return Subject(found.message.about_label, found.message.about_id) if found else None


def _note_files(incoming: Incoming, media: tuple[Media, ...]) -> None:
    for position, each in enumerate(media):
        Enclosure.objects.create(
            incoming=incoming,
            position=position,
            name=each.name.replace("\0", "")[:LONGEST_NAME],
            media_type=each.media_type[:100],
            remote_id=each.remote_id,
        )


def _owe(incoming: Incoming) -> None:
    """Fetch what is still at the gateway; when nothing is, the answer is due."""
    if _is_whole(incoming):
        enqueue("notify.answer", key=f"notify.answer:{incoming.pk}", incoming_id=str(incoming.pk))
    else:
        enqueue("notify.fetch_files", key=f"notify.fetch_files:{incoming.pk}", incoming_id=str(incoming.pk))


def _is_whole(incoming: Incoming) -> bool:
    return not incoming.enclosures.filter(state=EnclosureState.WAITING).exists()


@dataclass(frozen=True)
class Kept:
    """A file of a letter: stored under this id, or refused with a code and a sentence."""

    id: UUID
    name: str
    media_type: str
    fault: str = ""
    reason: str = ""


@write_transaction
def take_in_letter(*, letter: Letter, incoming_id: UUID, kept: Sequence[Kept]) -> Incoming:
    """Keep an e-mail whose files are stored, and owe its answer; the same letter is the same message."""
    sender = Address(AddressKind.EMAIL, letter.sender)
    about = _written_back_to(letter, sender)
    thread: Any = [*letter.thread, letter.message_id]
    incoming, is_new = Incoming.objects.get_or_create(
        channel="email",
        remote_id=remote_hash(letter.remote_id),
        defaults={
            "id": incoming_id,
            "kind": sender.kind,
            "address": sender.value,
            "address_hash": sender.hash,
            "subject": letter.subject,
            "text": letter.text,
            "thread": thread,
            "received_at": clock.now(),
            "about_label": about.label if about else "",
            "about_id": about.id if about else "",
        },
    )
    if is_new:
        _note_kept(incoming, kept)
        _owe(incoming)
    return incoming


def _written_back_to(letter: Letter, sender: Address) -> Subject | None:
    """What our mail was about to which this letter answers; only if that went to this very sender."""
    ids = [found[1] for each in letter.thread if (found := _OUR_ID.fullmatch(each))]
    rows = Message.objects.filter(pk__in=ids[-5:], address_hash=sender.hash).order_by("-created_at")
    ours = rows.first()
    return Subject(ours.about_label, ours.about_id) if ours else None


def _note_kept(incoming: Incoming, kept: Sequence[Kept]) -> None:
    owner, ends = incoming.as_subject(), incoming.received_at + KEPT
    stored = [each.id for each in kept if not each.fault]
    files.change_owner(by=SYSTEM, ids=stored, owner=owner, to=owner, expires_at=ends)
    for position, each in enumerate(kept):
        Enclosure.objects.create(
            id=each.id,
            incoming=incoming,
            position=position,
            name=each.name,
            media_type=each.media_type,
            state=EnclosureState.REFUSED if each.fault else EnclosureState.STORED,
            fault=each.fault,
            reason=each.reason[:300],
        )


@write_transaction
def note_stored(*, enclosure: Enclosure) -> None:
    """The file is kept by `files`, as long as the message; the last one makes the answer due."""
    owner = enclosure.incoming.as_subject()
    ends = enclosure.incoming.received_at + KEPT
    files.change_owner(by=SYSTEM, ids=[enclosure.pk], owner=owner, to=owner, expires_at=ends)
    _settle_file(enclosure, state=EnclosureState.STORED)


@write_transaction
def note_refused(*, enclosure: Enclosure, fault: str, reason: str) -> None:
    """The file will not be had; `reason` is the sentence for whoever sent it."""
    _settle_file(enclosure, state=EnclosureState.REFUSED, fault=fault[:60], reason=reason[:300])


def _settle_file(enclosure: Enclosure, **values: str) -> None:
    waiting = Enclosure.objects.filter(pk=enclosure.pk, state=EnclosureState.WAITING)
    if waiting.update(**values) and _is_whole(enclosure.incoming):
        _owe(enclosure.incoming)


@write_transaction
def close_incoming(
    *,
    incoming: Incoming,
    outcome: str,
    text: str = "",
    about: Subject | None = None,
    needs_person: bool = False,
) -> None:
    """What was done with it, with the answer that is owed for it, if any; once."""
    closed = Incoming.objects.filter(pk=incoming.pk, handled_at=None)
    values = {"handled_at": clock.now(), "outcome": outcome[:60], "needs_person": needs_person}
    if closed.update(**values) and text:
        answer(incoming=incoming, text=text, about=about or incoming.as_subject())


@write_transaction
def read_incoming(*, by: Actor, incoming: Incoming, purpose: str, office: str = "") -> None:
    """An officer opens what somebody wrote; the journal keeps who, and why."""
    what = gettext("Pesan masuk")
    audit.record_reading(by=by, about=incoming.as_subject(), what=what, purpose=purpose, office=office)


@write_transaction
def settle_incoming(*, by: Actor, incoming: Incoming, note: str = "") -> bool:
    """An officer has done with a message that nobody understood; False when another was faster."""
    waiting = Incoming.objects.filter(pk=incoming.pk, needs_person=True, settled_at=None)
    if not waiting.update(settled_at=clock.now()):
        return False
    audit.record("notify.incoming_settled", by=by, about=incoming.as_subject(), note=note)
    return True

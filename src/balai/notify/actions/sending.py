"""Owing somebody a message: three doors, one row and one job each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from balai import audit
from balai.kernel.references import SYSTEM, Subject
from balai.notify import addressees
from balai.notify.enums import Category, Language
from balai.notify.models import Address, Incoming, Message, Preference
from balai.runtime import clock
from balai.runtime.jobs import enqueue
from balai.runtime.transaction import write_transaction


@dataclass(frozen=True)
class Wording:
    """A piece of news in one language.

    `short` is for channels that charge by length ("" for the same as `text`); `template` and
    `parameters` are for those that send approved templates only.
    """

    subject: str
    text: str
    short: str = ""
    template: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


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
    template: str = "",
    parameters: Mapping[str, str] | None = None,
) -> Message:
    """Write a message to this very address down and queue its delivery, in the caller's transaction.

    For what the person asked for just now (a code): no choice of hers stops it, and it goes nowhere else.
    The same `key` gives back the earlier message and sends nothing again. After `expires_at` it is not
    delivered any more. Which channel takes it is decided on delivery.
    """
    words = Wording(subject, text, template=template, parameters=parameters or {})
    return _queue(
        to=to, words=words, key=key, about=about, recipient_name=recipient_name, expires_at=expires_at
    )


@write_transaction
def tell(
    *,
    owner: Subject,
    words: Mapping[str, Wording],
    key: str,
    about: Subject,
    recipient_name: str = "",
    expires_at: datetime | None = None,
) -> Message | None:
    """Owe a person a piece of news, in her language and by the channels of her choice.

    `owner` is who is told, by a label of `notify.addressees`; `words` holds the wording by language, at
    least "id". None when nobody knows an address of hers. The same `key` is the same message.
    """
    addressee = addressees.of(owner)
    if addressee is None or not addressee.addresses:
        return None
    choice = Preference.objects.filter(owner_label=owner.label, owner_id=owner.id).first()
    language = choice.language if choice and choice.language in words else Language.INDONESIAN.value
    return _queue(
        to=addressee.addresses[0],
        words=words[language],
        key=key,
        about=about,
        recipient_name=recipient_name or addressee.name,
        expires_at=expires_at,
        category=Category.NOTICE,
        owner_label=owner.label,
        owner_id=owner.id,
        language=language,
    )


@write_transaction
def answer(*, incoming: Incoming, text: str, about: Subject) -> Message:
    """Owe the sender of an incoming message an answer, on the channel on which she wrote; once."""
    return _queue(
        to=Address(incoming.kind, incoming.address.clear),
        words=Wording(_answered_subject(incoming), text),
        key=f"notify.reply:{incoming.pk}",
        about=about,
        category=Category.REPLY,
        via=incoming.channel,
        thread=incoming.thread.clear if incoming.thread else None,
    )


def _answered_subject(incoming: Incoming) -> str:
    """ "Re: …" for an e-mail, nothing elsewhere."""
    if not incoming.subject:
        return "Re:" if incoming.thread else ""
    subject: str = incoming.subject.clear
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def _queue(*, to: Address, words: Wording, key: str, about: Subject, **more: Any) -> Message:
    parameters: Any = dict(words.parameters) or None
    message, is_new = Message.objects.get_or_create(
        key=key,
        defaults={
            **more,
            "kind": to.kind,
            "address": to.value,
            "address_hash": to.hash,
            "recipient_name": more.get("recipient_name") or None,
            "subject": words.subject,
            "text": words.text,
            "short": words.short or None,
            "template": words.template,
            "parameters": parameters,
            "about_label": about.label,
            "about_id": about.id,
            "created_at": clock.now(),
        },
    )
    if is_new:
        audit.record("notify.queued", by=SYSTEM, about=about, data={"message": str(message.pk)})
        enqueue("notify.deliver", key=f"notify.deliver:{message.pk}", message_id=str(message.pk))
    return message

"""What is done with an incoming message: the words that every town knows, then who has registered."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import override

from balai import government
from balai.files import queries as files
from balai.kernel.references import Subject
from balai.notify import actions, channels, queries, replies
from balai.notify.enums import EnclosureState
from balai.notify.models import Enclosure, Incoming
from balai.notify.reply_words import first_word
from balai.runtime import ratelimit
from balai.runtime.errors import TooMany

_AGAIN = re.compile(r"^(?:\s*(?:re|fwd?|bls|balas)\s*:)+\s*", re.IGNORECASE)
HOUR, DAY = 3600, 86_400
ANSWERS_PER_HOUR = 10
HELP_PER_DAY = 1
LANGUAGE = "id"
SILENT = "notify.silent"
# With a line of help, and without: a person should read these.
NOT_UNDERSTOOD = ("notify.help", "notify.not_understood")


def handle(incoming_id: str) -> None:
    """Find who answers, and keep the answer and the outcome in one transaction; done once."""
    incoming = queries.incoming(incoming_id)
    if incoming is None or incoming.handled_at is not None:
        return
    question = asked(incoming)
    with override(LANGUAGE):
        outcome, reply = _answered(question, incoming)
    actions.close_incoming(
        incoming=incoming,
        outcome=outcome,
        text=reply.text if reply else "",
        about=reply.about if reply else None,
        needs_person=outcome in NOT_UNDERSTOOD
        or bool(reply and reply.needs_person)
        or (outcome == SILENT and bool(question.attachments)),
    )


def asked(incoming: Incoming) -> replies.Question:
    """The message as handlers read it."""
    text = incoming.text.clear
    subject = incoming.subject.clear if incoming.subject else ""
    word, rest = _words(subject, text)
    rows = list(incoming.enclosures.all())
    return replies.Question(
        incoming_id=str(incoming.pk),
        channel=incoming.channel,
        address=incoming.sender,
        word=word,
        rest=rest,
        text=text,
        subject=subject,
        attachments=tuple(_attachment(row) for row in rows if row.state == EnclosureState.STORED),
        refused=tuple(
            replies.Refused(row.name.clear, row.fault, row.reason)
            for row in rows
            if row.state == EnclosureState.REFUSED
        ),
        about=incoming.about,
    )


def _words(subject: str, text: str) -> tuple[str, str]:
    """The first word and the rest: of an e-mail's subject where somebody listens to it, else of the text."""
    word, rest = first_word(_AGAIN.sub("", subject))
    if word and replies.is_word(word):
        return word, f"{rest}\n{text}".strip()
    return first_word(text)


def _attachment(row: Enclosure) -> replies.Attachment:
    upload = files.upload(row.pk)
    media_type = upload.media_type if upload else row.media_type
    return replies.Attachment(row.pk, upload.name if upload else row.name.clear, media_type)


def _answered(question: replies.Question, incoming: Incoming) -> tuple[str, replies.Reply | None]:
    """The outcome's code and the answer; nobody gets more than ten an hour, a machine least of all.

    A stop is heard however often it is said.
    """
    is_silent = not _has_room("notify.answers", question, ANSWERS_PER_HOUR, HOUR)
    if is_silent and question.word not in STOP_WORDS:
        return SILENT, None
    for handler in replies.handlers(question.word):
        reply = handler.answer(question)
        if reply is not None:
            return handler.label, None if is_silent else reply
    if not _has_room("notify.help", question, HELP_PER_DAY, DAY):
        return NOT_UNDERSTOOD[1], None
    return NOT_UNDERSTOOD[0], replies.Reply(_help(incoming.channel), incoming.as_subject())


def _has_room(bucket: str, question: replies.Question, limit: int, seconds: int) -> bool:
    try:
        ratelimit.hit(bucket, question.address.value, limit=limit, seconds=seconds)
    except TooMany:
        return False
    return True


def _help(channel: str) -> str:
    if channel == "email":
        return _(
            "Surat Anda sudah kami terima dan akan dibaca petugas. Ini jawaban otomatis %(product)s. Keadaan "
            "darurat: telepon 112."
        ) % {"product": government.current().product_name}
    return _(
        "Ini nomor otomatis %(product)s. Kirim STATUS lalu nomor berkas, atau BERHENTI agar tidak dikirimi "
        "lagi. Keadaan darurat: telepon 112."
    ) % {"product": government.current().product_name}


STOP_WORDS = ("BERHENTI", "STOP")
START_WORDS = ("MULAI", "START")


def _stop(question: replies.Question) -> replies.Reply | None:
    """Of a letter only the bare word counts: "Berhenti bekerja sejak Mei, saya …" is no stop."""
    if question.channel == "email" and question.rest not in {"", question.text}:
        return None
    about = Subject("notify.incoming", question.incoming_id)
    actions.stop(address=question.address, channel=question.channel, about=about)
    text = _(
        "Baik, kami tidak mengirim pemberitahuan lewat %(channel)s ke nomor ini lagi. Balas MULAI bila ingin "
        "dikirimi lagi."
    )
    return replies.Reply(text % {"channel": channels.label(question.channel)}, about)


def _start(question: replies.Question) -> replies.Reply:
    about = Subject("notify.incoming", question.incoming_id)
    actions.resume(address=question.address, channel=question.channel, about=about)
    text = _("Baik, pemberitahuan lewat %(channel)s ke nomor ini berjalan lagi. Balas BERHENTI bila cukup.")
    return replies.Reply(text % {"channel": channels.label(question.channel)}, about)


def register_own_words() -> None:
    """Stop and start; called when the app is ready."""
    replies.register("notify.stop", answer=_stop, words=STOP_WORDS)
    replies.register("notify.start", answer=_start, words=START_WORDS)

"""What is done with an incoming message: the words that every town knows, then who has registered."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from balai import government
from balai.kernel.references import Subject
from balai.notify import actions, channels, queries, replies
from balai.notify.models import Address, Incoming
from balai.notify.reply_words import first_word
from balai.runtime import ratelimit
from balai.runtime.errors import TooMany

HOUR, DAY = 3600, 86_400
ANSWERS_PER_HOUR = 10
HELP_PER_DAY = 1
LANGUAGE = "id"


def handle(incoming_id: str) -> None:
    """Find who answers, and keep the answer and the outcome in one transaction; done once."""
    incoming = queries.incoming(incoming_id)
    if incoming is None or incoming.handled_at is not None:
        return
    address = Address(incoming.kind, incoming.address.clear)
    word, rest = first_word(incoming.text.clear)
    question = replies.Question(str(incoming.pk), incoming.channel, address, word, rest, incoming.text.clear)
    with override(LANGUAGE):
        outcome, reply = _answered(question, incoming)
    if reply is None:
        actions.close_incoming(incoming=incoming, outcome=outcome)
    else:
        actions.close_incoming(incoming=incoming, outcome=outcome, text=reply.text, about=reply.about)


def _answered(question: replies.Question, incoming: Incoming) -> tuple[str, replies.Reply | None]:
    """The outcome's code and the answer; nobody gets more than ten an hour, a machine least of all.

    A stop is heard however often it is said.
    """
    is_silent = not _has_room("notify.answers", question, ANSWERS_PER_HOUR, HOUR)
    if is_silent and question.word not in STOP_WORDS:
        return "notify.silent", None
    for handler in replies.handlers(question.word):
        reply = handler.answer(question)
        if reply is not None:
            return handler.label, None if is_silent else reply
    if not _has_room("notify.help", question, HELP_PER_DAY, DAY):
        return "notify.not_understood", None
    return "notify.help", replies.Reply(_help(), incoming.as_subject())


def _has_room(bucket: str, question: replies.Question, limit: int, seconds: int) -> bool:
    try:
        ratelimit.hit(bucket, question.address.value, limit=limit, seconds=seconds)
    except TooMany:
        return False
    return True


def _help() -> str:
    return _(
        "Ini nomor otomatis %(product)s. Kirim STATUS lalu nomor berkas, atau BERHENTI agar tidak dikirimi "
        "lagi. Keadaan darurat: telepon 112."
    ) % {"product": government.current().product_name}


STOP_WORDS = ("BERHENTI", "STOP")
START_WORDS = ("MULAI", "START")


def _stop(question: replies.Question) -> replies.Reply:
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

"""E-mail over SMTP; what bounces later is read by `notify.bounces`."""

from __future__ import annotations

import re
import smtplib
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from balai import government
from balai.notify.channels.registry import (
    Channel,
    DeliveryFailed,
    Outgoing,
    PermanentFailure,
    TemporaryFailure,
    register,
)
from balai.notify.channels.smtp_server import SmtpServer, SmtpUrlRefused
from balai.notify.channels.verp import envelope_sender
from balai.notify.references import Reference

PERMANENT_FROM = 500
# RFC 3463: 5.1.x bad address, 5.2.1 mailbox disabled. Without an enhanced status these answers say the same.
_DEAD_STATUS = re.compile(r"5\.(?:1\.[0-9]{1,3}|2\.1)")
_ENHANCED = re.compile(r"\b[245]\.[0-9]{1,3}\.[0-9]{1,3}\b")
_DEAD_ANSWERS = frozenset({550, 551, 553})


@register("email")
class EmailChannel(Channel):
    """Plain text through the town's mail server; one session for each message."""

    label = _("E-mail")
    kinds = ("email",)

    def is_set(self) -> bool:
        """Whether a mail server is named."""
        return bool(settings.BALAI.smtp_url)

    def problems(self) -> list[str]:
        """A missing or unreadable server, and in production a server that others can listen to."""
        if not settings.BALAI.smtp_url:
            return ["BALAI_SMTP_URL is empty"]
        try:
            server = SmtpServer.parse(settings.BALAI.smtp_url)
        except SmtpUrlRefused as refused:
            return [str(refused)]
        if settings.BALAI.mode == "production" and not server.is_safe:
            return [
                "BALAI_SMTP_URL needs tls=starttls or tls=ssl: one-time codes must not travel in the clear"
            ]
        return []

    def deliver(self, outgoing: Outgoing) -> str:
        """Hand over to the server; what it says decides whether another try makes sense."""
        sender, bounces_to = settings.BALAI.mail_from, settings.BALAI.bounce_address
        reply_to = settings.BALAI.incoming_address
        message = compose(outgoing, sender=sender, sender_name=government.current().name, reply_to=reply_to)
        named = Reference.parse(outgoing.reference) or Reference(outgoing.id, 1)
        envelope = envelope_sender(named, bounces_to) if bounces_to else sender
        try:
            with SmtpServer.parse(settings.BALAI.smtp_url).connect() as session:
                session.send_message(message, from_addr=envelope)
        except (OSError, smtplib.SMTPException, SmtpUrlRefused) as error:
            raise failure(error) from None
        return ""


def compose(outgoing: Outgoing, *, sender: str, sender_name: str, reply_to: str = "") -> EmailMessage:
    """The message as mail programs want it.

    Message-ID comes from our own id: should a retry hand it over twice, mailboxes show it once.
    Auto-Submitted (RFC 3834) keeps holiday answers away.
    """
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = MailAddress(display_name=sender_name, addr_spec=sender)
    message["To"] = MailAddress(display_name=outgoing.recipient_name, addr_spec=outgoing.address)
    message["Subject"] = outgoing.subject
    message["Date"] = format_datetime(outgoing.created_at)
    message["Message-ID"] = f"<{outgoing.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-replied" if outgoing.thread else "auto-generated"
    if outgoing.thread:
        message["In-Reply-To"] = outgoing.thread[-1]
        message["References"] = " ".join(outgoing.thread)
    if reply_to:
        message["Reply-To"] = reply_to
    message.set_content(outgoing.text)
    return message


def failure(error: Exception) -> DeliveryFailed:
    """What an error of the session means for the message; the text of the server is dropped.

    Only a refusal of the recipient or of the content by a 5xx answer is final. A refused login or
    sender is our own mistake in settings and is tried again until somebody mends it.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answer, words = min(error.recipients.values(), default=(0, b""))
        return _by_answer("smtp.recipient", answer, is_doubtful=is_dead(answer, words))
    if isinstance(error, smtplib.SMTPDataError):
        return _by_answer("smtp.content", error.smtp_code)
    if isinstance(error, smtplib.SMTPResponseException):
        return TemporaryFailure(f"smtp.session_{error.smtp_code}")
    if isinstance(error, SmtpUrlRefused):
        return TemporaryFailure("smtp.url")
    return TemporaryFailure("smtp.unreachable")


def is_dead(answer: int, words: bytes | str) -> bool:
    """Whether a refusal of the recipient is about the address: by its enhanced status, else by its code."""
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    enhanced = _ENHANCED.search(text)
    return bool(_DEAD_STATUS.fullmatch(enhanced[0])) if enhanced else answer in _DEAD_ANSWERS


def is_dead_status(status: str) -> bool:
    """Whether an enhanced status of a delivery report is about the address."""
    return bool(_DEAD_STATUS.fullmatch(status))


def _by_answer(code: str, answer: int, *, is_doubtful: bool = False) -> DeliveryFailed:
    if answer >= PERMANENT_FROM:
        return PermanentFailure(f"{code}_{answer}", is_doubtful=is_doubtful)
    return TemporaryFailure(f"{code}_{answer}")

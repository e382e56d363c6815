"""E-mail over SMTP."""

from __future__ import annotations

import smtplib
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime

from django.conf import settings

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

PERMANENT_FROM = 500


@register("email")
class EmailChannel(Channel):
    """Plain text through the town's mail server; one session for each message."""

    kinds = ("email",)

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

    def deliver(self, outgoing: Outgoing) -> None:
        """Hand over to the server; what it says decides whether another try makes sense."""
        message = compose(outgoing, sender=settings.BALAI.mail_from, sender_name=government.current().name)
        try:
            with SmtpServer.parse(settings.BALAI.smtp_url).connect() as session:
                session.send_message(message)
        except (OSError, smtplib.SMTPException, SmtpUrlRefused) as error:
            raise failure(error) from None


def compose(outgoing: Outgoing, *, sender: str, sender_name: str) -> EmailMessage:
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
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(outgoing.text)
    return message


def failure(error: Exception) -> DeliveryFailed:
    """What an error of the session means for the message; the text of the server is dropped.

    Only a refusal of the recipient or of the content by a 5xx answer is final. A refused login or
    sender is our own mistake in settings and is tried again until somebody mends it.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [code for code, _text in error.recipients.values()]
        return _by_answer("smtp.recipient", min(answers, default=0))
    if isinstance(error, smtplib.SMTPDataError):
        return _by_answer("smtp.content", error.smtp_code)
    if isinstance(error, smtplib.SMTPResponseException):
        return TemporaryFailure(f"smtp.session_{error.smtp_code}")
    if isinstance(error, SmtpUrlRefused):
        return TemporaryFailure("smtp.url")
    return TemporaryFailure("smtp.unreachable")


def _by_answer(code: str, answer: int) -> DeliveryFailed:
    kind = PermanentFailure if answer >= PERMANENT_FROM else TemporaryFailure
    return kind(f"{code}_{answer}")

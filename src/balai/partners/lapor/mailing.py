"""A hand-over as e-mail to the region's coordinating admin, over the town's own mail server.

Its Message-ID comes from the hand-over: should a kill between the server's yes and our note send it twice,
mailboxes show it once, and its subject holds the same reference. Nothing of the report is in the subject.
"""

from __future__ import annotations

import smtplib
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime

from django.conf import settings
from django.utils.translation import gettext as _

from balai import government
from balai.notify.channels import TemporaryFailure
from balai.notify.channels.email import failure
from balai.notify.channels.smtp_server import SmtpServer, SmtpUrlRefused
from balai.partners.lapor.contract import Evidence, papers
from balai.partners.lapor.models import HandOver
from balai.runtime import clock

# Many mail servers take ten megabytes; base64 adds a third.
LARGEST_EVIDENCE = 7_000_000


class TooLargeForMail(Exception):
    """The evidence does not fit into a mail: an officer carries it."""


def send(row: HandOver) -> None:
    """Hand one hand-over to the mail server; raises DeliveryFailed, TooLargeForMail. No transaction here."""
    _give(compose(row))


def send_withdrawal(row: HandOver) -> None:
    """Tell that it is taken back; raises DeliveryFailed."""
    _give(compose_withdrawal(row))


def compose(row: HandOver) -> EmailMessage:
    """The three forms, the plain one as the text, and the evidence; raises TooLargeForMail."""
    evidence = Evidence.of(row.content)
    if evidence.size > LARGEST_EVIDENCE:
        raise TooLargeForMail(row.reference)
    message = _headed(row, _("Penyerahan laporan %(reference)s"))
    message["Message-ID"] = message_id(row)
    forms = papers(row, evidence)
    message.set_content(forms[-1].content.decode())
    for paper in [*forms[:-1], *evidence.papers()]:
        kind, _slash, subtype = paper.media_type.partition("/")
        name = f"{row.reference}-{paper.name.rpartition('/')[2]}"
        message.add_attachment(paper.content, maintype=kind, subtype=subtype, filename=name)
    return message


def compose_withdrawal(row: HandOver) -> EmailMessage:
    """A few words, in the thread of the hand-over."""
    message = _headed(row, _("Penarikan laporan %(reference)s"))
    message["Message-ID"] = message_id(row, "tarik")
    message["In-Reply-To"] = message["References"] = message_id(row)
    text = _(
        "%(government)s menarik laporan dengan nomor rujukan %(reference)s. Mohon tidak dimasukkan, atau "
        "ditutup bila sudah dimasukkan."
    )
    message.set_content(text % {"government": government.current().name, "reference": row.reference})
    return message


def message_id(row: HandOver, what: str = "serah") -> str:
    """The same over all attempts."""
    return f"<lapor.{what}.{row.pk}@{settings.BALAI.mail_from.rpartition('@')[2]}>"


def _headed(row: HandOver, subject: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP_POLICY)
    name = government.current().name
    message["From"] = MailAddress(display_name=name, addr_spec=settings.BALAI.mail_from)
    message["To"] = MailAddress(addr_spec=settings.BALAI.lapor_mail_to)
    message["Subject"] = f"[{row.reference}] " + subject % {"reference": row.our_reference}
    message["Date"] = format_datetime(clock.now())
    return message


def _give(message: EmailMessage) -> None:
    chosen = settings.BALAI
    if not chosen.smtp_url or not chosen.lapor_mail_to:
        raise TemporaryFailure("lapor.not_set")
    try:
        with SmtpServer.parse(chosen.smtp_url).connect() as session:
            session.send_message(message, from_addr=chosen.mail_from)
    except (OSError, smtplib.SMTPException, SmtpUrlRefused) as error:
        raise failure(error) from None

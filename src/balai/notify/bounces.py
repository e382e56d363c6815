"""E-mail that came back: which message, and whether its address is dead.

Which hand-over is told by the envelope sender that we gave it (`channels/verp.py`), to which every mail
server sends its report; what happened by the report itself (RFC 3464). A report without our token is
nobody's, and one without a final failure (a delay, an automatic answer) means nothing.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from email.message import EmailMessage, Message

from django.conf import settings

from balai.notify import actions
from balai.notify.channels.email import is_dead_status
from balai.notify.channels.verp import reference_of
from balai.notify.mail_parsing import parse
from balai.notify.mailbox import MailboxAway, mailbox_at
from balai.notify.references import Reference

_log = logging.getLogger(__name__)
_STATUS = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")
_ARRIVED_AT = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")


@dataclass(frozen=True)
class Bounce:
    """A hand-over that came back for good; `status` is the enhanced status (RFC 3463) of the report."""

    reference: Reference
    status: str

    @property
    def fault(self) -> str:
        """The fault's code: "smtp.bounced_5.1.1"."""
        return f"smtp.bounced_{self.status}"


def read_bounce(raw: bytes) -> Bounce | None:
    """What a letter in the mailbox of bounces says, None when it is no final failure of a message of ours.

    Never raises, whatever the letter holds.
    """
    try:
        letter = parse(raw)
        reference = _reference(letter)
        status = _final_status(letter) if reference is not None else None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # the parser of the standard library knows letters that it cannot parse
    return Bounce(reference, status) if reference is not None and status else None


def take(raw: bytes) -> bool:
    """Apply one letter; False when it was not understood and should stay for a person."""
    bounce = read_bounce(raw)
    if bounce is None:
        return False
    actions.note_returned(
        reference=bounce.reference, fault=bounce.fault, is_doubtful=is_dead_status(bounce.status)
    )
    return True


def read_mailbox() -> int:
    """Read the mailbox of the settings; how many letters were understood, 0 without one."""
    url = settings.BALAI.bounce_mailbox.get_secret_value()
    if not url:
        return 0
    try:
        return mailbox_at(url).read(take)
    except MailboxAway as away:
        _log.error("the mailbox of bounces cannot be read: %s", away.code)
        return 0


def _reference(letter: EmailMessage) -> Reference | None:
    """By any header that names the address at which the report arrived."""
    for name in _ARRIVED_AT:
        for value in letter.get_all(name, []):
            if (found := reference_of(str(value))) is not None:
                return found
    return None


def _final_status(letter: EmailMessage) -> str | None:
    """The status of the first recipient that the report gives up, None when it gives up nobody."""
    for part in letter.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in _groups(part):
            if str(fields.get("Action", "")).strip().lower() == "failed":
                found = _STATUS.search(str(fields.get("Status", "")))
                return found[0] if found else "5.0.0"
    return None


def _groups(part: Message) -> list[Message]:
    """The groups of fields of a delivery report, one for the message and one for each recipient."""
    payload = part.get_payload()
    return [group for group in payload if isinstance(group, Message)] if isinstance(payload, list) else []

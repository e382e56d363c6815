"""An e-mail that somebody wrote to the town, read with the standard library; none that a machine wrote."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email.message import EmailMessage

from balai.kernel.email import parse_email
from balai.kernel.errors import ValueRefused
from balai.notify import letter_text
from balai.notify.mail_parsing import parse

MOST_FILES = 10
LONGEST_SUBJECT = 200
SIGNATURE_BYTES = 10_000
_ID = re.compile(r"<[!-;=?-~]{1,250}>")  # what is no visible ASCII is no id
_MOST_REFERENCES = 20
_BULK = frozenset({"bulk", "list", "junk", "auto_reply"})
_MACHINES = re.compile(r"(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:[+.-].*)?@.*")
_OF_LISTS = ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Loop")


@dataclass(frozen=True)
class Enclosed:
    """A file in a letter."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """Who wrote what; `message_id` is the letter's own, `thread` those before it, the oldest first."""

    message_id: str
    sender: str
    subject: str
    text: str
    thread: tuple[str, ...]
    files: tuple[Enclosed, ...]
    left_out: int

    @property
    def remote_id(self) -> str:
        """What makes a letter that is read twice one letter; another sender cannot take its place."""
        return f"{self.message_id}|{self.sender}"


def read_letter(raw: bytes) -> Letter | None:
    """The letter, or None for what a machine wrote or nobody can read. Never raises."""
    try:
        letter = parse(raw)
        if is_from_a_machine(letter):
            return None
        return _letter(letter, raw)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, ValueRefused):
        return None  # the parser of the standard library knows letters that it cannot parse


def is_from_a_machine(letter: EmailMessage) -> bool:
    """Holiday answers (RFC 3834), mailing lists, reports, and senders to whom nothing can be answered."""
    said = str(letter.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    return (
        said not in {"", "no"}
        or str(letter.get("Precedence", "")).strip().lower() in _BULK
        or any(letter.get(name) is not None for name in _OF_LISTS)
        or str(letter.get("Return-Path", "<x>")).strip() == "<>"
        or letter.get_content_type() == "multipart/report"
        or str(letter.get("X-Spam-Flag", "")).strip().upper() == "YES"
        or _MACHINES.fullmatch(_sender(letter)) is not None
    )


def _sender(letter: EmailMessage) -> str:
    """The one address of From; raises ValueRefused or ValueError."""
    addresses = letter["From"].addresses
    if len(addresses) != 1:
        raise ValueError("a letter has one sender")
    return parse_email(addresses[0].addr_spec)


def _letter(letter: EmailMessage, raw: bytes) -> Letter:
    ids = _ID.findall(str(letter.get("Message-ID", "")))
    files = [part for part in letter.walk() if _is_file(part)]
    return Letter(
        message_id=ids[0] if ids else f"<{hashlib.sha256(raw).hexdigest()}@no-id>",
        sender=_sender(letter),
        subject=letter_text.fit(str(letter.get("Subject", "")), multiline=False)[:LONGEST_SUBJECT],
        text=_text(letter),
        thread=_thread(letter),
        files=tuple(_enclosed(part) for part in files[:MOST_FILES]),
        left_out=max(0, len(files) - MOST_FILES),
    )


def _thread(letter: EmailMessage) -> tuple[str, ...]:
    found = [
        each for name in ("References", "In-Reply-To") for each in _ID.findall(str(letter.get(name, "")))
    ]
    return tuple(dict.fromkeys(found))[-_MOST_REFERENCES:]


def _text(letter: EmailMessage) -> str:
    """Plain text where there is any, else the words of the HTML."""
    body = letter.get_body(("plain", "html"))
    if body is None:
        return ""
    content = str(body.get_content())
    plain = letter_text.of_html(content) if body.get_content_type() == "text/html" else content
    return letter_text.fit(letter_text.without_history(plain))


def _is_file(part: EmailMessage) -> bool:
    """What was attached, and photos that a phone put into the text; no little pictures of signatures."""
    if part.is_multipart():
        return False
    if part.is_attachment():
        return True
    content = part.get_payload(decode=True) if part.get_content_maintype() == "image" else b""
    return isinstance(content, bytes) and len(content) > SIGNATURE_BYTES


def _enclosed(part: EmailMessage) -> Enclosed:
    content = part.get_payload(decode=True)
    name = letter_text.fit(part.get_filename() or "", multiline=False)[:120]
    media_type = letter_text.fit(part.get_content_type(), multiline=False)[:100]
    return Enclosed(name, media_type, content if isinstance(content, bytes) else b"")

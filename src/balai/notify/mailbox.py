"""Reading a mailbox: IMAP (RFC 3501) or a maildir, one letter after another.

A letter that was understood goes; what was not stays for a person, marked as read. Python's own imaplib
and mailbox do both; see docs/dependencies.md for what else was considered.
"""

from __future__ import annotations

import imaplib
import mailbox
import ssl
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from balai.notify.channels.urls_allowed import is_loopback

TIMEOUT_SECONDS = 20
MOST_LETTERS = 200
LARGEST_LETTER = 200_000

# Takes the raw letter; True when it was understood.
Reader = Callable[[bytes], bool]


class MailboxAway(Exception):
    """The mailbox cannot be read now; `code` is a word without its address or password."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Mailbox(ABC):
    """A place where letters lie."""

    @abstractmethod
    def read(self, reader: Reader) -> int:
        """Hand at most 200 unread letters to `reader`; how many were understood. Raises MailboxAway."""


class ImapMailbox(Mailbox):
    """A folder on an IMAP server; `imaps://`, or `imap://` with STARTTLS beyond this machine."""

    def __init__(self, url: str, *, largest: int = LARGEST_LETTER) -> None:
        self.largest = largest
        parts = urlsplit(url)
        self.host, self.is_tls = parts.hostname or "", parts.scheme == "imaps"
        self.port = parts.port or (993 if self.is_tls else 143)
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.folder = unquote(parts.path.strip("/")) or "INBOX"

    def read(self, reader: Reader) -> int:
        """By UID, newest last; nothing is marked before it was read."""
        try:
            with self._connected() as session:
                self._sign_in(session)
                return self._read(session, reader)
        except (imaplib.IMAP4.error, ssl.SSLError):
            raise MailboxAway("mailbox.refused") from None
        except OSError:
            raise MailboxAway("mailbox.unreachable") from None

    def _connected(self) -> imaplib.IMAP4:
        if self.is_tls:
            return imaplib.IMAP4_SSL(
                self.host, self.port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT_SECONDS
            )
        return imaplib.IMAP4(self.host, self.port, timeout=TIMEOUT_SECONDS)

    def _sign_in(self, session: imaplib.IMAP4) -> None:
        """Protected before the password goes over, wherever others could listen."""
        if not self.is_tls and not is_loopback(self.host):
            session.starttls(ssl.create_default_context())
        session.login(self.user, self.password)

    def _read(self, session: imaplib.IMAP4, reader: Reader) -> int:
        session.select(f'"{self.folder}"')
        _answer, found = session.uid("SEARCH", "UNSEEN")
        understood = 0
        for uid in (found[0] or b"").decode().split()[:MOST_LETTERS]:
            is_understood = reader(self._letter(session, uid))
            understood += is_understood
            session.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)" if is_understood else r"(\Seen)")
        if understood:
            session.expunge()
        return understood

    def _letter(self, session: imaplib.IMAP4, uid: str) -> bytes:
        """The first part of the letter: a report stands before the copy of what came back."""
        _answer, parts = session.uid("FETCH", uid, f"(BODY.PEEK[]<0.{self.largest}>)")
        return next((part[1] for part in parts if isinstance(part, tuple)), b"")


class MaildirMailbox(Mailbox):
    """A maildir on this machine, as a local mail server fills it."""

    def __init__(self, url: str, *, largest: int = LARGEST_LETTER) -> None:
        self.largest = largest
        self.folder = Path(unquote(urlsplit(url).path))

    def read(self, reader: Reader) -> int:
        """New letters, in the order of their names."""
        if not self.folder.is_dir():
            raise MailboxAway("mailbox.no_folder")
        box = mailbox.Maildir(self.folder, create=False)
        understood = 0
        unread = [key for key in sorted(box.keys()) if "S" not in box.get_message(key).get_flags()]
        for key in unread[:MOST_LETTERS]:
            is_understood = reader(box.get_bytes(key)[: self.largest])
            understood += is_understood
            if is_understood:
                box.remove(key)
            else:
                self._mark(box, key)
        return understood

    def _mark(self, box: mailbox.Maildir, key: str) -> None:
        letter = box.get_message(key)
        letter.set_subdir("cur")
        letter.add_flag("S")
        box[key] = letter


def mailbox_at(url: str, *, largest: int = LARGEST_LETTER) -> Mailbox:
    """The mailbox that a setting names; of each letter at most so many bytes are read."""
    kind = MaildirMailbox if url.startswith("maildir:") else ImapMailbox
    return kind(url, largest=largest)

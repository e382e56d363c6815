"""Reading a mailbox: IMAP (RFC 3501) or a maildir, one letter after another.

A letter that was understood goes; what was not stays for a person, marked as read. Python's own imaplib does
the one, a maildir is folders of files; see docs/dependencies.md for what else was considered.
"""

from __future__ import annotations

import imaplib
import logging
import ssl
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from itertools import islice
from operator import attrgetter
from pathlib import Path
from urllib.parse import unquote, urlsplit

from balai.notify.channels.urls_allowed import is_loopback

_log = logging.getLogger(__name__)
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


class SomeUnread(Exception):
    """Some letters could not be taken in; they are tried again at the next look, and the others were read."""


class _Reading:
    """One look into a mailbox: a letter that makes the reader fall holds up no other."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.understood, self.failed = reader, 0, 0

    def of(self, raw: bytes) -> bool | None:
        """Whether the letter was understood; None when it has to be tried again."""
        try:
            is_understood = self.reader(raw)
        except Exception:
            _log.exception("a letter could not be taken in; it stays as it is")
            self.failed += 1
            return None
        self.understood += is_understood
        return is_understood

    def end(self) -> int:
        """How many letters were understood; raises SomeUnread."""
        if self.failed:
            raise SomeUnread(f"{self.failed} letters could not be taken in")
        return self.understood


class Mailbox(ABC):
    """A place where letters lie."""

    @abstractmethod
    def read(self, reader: Reader) -> int:
        """Hand at most 200 unread letters to `reader`; how many were understood.

        Raises MailboxAway, SomeUnread.
        """


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
        reading = _Reading(reader)
        for uid in (found[0] or b"").decode().split()[:MOST_LETTERS]:
            is_understood = reading.of(self._letter(session, uid))
            if is_understood is not None:
                session.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)" if is_understood else r"(\Seen)")
        if reading.understood:
            session.expunge()
        return reading.end()

    def _letter(self, session: imaplib.IMAP4, uid: str) -> bytes:
        """The first part of the letter: a report stands before the copy of what came back."""
        _answer, parts = session.uid("FETCH", uid, f"(BODY.PEEK[]<0.{self.largest}>)")
        return next((part[1] for part in parts if isinstance(part, tuple)), b"")


class MaildirMailbox(Mailbox):
    """A maildir on this machine, as a local mail server fills it.

    Flags stand in the names of the files: letters that stay are never opened again, however many there are.
    """

    def __init__(self, url: str, *, largest: int = LARGEST_LETTER) -> None:
        self.largest = largest
        self.folder = Path(unquote(urlsplit(url).path))

    def read(self, reader: Reader) -> int:
        """New letters, in the order of their names."""
        if not self.folder.is_dir():
            raise MailboxAway("mailbox.no_folder")
        reading = _Reading(reader)
        for path in islice(self._unread(), MOST_LETTERS):
            with path.open("rb") as letter:
                is_understood = reading.of(letter.read(self.largest))
            if is_understood:
                path.unlink()
            elif is_understood is not None:
                self._mark(path)
        return reading.end()

    def _unread(self) -> Iterator[Path]:
        found = [path for name in ("new", "cur") for path in (self.folder / name).glob("[!.]*")]
        return (path for path in sorted(found, key=attrgetter("name")) if "S" not in _flags(path))

    def _mark(self, path: Path) -> None:
        name = path.name.partition(":")[0]
        path.rename(self.folder / "cur" / f"{name}:2,{''.join(sorted({*_flags(path), 'S'}))}")


def _flags(path: Path) -> str:
    """The flags of a letter in a maildir: "unique:2,FS" has two."""
    return path.name.partition(":2,")[2]


def mailbox_at(url: str, *, largest: int = LARGEST_LETTER) -> Mailbox:
    """The mailbox that a setting names; of each letter at most so many bytes are read."""
    kind = MaildirMailbox if url.startswith("maildir:") else ImapMailbox
    return kind(url, largest=largest)

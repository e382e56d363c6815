"""A small IMAP4rev1 server on this machine: as much of RFC 3501 as a reader of one folder needs."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')


@dataclass
class Letter:
    """A letter and its flags."""

    raw: bytes
    flags: set[str] = field(default_factory=set)


class ImapServer(socketserver.ThreadingTCPServer):
    """One user, one folder INBOX; letters by UID."""

    allow_reuse_address = True
    daemon_threads = True

    user, password = "bounce", "rahasia"

    def __init__(self, letters: list[bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters = {uid: Letter(raw) for uid, raw in enumerate(letters, start=11)}

    @property
    def url(self) -> str:
        """As BALAI_BOUNCE_MAILBOX names it."""
        return f"imap://{self.user}:{self.password}@127.0.0.1:{self.server_address[1]}/INBOX"


class _Session(socketserver.StreamRequestHandler):
    server: ImapServer

    def handle(self) -> None:
        self._say("* OK [CAPABILITY IMAP4rev1] ready")
        while line := self.rfile.readline().decode().strip():
            tag, _space, rest = line.partition(" ")
            words = [quoted or plain for quoted, plain in _WORD.findall(rest)]
            command = words[0].upper()
            if command == "UID":
                command, words = f"UID_{words[1].upper()}", words[1:]
            said = getattr(self, f"do_{command}", self._unknown)(words[1:], rest)
            self._say(f"{tag} {said or 'OK done'}")
            if command == "LOGOUT":
                return

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _unknown(self, words: list[str], rest: str) -> str:
        return "BAD unknown command"

    def do_CAPABILITY(self, words: list[str], rest: str) -> None:  # noqa: N802 - named by the protocol
        self._say("* CAPABILITY IMAP4rev1")

    def do_LOGIN(self, words: list[str], rest: str) -> str:  # noqa: N802 - named by the protocol
        return "OK in" if words == [self.server.user, self.server.password] else "NO wrong password"

    def do_SELECT(self, words: list[str], rest: str) -> str:  # noqa: N802 - named by the protocol
        self._say(f"* {len(self.server.letters)} EXISTS")
        return "OK [READ-WRITE] selected" if words == ["INBOX"] else "NO no such folder"

    def do_UID_SEARCH(self, words: list[str], rest: str) -> None:  # noqa: N802 - named by the protocol
        unseen = [str(uid) for uid, each in self.server.letters.items() if not each.flags & {"\\Seen"}]
        self._say(" ".join(["* SEARCH", *unseen]))

    def do_UID_FETCH(self, words: list[str], rest: str) -> None:  # noqa: N802 - named by the protocol
        uid, most = int(words[0]), re.search(r"<0\.(\d+)>", rest)
        raw = self.server.letters[uid].raw[: int(most[1]) if most else None]
        self.wfile.write(f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")

    def do_UID_STORE(self, words: list[str], rest: str) -> None:  # noqa: N802 - named by the protocol
        self.server.letters[int(words[0])].flags |= set(words[2].strip("()").split())

    def do_EXPUNGE(self, words: list[str], rest: str) -> None:  # noqa: N802 - named by the protocol
        for uid in [uid for uid, each in self.server.letters.items() if "\\Deleted" in each.flags]:
            del self.server.letters[uid]

    def do_LOGOUT(self, words: list[str], rest: str) -> None:  # noqa: N802 - named by the protocol
        self._say("* BYE")


@contextmanager
def imap_server(letters: list[bytes]) -> Iterator[ImapServer]:
    """Serve these letters in a thread."""
    with ImapServer(letters) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(timeout=5)

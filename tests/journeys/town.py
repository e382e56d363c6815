"""A whole town under test: `./balai start` on a fresh folder, web server and worker and all."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from html import unescape
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg

from tests.journeys.waiting import wait_until

PROJECT = Path(__file__).resolve().parents[2]
START_SECONDS = 120
STOP_SECONDS = 30


class Town:
    """A running town: where it answers, what it has said, and what it keeps."""

    def __init__(self, folder: Path, *, database_url: str = "", settings: Mapping[str, str] | None = None):
        self.data = folder / "data"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database_url = database_url
        chosen = {"BALAI_DATA_DIR": str(self.data), "BALAI_DATABASE_URL": database_url, **(settings or {})}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("BALAI_")}
        self.environment = {**inherited, **{name: value for name, value in chosen.items() if value}}
        self.error_log = folder / "stderr.log"
        self.said: list[str] = []
        self._is_open = Event()
        self._read_codes: set[str] = set()

    @contextmanager
    def running(self) -> Iterator[Town]:
        """Start, wait until it says that it is open, and stop it as Ctrl-C would."""
        with self.error_log.open("w") as errors:
            process = subprocess.Popen(
                [PROJECT / "balai", "start", "--port", str(self.port)],
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
            )
        listener = Thread(target=self._listen, args=(process,), daemon=True)
        listener.start()
        try:
            is_open = self._is_open.wait(START_SECONDS)
            assert is_open and process.poll() is None, f"no town: {self.said} {self.error_log.read_text()}"
            yield self
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
            finally:
                listener.join(STOP_SECONDS)

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                self.said.append(line)
                if "Balai is open" in line:
                    self._is_open.set()
        self._is_open.set()  # it has ended, and nobody needs to wait on

    def manage(self, *arguments: str, given: str = "") -> str:
        """Run a documented command on this town; what it printed. It must succeed."""
        return self._command("manage", *arguments, given=given)

    def back_up(self, archive: Path) -> None:
        """Write the backup of this town, while it runs."""
        self._command("backup", str(archive))

    def _command(self, *arguments: str, given: str = "") -> str:
        done = subprocess.run(
            [PROJECT / "balai", *arguments],
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{arguments[:2]}: {done.stdout}{done.stderr}"
        return done.stdout

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement on the town's database from outside (`%s` stands for a parameter)."""
        if self.database_url:
            with psycopg.connect(self.database_url) as link:
                done = link.execute(query.encode(), parameters)
                return done.fetchall() if done.description else []
        path = self.data / "balai.sqlite3"
        with closing(sqlite3.connect(path, timeout=20)) as file, file:
            return file.execute(query.replace("%s", "?"), parameters).fetchall()

    def end_session(self, key: str) -> None:
        """What happens when it runs out: the browser keeps its cookie, the town has forgotten it."""
        self.rows("DELETE FROM django_session WHERE session_key = %s", [key])

    def code_sent_to(self, contact: str) -> str:
        """The newest code for this contact that was not read yet, from the demo town's page of messages."""
        wanted = subscriber(contact)

        def unread() -> str:
            for message in self.page_text("/demo/pesan/").split("Kepada")[1:]:
                address, _, rest = message.strip().partition("\n")
                code = re.search(r"\b(\d{6}) adalah kode", rest)
                if code and subscriber(address) == wanted and code[1] not in self._read_codes:
                    return code[1]
            return ""

        code = wait_until(unread, f"a code for {contact}")
        self._read_codes.add(code)
        return code

    def second_factor_of(self, login_name: str) -> str:
        """The authenticator code that the demo town's page of officers shows."""
        rows = self.page_text("/demo/petugas/").split(login_name)
        found = re.search(r"\b(\d{6})\b", rows[1])
        assert found, f"no code for {login_name}"
        return found[1]

    def page_text(self, path: str) -> str:
        """The words of a public page, a line for each element."""
        with urlopen(self.url + path, timeout=20) as answer:  # noqa: S310 - our own address
            html = answer.read().decode()
        return unescape(re.sub(r"(\s*<[^>]+>\s*)+", "\n", html.replace("<b>", "").replace("</b>", "")))


def subscriber(phone: str) -> str:
    """A phone number without the ways of writing it: +62 812…, 0812… and 812… are one."""
    return re.sub(r"^(62|0)", "", re.sub(r"\D", "", phone))


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def fresh_database(server_url: str, name: str) -> Iterator[str]:
    """A new, empty database on the server: its URL; dropped afterwards."""
    parts = urlsplit(server_url)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(parts._replace(path=f"/{name}"))
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

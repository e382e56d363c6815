"""Towns to measure: a data folder and a database to throw away, the product's own processes on them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from balai.bench import machine
from balai.bench.load import Plan, Result
from balai.runtime.settings import PROJECT
from postgres import running_server

OPEN_SECONDS = 300
CLOSE_SECONDS = 30
OPEN_WORDS = "Balai is open at"
Say = Callable[[str], None]


class TownFailed(Exception):
    """A town did not open, or a stage could not be set; the message holds what it said."""


@dataclass(frozen=True)
class Server:
    """Processes that answer on a port: `pid` is their first ancestor."""

    pid: int
    port: int
    opened_after: float
    database_pid: int = 0

    @property
    def host(self) -> str:
        """What a browser puts into Host."""
        return f"127.0.0.1:{self.port}"


@dataclass(frozen=True)
class Town:
    """A data folder and the database that belongs to it ("" is SQLite in the folder)."""

    data_dir: Path
    database_url: str = ""

    def environment(self) -> dict[str, str]:
        """The environment of its processes: no setting of the caller's shell reaches them."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BALAI_")}
        return kept | {
            "BALAI_MODE": "demo",
            "BALAI_DATA_DIR": str(self.data_dir),
            "BALAI_DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": os.pathsep.join([str(PROJECT / "src"), str(PROJECT / "tools")]),
            "PYTHONUNBUFFERED": "1",
        }

    def stage(self, name: str, *numbers: int, tells: bool = False) -> Any:
        """Set a stage (`manage.py bench_stage`) in this town; what it left as JSON. Raises TownFailed.

        `tells`: what it says of its progress is shown at once.
        """
        with tempfile.TemporaryDirectory(prefix="balai-stage-") as folder:
            out = Path(folder) / "out.json"
            manage = [sys.executable, str(PROJECT / "manage.py"), "bench_stage"]
            _run([*manage, name, str(out), *map(str, numbers)], self.environment(), tells=tells)
            return json.loads(out.read_text())

    @contextmanager
    def opened(self) -> Iterator[Server]:
        """`./balai start`, until the block ends."""
        port = free_port()
        command = ["-m", "config.start", "--port", str(port), "--data", str(self.data_dir)]
        with _serving(self, command, port) as server:
            yield server

    @contextmanager
    def opened_bare(self, rows: object, *, alone: bool) -> Iterator[Server]:
        """The bare endpoint that writes `rows` into this town's database, behind the same web server."""
        rows_path = self.data_dir / "bare-rows.json"
        rows_path.write_text(json.dumps(rows))
        port = free_port()
        command = [str(PROJECT / "tools" / "bare_server.py"), str(port), str(rows_path)]
        with _serving(self, [*command, *(["--alone"] if alone else [])], port) as server:
            yield server


@dataclass
class Places:
    """Makes towns on one kind of database, each on a folder and a database of its own."""

    vendor: str
    _folder: Path
    _server: str = ""
    _made: list[str] = field(default_factory=list)

    def town(self, name: str) -> Town:
        """An empty place."""
        if not self._server:
            return Town(self._folder / name)
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"bench_{name}")))
        parts = urlsplit(self._server)
        return Town(self._folder / name, urlunsplit(parts._replace(path=f"/bench_{name}")))


@contextmanager
def places(vendor: str) -> Iterator[Places]:
    """A temporary folder and, for "postgresql", a temporary server."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="balai-bench-")))
        server = stack.enter_context(running_server()) if vendor == "postgresql" else ""
        yield Places(vendor, folder, server)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass(frozen=True)
class Measured:
    """One run of the load generator, with the processor time that the server's processes took meanwhile."""

    result: Result
    web_seconds: float
    database_seconds: float

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.result.latencies) / self.result.seconds

    @property
    def web_ms(self) -> float:
        """Processor milliseconds of the web server's processes for each good answer."""
        return 1000 * self.web_seconds / max(1, len(self.result.latencies))

    @property
    def database_ms(self) -> float:
        """The same of PostgreSQL's processes; SQLite works inside the web server's."""
        return 1000 * self.database_seconds / max(1, len(self.result.latencies))


def measure(server: Server, plan: Plan) -> Measured:
    """Send a plan from a process of its own."""
    with tempfile.TemporaryDirectory(prefix="balai-load-") as folder:
        plan_path, result_path = Path(folder) / "plan.json", Path(folder) / "result.json"
        plan_path.write_text(json.dumps(asdict(plan)))
        families = [machine.family(pid) if pid else [] for pid in (server.pid, server.database_pid)]
        before = [machine.processor_seconds(pids) for pids in families]
        command = [sys.executable, "-m", "balai.bench.load", str(plan_path), str(result_path)]
        _run(command, {**os.environ, "PYTHONPATH": str(PROJECT / "src")})
        families[1] = machine.family(server.database_pid) if server.database_pid else []
        web, database = [
            machine.processor_seconds(pids) - start for pids, start in zip(families, before, strict=True)
        ]
        return Measured(Result(**json.loads(result_path.read_text())), web, database)


@contextmanager
def _serving(town: Town, command: list[str], port: int) -> Iterator[Server]:
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - our own entry points
        [sys.executable, *command],
        env=town.environment(),
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _wait_until_open(process)
        yield Server(process.pid, port, time.monotonic() - began, _database_pid(town.database_url))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _wait_until_open(process: subprocess.Popen[str]) -> None:
    """Read what the town says until it says that it is open; raise TownFailed when it ends before."""
    said: list[str] = []
    assert process.stdout is not None  # noqa: S101 - asked for with PIPE
    for line in process.stdout:
        said.append(line)
        if OPEN_WORDS in line:
            return
    raise TownFailed("".join(said))


def _database_pid(url: str) -> int:
    """The first process of the PostgreSQL server that a socket's folder belongs to; 0 for SQLite."""
    if not url:
        return 0
    socket_folder = Path(parse_qs(urlsplit(url).query)["host"][0])
    return int((socket_folder / "data" / "postmaster.pid").read_text().splitlines()[0])


def _run(command: list[str], environment: dict[str, str], *, tells: bool = False) -> None:
    done = subprocess.run(  # noqa: S603 - our own modules
        command,
        env=environment,
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=None if tells else subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise TownFailed(done.stdout + (done.stderr or ""))

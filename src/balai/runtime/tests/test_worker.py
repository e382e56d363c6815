"""Real workers in processes of their own, on a database of their own: a file, or one made on PostgreSQL."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

from balai.runtime.jobs.worker import EXIT_HUNG
from balai.runtime.settings import PROJECT

SCRIPT = Path(__file__).with_name("crash_town.py")
PATIENCE_SECONDS = 30


class Town:
    """Starts processes of `crash_town.py` on one database, and ends those that a test leaves behind."""

    def __init__(self, database: dict[str, Any], data_dir: Path) -> None:
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("BALAI_")},
            "TOWN": json.dumps({"database": database, "data_dir": str(data_dir)}),
            "PYTHONPATH": str(PROJECT / "src"),
        }
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *steps: str, hang: bool = False) -> subprocess.Popen[str]:
        process = subprocess.Popen(  # noqa: S603 (our own script)
            [sys.executable, str(SCRIPT), *steps],
            env={**self.environment, "HANG": "1" if hang else "0"},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def run(self, *steps: str) -> str:
        """Run steps to their end; returns the last line said."""
        process = self.start(*steps)
        said, _errors = process.communicate(timeout=PATIENCE_SECONDS)
        assert process.returncode == 0
        return said.splitlines()[-1] if said else ""

    def end(self) -> None:
        for process in self.started:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


def heard(process: subprocess.Popen[str], word: str) -> None:
    """Wait until the process says the word."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == word:
            return
    raise AssertionError(f"the process ended without saying {word!r}")


def _server_parameters() -> dict[str, Any]:
    known = ("host", "port", "user", "password")
    parameters = connections["default"].get_connection_params()
    return {name: value for name, value in parameters.items() if name in known}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    plain = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    database = {name: connection.settings_dict[name] for name in plain}
    database["NAME"] = str(tmp_path / "town.sqlite3")
    if connection.vendor == "postgresql":
        database["NAME"] = f"balai_crash_{os.getpid()}"
        _on_server(f"CREATE DATABASE {database['NAME']}")
    made = Town(database, tmp_path / "data")
    yield made
    made.end()
    if connection.vendor == "postgresql":
        _on_server(f"DROP DATABASE {database['NAME']} WITH (FORCE)")


def _on_server(statement: str) -> None:
    with psycopg.connect(dbname="postgres", autocommit=True, **_server_parameters()) as server:
        server.execute(statement)


@pytest.mark.parametrize("name", ["in_transaction", "before_effect", "after_effect"])
def test_job_of_a_killed_worker_runs_again_and_its_effect_happens_once(town: Town, name: str) -> None:
    victim = town.start("prepare", f"enqueue:crash.{name}:{name}", "work", hang=True)
    heard(victim, "in the middle")
    victim.kill()
    victim.wait()
    told = json.loads(town.run("drain", "report"))
    assert (told["effects"], told["waiting"]) == ([name], 0)


def test_worker_told_to_end_finishes_the_job_in_hand(town: Town) -> None:
    worker = town.start("prepare", "enqueue:crash.slow:one", "work")
    heard(worker, "in the middle")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=PATIENCE_SECONDS) == 0
    assert json.loads(town.run("report")) == {"effects": ["one"], "waiting": 0, "beats": 0}


def test_lease_of_a_long_job_is_prolonged(town: Town) -> None:
    worker = town.start("prepare", "enqueue:crash.long:one", "work")
    heard(worker, "in the middle")
    assert json.loads(town.run("drain", "report"))["effects"] == ["one"]


def test_worker_with_a_hanging_job_ends_so_that_another_can_go_on(town: Town) -> None:
    worker = town.start("prepare", "enqueue:crash.hang:one", "work")
    assert worker.wait(timeout=PATIENCE_SECONDS) == EXIT_HUNG
    assert json.loads(town.run("report"))["waiting"] == 1


def test_two_workers_share_the_jobs_and_run_each_once(town: Town) -> None:
    names = [f"n{number:03}" for number in range(60)]
    town.run("prepare", *[f"enqueue:crash.count:{name}" for name in names])
    workers = [town.start("drain"), town.start("drain")]
    assert [worker.wait(timeout=PATIENCE_SECONDS) for worker in workers] == [0, 0]
    assert json.loads(town.run("report"))["effects"] == names


def test_rate_limit_lets_through_exactly_its_number_across_processes(town: Town) -> None:
    town.run("prepare")
    callers = [town.start("limit:key:20") for _process in range(2)]
    passed = [int(caller.communicate(timeout=PATIENCE_SECONDS)[0]) for caller in callers]
    assert sum(passed) == 25

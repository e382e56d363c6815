"""Real workers in processes of their own, on a database of their own: a file, or one made on PostgreSQL.

They are forked from a process that has only imported what they need: a fresh interpreter for each would be
most of the time that these tests take.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

from balai.runtime.jobs.worker import EXIT_HUNG
from balai.runtime.tests import crash_town

PATIENCE_SECONDS = 30
_nursery = multiprocessing.get_context("forkserver")
# A child imports the program that runs the tests before anything else, so that belongs to it too.
_nursery.set_forkserver_preload(["pytest", "balai.runtime.tests.crash_town"])


class Worker:
    """One process of `crash_town.py`, and what it says."""

    def __init__(self, town: dict[str, Any], steps: tuple[str, ...], *, hangs: bool) -> None:
        self._ear, mouth = _nursery.Pipe(duplex=False)
        self.process: ForkServerProcess = _nursery.Process(
            target=crash_town.main, args=(town, steps, mouth), kwargs={"hangs": hangs}
        )
        self.process.start()
        mouth.close()

    def hear(self) -> Any:
        """The next word that it says; raises EOFError when it ends instead."""
        assert self._ear.poll(PATIENCE_SECONDS), "the process says nothing"
        return self._ear.recv()

    def hear_until(self, word: str) -> None:
        """Wait until it says this word."""
        while self.hear() != word:
            pass

    def wait(self) -> int | None:
        """Wait for its end; its exit code."""
        self.process.join(PATIENCE_SECONDS)
        return self.process.exitcode

    def end(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self._ear.close()


class Town:
    """Starts processes on one database, and ends those that a test leaves behind."""

    def __init__(self, place: dict[str, Any]) -> None:
        self.place = place
        self.started: list[Worker] = []

    def start(self, *steps: str, hangs: bool = False) -> Worker:
        """A process that does these steps."""
        self.started.append(Worker(self.place, steps, hangs=hangs))
        return self.started[-1]

    def run(self, *steps: str) -> None:
        """Do steps to their end."""
        assert self.start(*steps).wait() == 0

    def report(self, *steps: str) -> dict[str, Any]:
        """Do steps to their end; then what stands in the database."""
        worker = self.start(*steps, "report")
        told: dict[str, Any] = worker.hear()
        assert worker.wait() == 0
        return told

    def end(self) -> None:
        """End what a test left behind."""
        for worker in self.started:
            worker.end()
        self.started.clear()


def _server_parameters() -> dict[str, Any]:
    known = ("host", "port", "user", "password")
    parameters = connections["default"].get_connection_params()
    return {name: value for name, value in parameters.items() if name in known}


@pytest.fixture(scope="module")
def _nursery_runs() -> None:
    """Start the process that the others are forked from; it looks for modules where its environment says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        forkserver.ensure_running()


@pytest.fixture(scope="module")
def place(_nursery_runs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A database with its tables, and a data folder."""
    folder = tmp_path_factory.mktemp("crash")
    plain = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    database = {name: connection.settings_dict[name] for name in plain}
    database["NAME"] = str(folder / "town.sqlite3")
    if connection.vendor == "postgresql":
        database["NAME"] = f"balai_crash_{os.getpid()}"
        _on_server(f"CREATE DATABASE {database['NAME']}")
    made = {"database": database, "data_dir": str(folder / "data")}
    Town(made).run("prepare")
    yield made
    if connection.vendor == "postgresql":
        _on_server(f"DROP DATABASE {database['NAME']} WITH (FORCE)")


@pytest.fixture
def town(place: dict[str, Any]) -> Iterator[Town]:
    """The place, without jobs and effects."""
    made = Town(place)
    made.run("empty")
    yield made
    made.end()


def _on_server(statement: str) -> None:
    with psycopg.connect(dbname="postgres", autocommit=True, **_server_parameters()) as server:
        server.execute(statement)


@pytest.mark.parametrize("name", ["in_transaction", "before_effect", "after_effect"])
def test_job_of_a_killed_worker_runs_again_and_its_effect_happens_once(town: Town, name: str) -> None:
    victim = town.start(f"enqueue:crash.{name}:{name}", "work:0.2", hangs=True)
    victim.hear_until("in the middle")
    victim.process.kill()
    victim.wait()
    told = town.report("drain")
    assert (told["effects"], told["waiting"]) == ([name], 0)


def test_worker_told_to_end_finishes_the_job_in_hand(town: Town) -> None:
    worker = town.start("enqueue:crash.slow:one", "work")
    worker.hear_until("in the middle")
    worker.process.terminate()
    assert worker.wait() == 0
    assert town.report() == {"effects": ["one"], "waiting": 0, "beats": 0}


def test_lease_of_a_long_job_is_prolonged(town: Town) -> None:
    worker = town.start("enqueue:crash.long:one", "work")
    worker.hear_until("in the middle")
    assert town.report("drain")["effects"] == ["one"]


def test_worker_with_a_hanging_job_ends_so_that_another_can_go_on(town: Town) -> None:
    assert town.start("enqueue:crash.hang:one", "work:0.3").wait() == EXIT_HUNG
    assert town.report()["waiting"] == 1


def test_two_workers_share_the_jobs_and_run_each_once(town: Town) -> None:
    names = [f"n{number:03}" for number in range(60)]
    town.run(*[f"enqueue:crash.count:{name}" for name in names])
    workers = [town.start("drain"), town.start("drain")]
    assert [worker.wait() for worker in workers] == [0, 0]
    assert town.report()["effects"] == names


def test_rate_limit_lets_through_exactly_its_number_across_processes(town: Town) -> None:
    callers = [town.start("limit:key:20") for _process in range(2)]
    assert sum(caller.hear() for caller in callers) == 25

"""Several processes on one database at the same moment, for tests of what must happen once.

Forked, so that they start in milliseconds. On PostgreSQL they share the test database; a SQLite test
database lives in the memory of one process, so the racers get a copy of it in a file, and the test reads
the outcome there too (`outcome`).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections

from balai.runtime.settings import PROJECT

_fork = multiprocessing.get_context("fork")


class Arena:
    """One database that many processes open."""

    def __init__(self, folder: Path) -> None:
        own = connections["default"]
        self.name = own.settings_dict["NAME"]
        if own.vendor == "sqlite":
            self.name = str(folder / "arena.sqlite3")
            own.ensure_connection()
            target = sqlite3.connect(self.name)
            own.connection.backup(target)
            target.close()
        own.close()

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Let this process speak to the arena instead of its own database."""
        own = connections["default"]
        before = own.settings_dict["NAME"]
        arena = own.copy()
        arena.settings_dict = {**own.settings_dict, "NAME": self.name}
        connections["default"] = arena
        try:
            yield
        finally:
            arena.close()
            connections["default"] = own
            assert own.settings_dict["NAME"] == before

    def race(self, *runners: Callable[[], Any]) -> list[Any]:
        """Run all at once, each in a process of its own; returns what each returned or the error's name."""
        ready, results = _fork.Barrier(len(runners)), _fork.SimpleQueue()
        racers = [
            _fork.Process(target=self._run, args=(at, runner, ready, results))
            for at, runner in enumerate(runners)
        ]
        for racer in racers:
            racer.start()
        found = dict(results.get() for _racer in racers)
        for racer in racers:
            racer.join(20)
        return [found[at] for at in range(len(runners))]

    def _run(self, at: int, runner: Callable[[], Any], ready: Any, results: Any) -> None:
        with self.entered():
            connections["default"].ensure_connection()
            ready.wait(20)
            try:
                outcome = runner()
            except Exception as error:
                outcome = f"{type(error).__name__}: {error}"
            results.put((at, outcome))
        os._exit(0)

    @property
    def url(self) -> str:
        """The arena as BALAI_DATABASE_URL names it."""
        if connections["default"].vendor == "sqlite":
            return f"sqlite:///{self.name}"
        return urlsplit(os.environ["BALAI_DATABASE_URL"])._replace(path=f"/{self.name}").geturl()

    def started(self, program: str, *arguments: str) -> subprocess.Popen[str]:
        """A process with a fresh interpreter that has printed "ready" and now runs `program`.

        For code that must not be forked after it has run once, such as libraries with threads of their own.
        """
        source = f"import sys, django; django.setup(); print('ready', flush=True)\n{program}"
        paths = [str(PROJECT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
        racer = subprocess.Popen(  # noqa: S603 (our own interpreter and text)
            [sys.executable, "-c", source, *arguments],
            env={
                **os.environ,
                "BALAI_MODE": settings.BALAI.mode,
                "BALAI_DATA_DIR": str(settings.BALAI.data_dir),
                "BALAI_DATABASE_URL": self.url,
                "PYTHONPATH": os.pathsep.join(paths),
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
        return racer

    def kill_after(self, seconds: float, program: str, *arguments: str) -> bool:
        """Run `program` and send SIGKILL after so long; True when it was still at work."""
        with self.started(program, *arguments) as victim:
            try:
                victim.wait(seconds)
            except subprocess.TimeoutExpired:
                victim.send_signal(signal.SIGKILL)
                return True
        return False

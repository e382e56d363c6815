"""Keeps a town's processes alive and ends them together."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from config.processes import STOP_SIGNALS, start_child
from config.refusals import Refused

GRACE_SECONDS = 20.0
SETTLED_SECONDS = 10.0
MOST_QUICK_DEATHS = 5
WATCHED = {*STOP_SIGNALS, signal.SIGCHLD}


@dataclass
class Child:
    """One process that must be running: what it is called, what it does, when it may be started next."""

    name: str
    work: Callable[[], object]
    pid: int | None = None
    started: float = 0.0
    start_at: float = 0.0
    quick_deaths: int = 0


@dataclass
class Supervisor:
    """Starts children, starts again what dies, and leaves nobody behind.

    A child that dies within ten seconds is started again after 1, 2, 4 … seconds (of `pause_seconds`);
    after five such deaths in a row the whole town stops, since a town that serves pages and never does its
    work is worse. One that was killed (by an operator, by the kernel for want of memory) has not failed: it
    is started again at once, however often, and only waits when it was killed within a second.
    """

    say: Callable[[str], None]
    pause_seconds: float = 1.0
    children: list[Child] = field(default_factory=list)

    def add(self, name: str, work: Callable[[], object]) -> None:
        """Name a process that `run` keeps alive."""
        self.children.append(Child(name, work))

    def run(self, when_started: Callable[[], object]) -> None:
        """Run until a stop signal arrives; raise Refused when a child can not be kept alive."""
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        try:
            self._start_due()
            when_started()
            while not self._stop_was_asked():
                self._reap()
                self._start_due()
        finally:
            self._stop()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)

    def _stop_was_asked(self) -> bool:
        arrived = signal.sigtimedwait(WATCHED, self.pause_seconds)
        return arrived is not None and arrived.si_signo in STOP_SIGNALS

    def _start_due(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.pid is None and child.start_at <= now:
                child.pid, child.started = start_child(child.work, name=child.name), now

    def _reap(self) -> None:
        for child in self.children:
            if child.pid is None:
                continue
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if pid:
                _end_leftovers(pid)
                child.pid = None
                self._plan_restart(child, os.waitstatus_to_exitcode(status))

    def _plan_restart(self, child: Child, exit_code: int) -> None:
        now = time.monotonic()
        lived = now - child.started
        if exit_code == -signal.SIGKILL:
            pauses = 0 if lived >= self.pause_seconds else 1
        else:
            child.quick_deaths = child.quick_deaths + 1 if lived < SETTLED_SECONDS else 0
            pauses = 2 ** (child.quick_deaths - 1) if child.quick_deaths else 0
        if child.quick_deaths >= MOST_QUICK_DEATHS:
            raise Refused(f"The {child.name} stops again and again ({_how(exit_code)}); the town is closed.")
        child.start_at = now + pauses * self.pause_seconds
        self.say(f"The {child.name} stopped ({_how(exit_code)}); starting it again.")

    def _stop(self) -> None:
        for child in self._running():
            _signal(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while self._running() and time.monotonic() < deadline:
            signal.sigtimedwait({signal.SIGCHLD}, 0.1)
            self._collect()
        for child in self._running():
            _kill_group(child.pid)
            child.pid = None

    def _collect(self) -> None:
        for child in self._running():
            pid, _status = os.waitpid(child.pid or 0, os.WNOHANG)
            if pid:
                _end_leftovers(pid)
                child.pid = None

    def _running(self) -> list[Child]:
        return [child for child in self.children if child.pid is not None]


def _how(exit_code: int) -> str:
    return f"signal {-exit_code}" if exit_code < 0 else f"exit code {exit_code}"


def _signal(pid: int | None, number: int) -> None:
    if pid is not None:
        os.kill(pid, number)


def _end_leftovers(group: int) -> None:
    """Ask what a dead child had forked to finish what it is doing: nobody else will."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGTERM)


def _kill_group(pid: int | None) -> None:
    if pid is not None:
        os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)

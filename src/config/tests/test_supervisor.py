from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from config.processes import run_apart, start_child
from config.refusals import Refused
from config.supervisor import Supervisor


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether a condition holds within `seconds`, asked without rest: what is awaited is another process."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        os.sched_yield()
    return False


def pids(folder: Path) -> list[int]:
    return sorted(int(path.name) for path in folder.iterdir())


def leave_pid_and_wait(folder: Path) -> None:
    (folder / str(os.getpid())).touch()
    signal.pause()


def is_gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def quick_supervisor() -> Supervisor:
    return Supervisor(say=lambda line: None, pause_seconds=0.02)


def supervise(folder: Path, names: tuple[str, ...]) -> None:
    supervisor = quick_supervisor()
    for name in names:
        supervisor.add(name, lambda: leave_pid_and_wait(folder))
    supervisor.run(when_started=lambda: None)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_every_child_ends_with_a_stop_signal(number: signal.Signals, tmp_path: Path) -> None:
    parent = start_child(lambda: supervise(tmp_path, ("one", "two")))
    assert wait_until(lambda: len(pids(tmp_path)) == 2)
    os.kill(parent, number)
    assert os.waitstatus_to_exitcode(os.waitpid(parent, 0)[1]) == 0
    assert all(is_gone(pid) for pid in pids(tmp_path))


def test_every_child_ends_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    parent = start_child(lambda: supervise(tmp_path, ("one", "two")))
    assert wait_until(lambda: len(pids(tmp_path)) == 2)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    assert wait_until(lambda: all(is_gone(pid) for pid in pids(tmp_path)))


def test_a_dead_child_is_started_again(tmp_path: Path) -> None:
    parent = start_child(lambda: supervise(tmp_path, ("one",)))
    assert wait_until(lambda: len(pids(tmp_path)) == 1)
    os.kill(pids(tmp_path)[0], signal.SIGKILL)
    assert wait_until(lambda: len(pids(tmp_path)) == 2)
    os.kill(parent, signal.SIGTERM)
    os.waitpid(parent, 0)


def test_a_child_that_dies_again_and_again_closes_the_town() -> None:
    def work() -> None:
        supervisor = quick_supervisor()
        supervisor.add("worker", lambda: os._exit(7))
        supervisor.run(when_started=lambda: None)

    parent = start_child(work)
    assert os.waitstatus_to_exitcode(os.waitpid(parent, 0)[1]) == 2


def test_work_apart_that_fails_is_refused() -> None:
    with pytest.raises(Refused):
        run_apart(lambda: os._exit(1))


def test_work_apart_that_finishes_is_fine() -> None:
    run_apart(lambda: None)

"""What the supervisor does when somebody kills a child: it has not failed, so it simply comes back."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import psutil

from config.processes import start_child
from config.supervisor import MOST_QUICK_DEATHS, Supervisor
from config.tests.test_supervisor import pids, wait_until


def leave_pid(folder: Path) -> None:
    (folder / str(os.getpid())).touch()
    signal.pause()


def leave_two_pids(folder: Path) -> None:
    """As a web server forks its workers: the kernel does not end them with it."""
    if not os.fork():
        leave_pid(folder)
        os._exit(0)
    leave_pid(folder)


def supervise(folder: Path, work: object) -> None:
    supervisor = Supervisor(say=lambda line: None, pause_seconds=0.02)
    supervisor.add("one of the town", lambda: work(folder))  # type: ignore[operator]  # a function of this file
    supervisor.run(when_started=lambda: None)


def is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def living(folder: Path) -> list[int]:
    return [pid for pid in pids(folder) if not is_gone(pid)]


def end(parent: int) -> None:
    os.kill(parent, signal.SIGTERM)
    assert os.waitstatus_to_exitcode(os.waitpid(parent, 0)[1]) == 0


def test_child_that_is_killed_again_and_again_always_comes_back(tmp_path: Path) -> None:
    parent = start_child(lambda: supervise(tmp_path, leave_pid))
    for _death in range(MOST_QUICK_DEATHS + 2):
        assert wait_until(lambda: len(living(tmp_path)) == 1)
        victim = living(tmp_path)[0]
        os.kill(victim, signal.SIGKILL)
        assert wait_until(partial(is_gone, victim))
    assert wait_until(lambda: len(pids(tmp_path)) == MOST_QUICK_DEATHS + 3)
    end(parent)


def test_what_a_killed_child_leaves_behind_is_ended(tmp_path: Path) -> None:
    parent = start_child(lambda: supervise(tmp_path, leave_two_pids))
    assert wait_until(lambda: len(pids(tmp_path)) == 2)
    leader, left_behind = sorted(pids(tmp_path), key=lambda pid: psutil.Process(pid).ppid() != parent)
    os.kill(leader, signal.SIGKILL)
    assert wait_until(lambda: is_gone(left_behind))
    assert wait_until(lambda: len(pids(tmp_path)) == 4)
    end(parent)


def test_what_a_child_leaves_behind_is_ended_with_the_town(tmp_path: Path) -> None:
    parent = start_child(lambda: supervise(tmp_path, leave_two_pids))
    assert wait_until(lambda: len(pids(tmp_path)) == 2)
    end(parent)
    assert wait_until(lambda: living(tmp_path) == [])


def test_processes_are_called_what_they_are(tmp_path: Path) -> None:
    parent = start_child(lambda: supervise(tmp_path, leave_pid))
    assert wait_until(lambda: len(pids(tmp_path)) == 1)
    assert Path(f"/proc/{pids(tmp_path)[0]}/comm").read_text().strip() == "one of the town"
    end(parent)

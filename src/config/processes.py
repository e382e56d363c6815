"""Child processes that share the parent's memory and never outlive it.

A child is forked, not spawned: Django, the catalogue and the compiled templates are loaded once and their
pages are shared (copy on write). The parent must not hold an open database connection when it forks.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Callable

from config.refusals import Refused

PR_SET_PDEATHSIG = 1  # linux/prctl.h
PR_SET_NAME = 15
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def start_child(work: Callable[[], object], *, own_group: bool = True, name: str = "") -> int:
    """Fork and run `work` in the child; return the child's process id.

    `name` is what `ps` and `top` call it, and what it forks (15 bytes of it, on Linux).
    The child exits 0 when `work` returns, 2 when it refuses with a sentence, 1 on any other error. With
    `own_group` a Ctrl-C reaches only the parent, which then ends the children in order.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        _become_child(parent, own_group=own_group)
        call_process(name)
        status = _run(work)
    except BaseException:
        traceback.print_exc()
        status = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def run_apart(work: Callable[[], object]) -> None:
    """Run `work` in a child and wait: what it allocates and connects to is gone afterwards.

    Raises Refused when the child did not finish well (it has said why).
    """
    pid = start_child(work, own_group=False)
    _, status = os.waitpid(pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise Refused("Balai did not start.")


def _become_child(parent: int, *, own_group: bool) -> None:
    signal.pthread_sigmask(signal.SIG_SETMASK, set())
    for name in STOP_SIGNALS:
        signal.signal(name, signal.SIG_DFL)
    if own_group:
        os.setpgrp()
    die_with_parent(parent)


def die_with_parent(parent: int) -> None:
    """Ask the kernel (Linux) to end this process when `parent` dies, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def call_process(name: str) -> None:
    """Give this process a name of its own; nothing happens without one, or on another kernel."""
    if name and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode()[:15], 0, 0, 0)


def _run(work: Callable[[], object]) -> int:
    try:
        work()
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0

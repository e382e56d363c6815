"""The walls of the checking process: what a hostile file can use up at most."""

from __future__ import annotations

import resource
import signal
import sys
from pathlib import Path

MEGABYTE = 1024 * 1024
# Above what the loaded libraries take, which every child inherits.
MEMORY_BYTES = 180 * MEGABYTE
# A signed letter of 100 MB takes 0.3 s; whoever waits at the page shall have an answer within two.
CPU_SECONDS = 1.0
WALL_SECONDS = 8.0
DEPTH = 900


def close_in() -> None:
    """Bound this process for good: memory, processor, wall clock, no new file or socket, no file written.

    Timers end it by their signals' default action, so that no code of ours has to run for it.
    """
    _bound(resource.RLIMIT_AS, _address_space() + MEMORY_BYTES)
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_FSIZE, 0)
    # What is open stays open; nothing else can be: no file, no socket, and so no network.
    _bound(resource.RLIMIT_NOFILE, 0)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    signal.setitimer(signal.ITIMER_REAL, WALL_SECONDS)
    sys.setrecursionlimit(DEPTH)


def _bound(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    value = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (value, value))


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()

"""What the machine says about itself and about processes: Linux's /proc, nothing else."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


def description() -> str:
    """Cores, kernel and Python; no names and no paths."""
    cores = len(os.sched_getaffinity(0))
    system = f"{platform.system()} {platform.release().split('-')[0]} {platform.machine()}"
    return f"{cores} cores, {system}, Python {platform.python_version()}"


def load_average() -> float:
    """How many processes wanted a core in the last minute: above the cores, the figures are crowded."""
    return os.getloadavg()[0]


def family(pid: int) -> list[int]:
    """A process and everything that descends from it, as they live now."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for parent in found:  # grows while it is walked: breadth first
        found += children.get(parent, [])
    return found


def children(pid: int) -> list[int]:
    """What a process has forked itself and still lives, in order of age."""
    try:
        return [int(word) for word in (PROC / str(pid) / "task" / str(pid) / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def name_of(pid: int) -> str:
    """What `ps` calls it; "" when it is gone."""
    try:
        return (PROC / str(pid) / "comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def processor_seconds(pids: Iterable[int]) -> float:
    """Processor time that these processes have used, in user and kernel mode together."""
    return sum(sum(map(int, fields[11:13])) for pid in pids if (fields := _stat(pid))) / TICKS


def proportional_kilobytes(pids: Iterable[int]) -> int:
    """Memory of these processes, what they share with others counted by its share (PSS)."""
    return sum(_pss(pid) for pid in pids)


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name, from the state on; [] when the process is gone."""
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(")")[2].split()


def _pss(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))

"""`kills`: processes of a town are killed at random moments while people work; what was promised is kept."""

from __future__ import annotations

import http.client
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from balai.bench import machine
from balai.bench.crowd import Crowd, Promises
from balai.bench.measures.kept import broken, since, still_owed
from balai.bench.measures.sizes import Size
from balai.bench.report import Bar, Report, Table
from balai.bench.towns import OPEN_SECONDS, OPEN_WORDS, Places, Say, Town, TownFailed, free_port
from balai.runtime.settings import PROJECT

WEB, WORKER = "web server", "background worker"
ROUND_SECONDS = 1.8
LOOK_EVERY = 20
# A busy machine may need long for what a storm left; one that does nothing for so long never will.
IDLE_SECONDS = 150
# An officer may do 1200 acts an hour, two for each case that she checks.
OFFICERS = 5
APPLICATIONS_A_ROUND = 12
LOG, LAST_WORDS = "said.log", 20_000
METHOD = """\
`./balai start` on an empty place; two citizens and fifteen officers (five to a tray) work at it without rest:
applications are sent with their photo, checked, approved, numbered, made, shelved. Each repeats its request
until the town has answered. In each round of about {seconds} s one of five is killed with SIGKILL at a random
moment: the whole web server, one of its processes, its first process alone, the background worker, or all at
once. The supervisor of `./balai start` brings back what was killed; nobody else does. Every {every} rounds,
and at the end when no job is owed any more, the database is held against what people had been told."""


@dataclass
class Storm:
    """What a storm of kills was, and what it left."""

    kills: Counter[str] = field(default_factory=Counter)
    recovery: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    told: Promises = field(default_factory=Promises)
    kept: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    drained_after: float = 0.0


def run(places: Places, size: Size, say: Say) -> tuple[list[Bar], list[Table]]:
    """So many rounds on one kind of database."""
    storm = storm_over(places.town("kills"), size.kills, say)
    for fault in storm.faults[:40]:
        say(f"  FAULT {fault}")
    return _bars(places.vendor, storm), [_table(places.vendor, storm)]


def storm_over(town: Town, rounds: int, say: Say, *, seed: int | None = None) -> Storm:
    """Open the town, let people work, kill `rounds` times, hold what is kept against what was told."""
    seed = random.SystemRandom().randrange(10**6) if seed is None else seed
    say(f"  opening, then {rounds} rounds, seed {seed}")
    storm, dice = Storm(), random.Random(seed)  # noqa: S311 - nothing secret
    with _opened(town) as (pid, port):
        stage = town.stage("kills", rounds * APPLICATIONS_A_ROUND, OFFICERS)
        crowd = Crowd(port, stage, pace_seconds=2 * ROUND_SECONDS / APPLICATIONS_A_ROUND)
        began = time.monotonic()
        crowd.begin()
        for number in range(1, rounds + 1):
            _round(pid, port, dice, storm)
            if number % LOOK_EVERY == 0:
                say(f"  {number} kills in {time.monotonic() - began:.0f} s, {len(crowd.told.numbers)} sent")
                told = crowd.told_so_far()
                storm.faults += broken(told, since(stage["before"], town.stage("kept")), at_rest=False)
        storm.seconds = time.monotonic() - began
        storm.told = crowd.end()
        kept, storm.drained_after = _drained(town)
    storm.kept = since(stage["before"], kept)
    storm.faults += broken(storm.told, storm.kept, at_rest=True)
    storm.faults += [f"a job is still owed: {job}" for job in still_owed(storm.kept)]
    if storm.faults:
        say(f"  the town's last words:\n{(town.data_dir / LOG).read_text()[-LAST_WORDS:]}")
    return storm


def _drained(town: Town) -> tuple[dict[str, Any], float]:
    """What the town keeps once no job is owed, or when nothing moves any more; and how long that took."""
    began = moved = time.monotonic()
    least: int | None = None
    while True:
        kept: dict[str, Any] = town.stage("kept")
        owed, now = len(still_owed(kept)), time.monotonic()
        if least is None or owed < least:
            least, moved = owed, now
        if not owed or now - moved > IDLE_SECONDS:
            return kept, now - began


def _round(pid: int, port: int, dice: random.Random, storm: Storm) -> None:
    """One kill at a random moment, then the rest of the round; the town must be whole again by then."""
    began = time.monotonic()
    time.sleep(dice.uniform(0.1, ROUND_SECONDS - 0.6))
    name, kill = dice.choice(list(KILLS.items()))
    families = _families(pid)
    killed = kill(families, dice)
    if not killed:
        storm.faults.append(f"nobody to kill for {name}: {families}")
    storm.kills[name] += 1
    storm.recovery.append(_whole_again_after(pid, port, killed, storm))
    time.sleep(max(0.0, began + ROUND_SECONDS - time.monotonic()))


def _families(pid: int) -> dict[str, list[int]]:
    """The supervisor's children by name, each with what it forked."""
    found: dict[str, list[int]] = {WEB: [], WORKER: []}
    for child in machine.children(pid):
        name = machine.name_of(child)
        for known in found:
            if name and known.startswith(name):
                found[known] = machine.family(child)
    return found


def _whole_again_after(pid: int, port: int, killed: list[int], storm: Storm) -> float:
    """Seconds until web server and worker stand again, none of them one of the killed, and a page comes."""
    began = time.monotonic()
    while time.monotonic() - began < 20:
        families = _families(pid)
        living = {*families[WEB], *families[WORKER]}
        stands = len(families[WEB]) > 1 and families[WORKER] and not living.intersection(killed)
        if stands and _answers(port):
            return time.monotonic() - began
        time.sleep(0.01)
    storm.faults.append("the town did not come back within 20 s")
    return time.monotonic() - began


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _kill(pids: list[int]) -> list[int]:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return pids


KILLS: dict[str, Callable[[dict[str, list[int]], random.Random], list[int]]] = {
    "the web server": lambda found, dice: _kill(found[WEB]),
    "one process of the web server": lambda found, dice: _kill(
        dice.sample(found[WEB][1:], min(1, len(found[WEB][1:])))
    ),
    "its first process": lambda found, dice: _kill(found[WEB][:1]),
    "the worker": lambda found, dice: _kill(found[WORKER]),
    "both": lambda found, dice: _kill([*found[WEB], *found[WORKER]]),
}


@contextmanager
def _opened(town: Town) -> Iterator[tuple[int, int]]:
    """`./balai start`, what it says in a file: its pid and port. It must end well when it is told to."""
    town.data_dir.mkdir(parents=True, exist_ok=True)
    port, log = free_port(), town.data_dir / LOG
    command = [sys.executable, "-m", "config.start", "--port", str(port), "--data", str(town.data_dir)]
    with log.open("wb") as said:
        process = subprocess.Popen(command, env=town.environment(), cwd=PROJECT, stdout=said, stderr=said)  # noqa: S603 - our own entry point
    try:
        _wait_until_open(process, log)
        yield process.pid, port
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_open(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + OPEN_SECONDS
    while OPEN_WORDS not in log.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            raise TownFailed(log.read_text())
        time.sleep(0.1)


def _bars(vendor: str, storm: Storm) -> list[Bar]:
    numbers = [state for series in storm.kept["numbers"] for state in series["states"]]
    states = Counter(numbers)
    approved = len(storm.told.done("approve"))
    return [
        Bar(
            f"{vendor}: every acknowledged application once",
            f"{len(storm.told.numbers)} of {len(storm.told.numbers)}" if not storm.faults else "see below",
            not storm.faults,
        ),
        Bar(
            f"{vendor}: every job done, its effect once",
            f"{len(storm.kept['letters'])} letters for {approved} approvals, "
            f"{len(storm.kept['messages'])} messages, {len(still_owed(storm.kept))} jobs owed",
            not still_owed(storm.kept) and not storm.faults,
        ),
        Bar(
            f"{vendor}: numbers all issued or void",
            ", ".join(f"{count} {state}" for state, count in sorted(states.items())),
            set(states) <= {"issued", "void"},
        ),
        Bar(
            f"{vendor}: journal intact",
            storm.kept["journal_fault"] or "whole",
            not storm.kept["journal_fault"],
        ),
    ]


def _table(vendor: str, storm: Storm) -> Table:
    told = storm.told
    rows = [
        ("Kills", str(sum(storm.kills.values()))),
        *((f"… of {name}", str(count)) for name, count in sorted(storm.kills.items())),
        ("Seconds of the storm", f"{storm.seconds:.0f}"),
        (
            "Whole again after, median and longest",
            f"{median(storm.recovery):.2f} s, {max(storm.recovery):.2f} s",
        ),
        ("Applications acknowledged", str(len(told.numbers))),
        ("Acts of officers acknowledged", str(len(told.acts))),
        ("Sendings, of which unanswered", f"{told.sendings}, {told.lost}"),
        ("No job owed after", f"{storm.drained_after:.0f} s"),
        ("Faults found", str(len(storm.faults))),
    ]
    return Table(f"On {vendor}", ("", ""), rows)


def report(size: Size, bars: list[Bar], tables: list[Table]) -> Report:
    """The page of the whole measurement."""
    method = METHOD.format(seconds=ROUND_SECONDS, every=LOOK_EVERY)
    return Report("kills", "Killed at any moment", "./balai bench kills", method, bars, tables)

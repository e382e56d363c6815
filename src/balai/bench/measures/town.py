"""`town`: how long a town takes to open, the first time and again, and what it holds in memory when idle."""

from __future__ import annotations

import http.client
import time

from balai.bench import machine
from balai.bench.measures.sizes import Size
from balai.bench.report import Bar, Report, Table
from balai.bench.towns import Places, Say, Server, Town

FIRST_BAR_SECONDS, SECOND_BAR_SECONDS, MEMORY_BAR_MB = 180.0, 5.0, 350.0
METHOD = """\
`./balai start` on an empty data folder (database, government data, style sheets and demo people are made),
until `/` has answered 200 with its whole body; then the same on the folder as it is now. The environment of
Python is there already; fetching it once more depends on the network. Memory is the sum of the proportional
set sizes of all processes of the town, {idle:.0f} seconds after it was opened and three pages were read."""
PAGES = ("/", "/layanan/", "/masuk/")


def run(places: Places, size: Size, say: Say) -> tuple[list[Bar], list[Table]]:
    """Open a town twice."""
    town = places.town("town")
    rows = []
    seconds, memory = [], []
    for name in ("first start", "second start"):
        say(f"  {name}")
        taken, megabytes, processes = _open_once(town, size.idle_seconds)
        seconds.append(taken)
        memory.append(megabytes)
        rows.append((name, f"{taken:.1f}", f"{megabytes:.0f}", str(processes)))
    bars = [
        Bar("first start <= 3 minutes", f"{seconds[0]:.1f} s", seconds[0] <= FIRST_BAR_SECONDS),
        Bar("second start <= 5 s", f"{seconds[1]:.1f} s", seconds[1] <= SECOND_BAR_SECONDS),
        Bar("memory, idle, <= 350 MB", f"{max(memory):.0f} MB", max(memory) <= MEMORY_BAR_MB),
    ]
    head = ("", "Seconds to the start page", "Memory MB (PSS)", "Processes")
    return bars, [Table("A town on SQLite", head, rows)]


def _open_once(town: Town, idle_seconds: float) -> tuple[float, float, int]:
    """Seconds until the start page, megabytes when idle, number of processes."""
    began = time.monotonic()
    with town.opened() as server:
        read(server, PAGES[0])
        taken = time.monotonic() - began
        for path in PAGES[1:]:
            read(server, path)
        time.sleep(idle_seconds)
        pids = machine.family(server.pid)
        return taken, machine.proportional_kilobytes(pids) / 1024, len(pids)


def read(server: Server, path: str) -> bytes:
    """A page's whole body; raises LookupError unless it is there."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise LookupError(f"{path} answers {answer.status}")
    return body


def report(size: Size, bars: list[Bar], tables: list[Table]) -> Report:
    """The page of the whole measurement."""
    method = METHOD.format(idle=size.idle_seconds)
    return Report("town", "Opening a town", "./balai bench town", method, bars, tables)

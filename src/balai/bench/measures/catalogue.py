"""`catalogue`: how long the services take to load, and a search in them."""

from __future__ import annotations

from balai.bench.figures import percentile
from balai.bench.measures.sizes import Size
from balai.bench.report import Bar, Report, Table
from balai.bench.towns import Places, Say

METHOD = """\
In one process, without a web server. Loading reads and checks every file under `services/`; 500 are the
project's own and copies of them, each read from files of its own, in processor time: nothing of it is read
again while the town runs. The bar is one second. Each search is
made {rounds} times among 500: the town's own services and copies of them, which makes every word common; the
words hold typos on purpose, one means nothing. The bar is 20 ms."""
LOADS = 10


def run(places: Places, size: Size, say: Say) -> tuple[list[Bar], list[Table]]:
    """Load and search."""
    town = places.town("catalogue")
    with town.opened():
        say("  loading and searching")
        taken = town.stage("catalogue", min(LOADS, size.repeats), size.repeats)
    loading = (f"loading {taken['services']} services", taken["loads"])
    large = ("loading 500 services, processor", taken["large_loads"])
    rows = [
        _row(*each)
        for each in [loading, large, *((f'"{words}"', times) for words, times in taken["searches"].items())]
    ]
    return [], [Table("Milliseconds", ("", "p50", "p95", "largest"), rows)]


def _row(name: str, seconds: list[float]) -> tuple[str, ...]:
    return (name, *(f"{1000 * percentile(seconds, share):.2f}" for share in (0.50, 0.95, 1.0)))


def report(size: Size, bars: list[Bar], tables: list[Table]) -> Report:
    """The page of the whole measurement."""
    method = METHOD.format(rounds=size.repeats)
    return Report("catalogue", "The catalogue", "./balai bench catalogue", method, bars, tables)

"""`catalogue`: how long the services take to load, and a search in them."""

from __future__ import annotations

from balai.bench.figures import percentile
from balai.bench.measures.sizes import Size
from balai.bench.report import Bar, Report, Table
from balai.bench.towns import Places, Say

METHOD = """\
In one process, without a web server. Loading reads and checks every file under `services/`; {services} are
the project's own and copies of them, each read from files of its own, in processor time: nothing of it is
read again while the town runs. Each search is made {rounds} times among {services}: the town's own services
and copies of them, which makes every word common; the words hold typos on purpose, one means nothing."""
LOADS = 10
LONGEST_LOAD, LONGEST_SEARCH = 1.0, 0.020


def run(places: Places, size: Size, say: Say) -> tuple[list[Bar], list[Table]]:
    """Load and search."""
    say("  loading and searching")
    taken = places.town("catalogue").stage("catalogue", min(LOADS, size.repeats), size.repeats, size.services)
    loading = (f"loading {taken['services']} services", taken["loads"])
    large = (f"loading {size.services} services, processor", taken["large_loads"])
    rows = [
        _row(*each)
        for each in [loading, large, *((f'"{words}"', times) for words, times in taken["searches"].items())]
    ]
    loads = percentile(taken["large_loads"], 0.50)
    search = max(percentile(times, 0.95) for times in taken["searches"].values())
    bars = [
        Bar(
            f"{size.services} services load in {LONGEST_LOAD:g} s (p50)",
            f"{loads:.2f} s",
            loads <= LONGEST_LOAD,
        ),
        Bar(
            f"a search takes {1000 * LONGEST_SEARCH:g} ms (p95 of the slowest)",
            f"{1000 * search:.1f} ms",
            search <= LONGEST_SEARCH,
        ),
    ]
    return bars, [Table("Milliseconds", ("", "p50", "p95", "largest"), rows)]


def _row(name: str, seconds: list[float]) -> tuple[str, ...]:
    return (name, *(f"{1000 * percentile(seconds, share):.2f}" for share in (0.50, 0.95, 1.0)))


def report(size: Size, bars: list[Bar], tables: list[Table]) -> Report:
    """The page of the whole measurement."""
    method = METHOD.format(rounds=size.repeats, services=size.services)
    return Report("catalogue", "The catalogue", "./balai bench catalogue", method, bars, tables)

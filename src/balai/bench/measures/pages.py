"""`pages`: what the pages that most people open cost."""

from __future__ import annotations

from balai.bench import machine
from balai.bench.measures.flow import HEAD, measure_page
from balai.bench.measures.sizes import Size
from balai.bench.report import Bar, Report, Table
from balai.bench.towns import Places, Say

METHOD = """\
A demo town behind the real web server; pages come whole, compressed as a browser asks for them. Rates and
processor time: closed loop, 16 clients, median of {rounds} rounds of {units} pages. Waits: open loop,
Poisson arrivals at 30 % of that rate, {open_units} pages."""


def run(places: Places, size: Size, say: Say) -> tuple[list[Bar], list[Table]]:
    """Measure on one kind of database."""
    town = places.town("pages")
    rows, errors = [], 0
    with town.opened() as server:
        for page in town.stage("pages"):
            say(f"  {page['name']}")
            figures = measure_page(server, page["path"], page["cookies"], size)
            rows.append((page["name"], *figures.cells()))
            errors += figures.errors
    bars = [Bar(f"{places.vendor}: errors", str(errors), errors == 0)]
    return bars, [Table(places.vendor, ("Page", *HEAD), rows)]


def report(size: Size, bars: list[Bar], tables: list[Table]) -> Report:
    """The page of the whole measurement."""
    method = METHOD.format(rounds=size.rounds, units=size.units, open_units=size.open_units)
    remark = f"Load average when it ended: {machine.load_average():.1f}."
    return Report("pages", "Pages", "./balai bench pages", method, bars, tables, [remark])

"""`inbox`: the officer's first page with 100,000 open items in her own tray."""

from __future__ import annotations

from balai.bench import machine
from balai.bench.measures.flow import HEAD, measure_page
from balai.bench.measures.sizes import Size
from balai.bench.report import Bar, Report, Table
from balai.bench.towns import Places, Say

P95_BAR_MS = 60.0
METHOD = """\
A real officer's session opens `/meja/` through the real web server. All {many} open items lie in the tray of
her own office, due from two days ago to eight days ahead: the worst way in which they can lie. Statements
are counted with {few} items and with {many}, in the same town. Rates: closed loop, 16 clients, median of
{rounds} rounds of {units} pages. Waits: open loop, Poisson arrivals at 30 % of that rate, {open_units}
pages."""


def run(places: Places, size: Size, say: Say) -> tuple[list[Bar], list[Table]]:
    """Measure on one kind of database."""
    vendor, town = places.vendor, places.town("inbox")
    with town.opened() as server:
        say(f"  loading {size.many_items} open items")
        staged = town.stage("inbox", size.few_items, size.many_items)
        say("  opening the inbox")
        figures = measure_page(server, staged["path"], {"sessionid": staged["session"]}, size)
    few, many, p95 = staged["statements_few"], staged["statements_many"], figures.wait_ms(0.95)
    bars = [
        Bar(
            f"{vendor}: as many statements with {staged['many']} items as with {staged['few']}",
            f"{many} and {few}",
            many == few,
        ),
        Bar(f"{vendor}: p95 <= {P95_BAR_MS:.0f} ms", f"{p95:.1f} ms", p95 <= P95_BAR_MS),
        Bar(f"{vendor}: errors", str(figures.errors), figures.errors == 0),
    ]
    return bars, [Table(vendor, ("Items", *HEAD), [(str(staged["many"]), *figures.cells())])]


def report(size: Size, bars: list[Bar], tables: list[Table]) -> Report:
    """The page of the whole measurement."""
    method = METHOD.format(
        many=size.many_items,
        few=size.few_items,
        rounds=size.rounds,
        units=size.units,
        open_units=size.open_units,
    )
    remark = f"Load average when it ended: {machine.load_average():.1f}."
    return Report(
        "inbox", "The inbox at 100,000 items", "./balai bench inbox", method, bars, tables, [remark]
    )

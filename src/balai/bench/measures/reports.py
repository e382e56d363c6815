"""`reports`: life-cycles and reading with none, a hundred thousand and a million reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import Any

from balai.bench import machine
from balai.bench.figures import order_of_round, paired_ratio, percentile
from balai.bench.measures.sizes import Size
from balai.bench.report import Bar, Report, Table
from balai.bench.towns import Places, Say, Town

RATE_BAR, CREATE_BAR_MS, LIST_BAR_MS, WIDE_BAR_MS, LOAD_BAR_SECONDS = 0.80, 8.0, 50.0, 100.0, 300.0
MILLION, MOST_ON_SQLITE = 1_000_000, 100_000
WIDE = ("map", "league")
METHOD = """\
One unit is the life of a report through the engine's own actions, in one process and one after another:
sent, passed on by the reception, called done by the agency with a photo that is stored for it, and found by
its words. **bare** is what the same unit was seen to insert (rows of all tables, journal and jobs too),
written again with other keys through the same connection in the same transactions, without anything that
thinks: no reading, no updating, no search. A town for each number of reports, all in one database server;
{rounds} rounds of {cycles} units, the towns alternating within a round, order turned each round; the ratio
to the empty town is the median of the rounds' own. Processor time is that of the process and of the
database behind it, that of a create over twice as many creates. Reading: {reads} questions of each kind,
each another one, one after another, by the engine's own query functions (pages and their templates are
measured elsewhere). Reports are invented in the proportions of published ones and of the 60/30/10 that a
town claimed, over three years, with voices, timelines, evidence, clocks, outcomes and items; loaded by COPY
on PostgreSQL (from 200,000 on with the indexes built afterwards), by many rows at once on SQLite.
PostgreSQL runs with `fsync=off` (a temporary server), SQLite with `synchronous=FULL` as always."""


@dataclass
class Stand:
    """One town and what was measured in it."""

    reports: int
    town: Town
    loaded: dict[str, Any] = field(default_factory=dict)
    rounds: list[dict[str, float]] = field(default_factory=list)
    waits: dict[str, list[float]] = field(default_factory=dict)

    def rates(self, name: str) -> list[float]:
        """Units a second in each round."""
        return [each[name] for each in self.rounds]

    @property
    def create_ms(self) -> float:
        """Processor milliseconds of a create, process and database together."""
        return median(each["create_ms"] + each["create_database_ms"] for each in self.rounds)


def run(places: Places, size: Size, say: Say) -> tuple[list[Bar], list[Table]]:
    """Measure on one kind of database."""
    stands = [_opened(places, count, say) for count in _sizes(places.vendor, size)]
    for number in range(size.rounds):
        for stand in order_of_round(stands, number):
            stand.rounds.append(stand.town.stage("reports_cycles", size.cycles))
            rate = stand.rounds[-1]["cycles_per_second"]
            say(f"  round {number + 1} of {size.rounds}: {stand.reports:,} reports {rate:.0f}/s")
    for stand in stands:
        say(f"  reading {stand.reports:,} reports")
        stand.waits = stand.town.stage("reports_waits", size.repeats)
    return _bars(places.vendor, stands), _tables(places.vendor, stands)


def _sizes(vendor: str, size: Size) -> list[int]:
    most = MOST_ON_SQLITE if vendor == "sqlite" else max(size.reports)
    return [count for count in size.reports if count <= most]


def _opened(places: Places, count: int, say: Say) -> Stand:
    """A demo town, closed again, with so many reports."""
    stand = Stand(count, places.town(f"reports_{count}"))
    say(f"  {places.vendor}: a town of {count:,} reports")
    with stand.town.opened():
        pass
    stand.loaded = stand.town.stage("reports_load", count, tells=True)
    return stand


def _bars(vendor: str, stands: list[Stand]) -> list[Bar]:
    empty, full = stands[0], stands[-1]
    ratio = paired_ratio(full.rates("cycles_per_second"), empty.rates("cycles_per_second"))
    name = f"{vendor}, {full.reports:,} reports"
    bars = [
        Bar(f"{name}: life-cycles >= 80 % of the empty town's", f"{ratio:.0%}", ratio >= RATE_BAR),
        Bar(
            f"{name}: create <= {CREATE_BAR_MS:.0f} CPU ms",
            f"{full.create_ms:.1f} ms",
            full.create_ms <= CREATE_BAR_MS,
        ),
    ]
    for asked, waits in full.waits.items():
        most = WIDE_BAR_MS if asked.startswith(WIDE) else LIST_BAR_MS
        p95 = percentile(waits, 0.95)
        bars.append(Bar(f"{name}: {asked} p95 <= {most:.0f} ms", f"{p95:.1f} ms", p95 <= most))
    if full.reports >= MILLION:
        took = full.loaded["load_seconds"]
        bars.append(Bar(f"{name}: loaded <= 5 minutes", f"{took:.0f} s", took <= LOAD_BAR_SECONDS))
    return bars


def _tables(vendor: str, stands: list[Stand]) -> list[Table]:
    empty = stands[0]
    lives = [
        (
            f"{stand.reports:,}",
            f"{median(stand.rates('cycles_per_second')):.1f}",
            " ".join(f"{rate:.0f}" for rate in stand.rates("cycles_per_second")),
            f"{paired_ratio(stand.rates('cycles_per_second'), empty.rates('cycles_per_second')):.0%}",
            f"{median(stand.rates('bare_per_second')):.1f}",
            f"{paired_ratio(stand.rates('cycles_per_second'), stand.rates('bare_per_second')):.0%}",
            f"{median(stand.rates('life_ms')):.1f}",
            f"{median(stand.rates('create_ms')):.2f}",
            f"{median(stand.rates('create_database_ms')):.2f}",
        )
        for stand in stands
    ]
    loads = [
        (
            f"{stand.reports:,}",
            f"{stand.loaded['rows']:,}",
            f"{stand.loaded['load_seconds']:.0f}",
            f"{stand.loaded['count_seconds']:.0f}",
        )
        for stand in stands
    ]
    reads = [
        (
            asked,
            *(
                f"{percentile(stand.waits[asked], 0.5):.1f} / {percentile(stand.waits[asked], 0.95):.1f}"
                for stand in stands
            ),
        )
        for asked in empty.waits
    ]
    head = (
        "Reports",
        "Lives/s",
        "Rounds",
        "To empty",
        "Bare/s",
        "To bare",
        "Life CPU ms",
        "Create CPU ms",
        "Database CPU ms",
    )
    return [
        Table(f"{vendor}, life-cycles", head, lives),
        Table(
            f"{vendor}, reading, p50 / p95 ms", ("Asked", *(f"{each.reports:,}" for each in stands)), reads
        ),
        Table(f"{vendor}, loading", ("Reports", "Rows", "Load s", "League and map s"), loads),
    ]


def report(size: Size, bars: list[Bar], tables: list[Table]) -> Report:
    """The page of the whole measurement."""
    method = METHOD.format(rounds=size.rounds, cycles=size.cycles, reads=size.repeats)
    remark = f"Load average when it ended: {machine.load_average():.1f}."
    most = max(size.reports)
    command = "./balai bench reports" if most >= MILLION else f"./balai bench reports --size {most}"
    return Report("reports", f"Reports, up to {most:,}", command, method, bars, tables, [remark])

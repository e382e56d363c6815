"""`./balai bench NAME`: measure, end in a table, keep the page with --write."""

from __future__ import annotations

from argparse import RawDescriptionHelpFormatter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from balai.bench.measures import catalogue, inbox, kills, letters, pages, reports, submit, town
from balai.bench.measures.sizes import FULL, TINY, Size
from balai.bench.report import Bar, Report, Table
from balai.bench.towns import Places, Say, places

VENDORS = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Measurement:
    """One name behind `./balai bench`: what it measures, on which databases, and how it is told."""

    help: str
    run: Callable[[Places, Size, Say], tuple[list[Bar], list[Table]]]
    report: Callable[[Size, list[Bar], list[Table]], Report]
    vendors: tuple[str, ...] = VENDORS


MEASUREMENTS = {
    "submit": Measurement("sending an application, against a bare endpoint", submit.run, submit.report),
    "inbox": Measurement("an officer's inbox with 100,000 open items", inbox.run, inbox.report),
    "kills": Measurement("kill -9 at random moments under load", kills.run, kills.report),
    "letters": Measurement("certified letters, against Typst and pyHanko alone", letters.run, letters.report),
    "reports": Measurement("the life of reports, up to a million of them", reports.run, reports.report),
    "pages": Measurement("the pages that most people open", pages.run, pages.report),
    "town": Measurement("start, second start, memory", town.run, town.report, vendors=("sqlite",)),
    "catalogue": Measurement("loading and searching", catalogue.run, catalogue.report, vendors=("sqlite",)),
}


class Command(BaseCommand):
    """Runs one measurement, or all, in towns that are thrown away."""

    help = "Measure the product.\n\n" + "\n".join(
        f"  {name:<10} {each.help}" for name, each in MEASUREMENTS.items()
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Keep the list of names a list."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """What, where, how much, and whether to keep it."""
        parser.add_argument("name", choices=[*MEASUREMENTS, "all"])
        parser.add_argument("--database", choices=VENDORS, help="one of the two (default: both)")
        parser.add_argument("--tiny", action="store_true", help="a few units, to see that it runs")
        parser.add_argument("--size", type=int, help="reports: none and so many, instead of up to a million")
        parser.add_argument("--write", action="store_true", help="keep the page in docs/measurements/")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, tell, and end with code 1 when a bar is missed."""
        names = list(MEASUREMENTS) if options["name"] == "all" else [options["name"]]
        size = TINY if options["tiny"] else FULL
        if options["size"]:
            size = replace(size, reports=(0, options["size"]))
        reports = [self._measure(name, options["database"], size) for name in names]
        for report in reports:
            self.stdout.write(f"\n{report.markdown()}")
            if options["write"]:
                self.stdout.write(f"Kept as docs/measurements/{report.write().name}")
        if not all(report.holds for report in reports) and not options["tiny"]:
            raise SystemExit(1)

    def _measure(self, name: str, vendor: str | None, size: Size) -> Report:
        measurement = MEASUREMENTS[name]
        bars: list[Bar] = []
        tables: list[Table] = []
        for each in [known for known in measurement.vendors if vendor in (None, known)]:
            self._say(f"{name} on {each}")
            with places(each) as where:
                found = measurement.run(where, size, self._say)
            bars, tables = bars + found[0], tables + found[1]
        return measurement.report(size, bars, tables)

    def _say(self, line: str) -> None:
        """Progress, at once."""
        self.stdout.write(line)
        self.stdout.flush()

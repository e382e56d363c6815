"""`letters`: letters numbered, set, signed and kept, against Typst and pyHanko alone."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from balai.bench import machine
from balai.bench.figures import paired_ratio
from balai.bench.measures.sizes import Size
from balai.bench.report import Bar, Report, Table
from balai.bench.towns import Places, Say, Town

RATE_BAR, PAIR_BAR = 20.0, 1.7
WARM_UP = 3
KINDS = ("ECDSA P-256", "RSA-2048")
SIDES = ("balai", "bare")
PROCESSES = (1, 2)
METHOD = """\
One unit is a certified letter: its number reserved, set by Typst (PDF/A-2a, PDF/UA-1) with its QR of a signed
summary, signed at PAdES B-B with a visible mark by a key that was opened once, stored sealed, published and
journalled: `begin_batch` in a process that does nothing else, {units} letters to a batch, its passphrase and
queueing included. **bare** is the raw engine in the same process: the same template and answers set by Typst
and signed by pyHanko with the same key and mark; no number, no QR, no database, nothing kept. Each process
freezes what it has loaded for the collector, as a town's servers do at their start, and is warmed up with
{warm_up} letters of either kind. In each of {rounds} rounds the two alternate, order turned each round, first
in one process, then in two (two signers, two offices). The rate of two is all letters from the first
beginning to the last end. Rates are medians, ratios medians of the rounds' own. Processor time is that of the
signing process; PostgreSQL's comes on top. Web server and worker are closed. PostgreSQL runs with `fsync=off`
(a temporary server), SQLite with `synchronous=FULL` as always."""


@dataclass
class Kind:
    """Rounds of one algorithm: by processes and side, letters a second and processor milliseconds."""

    name: str
    rates: dict[tuple[int, str], list[float]] = field(default_factory=dict)
    processor_ms: dict[tuple[int, str], list[float]] = field(default_factory=dict)
    missing: int = 0

    def note(self, processes: int, side: str, taken: Sequence[dict[str, Any]], wanted: int) -> float:
        """Keep one side of one round; returns its rate."""
        done = sum(each["letters"] for each in taken)
        seconds = max(each["end"] for each in taken) - min(each["begin"] for each in taken)
        self.missing += wanted * processes - done
        self.rates.setdefault((processes, side), []).append(done / seconds)
        spent = 1000 * sum(each["processor"] for each in taken) / max(1, done)
        self.processor_ms.setdefault((processes, side), []).append(spent)
        return done / seconds

    def rate(self, processes: int, side: str) -> float:
        """Letters a second, median of the rounds."""
        return median(self.rates[processes, side])

    def ratio(self, ours: tuple[int, str], theirs: tuple[int, str]) -> float:
        """The median of the rounds' own ratios."""
        return paired_ratio(self.rates[ours], self.rates[theirs])


def run(places: Places, size: Size, say: Say) -> tuple[list[Bar], list[Table]]:
    """Measure on one kind of database."""
    town = places.town("letters")
    say(f"  {places.vendor}: furnishing a town")
    with town.opened():
        pass
    kinds = [_measure(town, number, name, size, say) for number, name in enumerate(KINDS)]
    bars = [bar for kind in kinds for bar in _bars(places.vendor, kind)]
    return bars, [_table(places.vendor, kind) for kind in kinds]


def _units(size: Size) -> int:
    return max(2, size.units // 2)


def _measure(town: Town, number: int, name: str, size: Size, say: Say) -> Kind:
    kind, units = Kind(name), _units(size)
    needed = size.rounds * len(PROCESSES) * (units + WARM_UP)
    say(f"  {name}: asking for {2 * needed} letters")
    town.stage("letters", needed, number)
    for turn in range(size.rounds):
        for processes in PROCESSES:
            taken = _signed(town, processes, number * size.rounds + turn, units)
            rates = {
                side: kind.note(processes, side, [each[side] for each in taken], units) for side in SIDES
            }
            told = ", ".join(f"{side} {rate:.1f}/s" for side, rate in rates.items())
            say(f"  {name}, round {turn + 1} of {size.rounds}, {processes} at once: {told}")
    return kind


def _signed(town: Town, processes: int, turn: int, units: int) -> list[dict[str, Any]]:
    """One round in so many processes at once."""
    with ThreadPoolExecutor(processes) as pool:
        running = [
            pool.submit(town.stage, "signing", place, processes, turn, WARM_UP, units)
            for place in range(processes)
        ]
        return [each.result() for each in running]


def _bars(vendor: str, kind: Kind) -> list[Bar]:
    one, pair = kind.rate(1, "balai"), kind.ratio((2, "balai"), (1, "balai"))
    errors = Bar(f"{vendor}, {kind.name}: errors", str(kind.missing), kind.missing == 0)
    if kind.name != KINDS[0]:
        return [errors]
    return [
        Bar(f"{vendor}, {kind.name}: >= {RATE_BAR:.0f} letters/s on a core", f"{one:.1f}/s", one >= RATE_BAR),
        Bar(f"{vendor}, {kind.name}: two processes >= {PAIR_BAR} x one", f"{pair:.2f} x", pair >= PAIR_BAR),
        errors,
    ]


def _table(vendor: str, kind: Kind) -> Table:
    head = ("Processes", "Side", "Letters/s", "Rounds", "Balai is", "Two to one", "CPU ms/letter")
    rows = [_row(kind, processes, side) for processes in PROCESSES for side in SIDES]
    return Table(f"{vendor}, {kind.name}", head, rows)


def _row(kind: Kind, processes: int, side: str) -> tuple[str, ...]:
    own = (processes, side)
    return (
        str(processes),
        side,
        f"{kind.rate(*own):.1f}",
        " ".join(f"{rate:.0f}" for rate in kind.rates[own]),
        f"{kind.ratio((processes, 'balai'), own):.0%}",
        f"{kind.ratio(own, (1, side)):.2f} x",
        f"{median(kind.processor_ms[own]):.1f}",
    )


def report(size: Size, bars: list[Bar], tables: list[Table]) -> Report:
    """The page of the whole measurement."""
    method = METHOD.format(units=_units(size), warm_up=WARM_UP, rounds=size.rounds)
    remark = f"Load average when it ended: {machine.load_average():.1f}."
    return Report("letters", "Certified letters", "./balai bench letters", method, bars, tables, [remark])

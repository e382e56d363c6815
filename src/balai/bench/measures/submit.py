"""`submit`: the last click of an application against a bare Django endpoint that inserts the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from balai.bench import machine, requests
from balai.bench.figures import order_of_round, paired_ratio, percentile, poisson_schedule
from balai.bench.load import Plan
from balai.bench.measures.sizes import Size
from balai.bench.report import Bar, Report, Table
from balai.bench.towns import Measured, Places, Say, Server, measure

RATE_BAR, SPREAD_BAR = 0.60, 1.5
OPEN_SHARE = 0.30
CLIENTS = 16
SEED = 20261121
SIDES = ("balai", "bare", "view alone")
METHOD = """\
One unit is the POST that sends a filled application (session, draft and photo stored beforehand; one citizen
each) until its redirect to the receipt. **bare** is a plain Django site behind the same web server with the
same settings (`src/balai/bench/bare/`): `startproject`'s middleware, `login_required`, and in one transaction
the rows that a real submit was seen to write into the same tables with the same indexes, through the ORM,
unvalidated, unsealed, from ready values. **view alone** is that view without any middleware, session or
account; it is here for those who find the bare site too well dressed, no bar stands on it. Each side has a
town of its own. Closed loop: {clients} clients, {rounds} rounds of {units} units, the sides alternating
within a round, order turned each round; rates are medians, ratios medians of the rounds' own. Open loop:
Poisson arrivals at 30 % of each side's own measured rate, {open_units} units, wait counted from the scheduled
instant. Processor time is that of all processes of the side's web server (for Balai with its background
worker), for PostgreSQL with the server's beside it. The load generator is a process of its own on the same
machine; its share of a core is given. PostgreSQL runs with `fsync=off` (a temporary server), SQLite with
`synchronous=FULL` as always."""


@dataclass
class Side:
    """One of those compared: its server, its requests to come, what was measured."""

    name: str
    server: Server
    waiting: list[str]
    is_spent: bool
    rounds: list[Measured] = field(default_factory=list)
    flow: Measured | None = None

    def next_requests(self, count: int) -> list[str]:
        """So many requests; Balai's are sent once each, the others' again and again."""
        if self.is_spent:
            taken, self.waiting = self.waiting[:count], self.waiting[count:]
            return taken
        return [self.waiting[at % len(self.waiting)] for at in range(count)]

    @property
    def rate(self) -> float:
        """Units a second, median of the rounds."""
        return median(each.rate for each in self.rounds)

    @property
    def errors(self) -> list[str]:
        """Every answer that was not the expected one."""
        return [
            line
            for each in [*self.rounds, *([self.flow] if self.flow else [])]
            for line in each.result.errors
        ]


def run(places: Places, size: Size, say: Say) -> tuple[list[Bar], list[Table]]:
    """Measure on one kind of database."""
    with ExitStack() as stack:
        sides = _open_sides(places, size, say, stack)
        for side in sides:
            _measure(side, size.warm_up)
        for number in range(size.rounds):
            for side in order_of_round(sides, number):
                side.rounds.append(_measure(side, size.units))
                say(f"  round {number + 1} of {size.rounds}: {side.name} {side.rounds[-1].rate:.0f}/s")
        for side in sides:
            say(f"  open loop: {side.name}, {size.open_units} arrivals at {OPEN_SHARE * side.rate:.0f}/s")
            instants = poisson_schedule(OPEN_SHARE * side.rate, size.open_units, seed=SEED)
            side.flow = _measure(side, size.open_units, instants)
    return _bars(places.vendor, sides), [_closed(places.vendor, sides), _open(places.vendor, sides)]


def _open_sides(places: Places, size: Size, say: Say, stack: ExitStack) -> list[Side]:
    town, plain = places.town("balai"), places.town("bare")
    say(f"  {places.vendor}: opening the towns")
    with plain.opened():
        written = plain.stage("written_rows")
    server = stack.enter_context(town.opened())
    needed = size.warm_up + size.rounds * size.units + size.open_units
    say(f"  preparing {needed} citizens with everything but the last click")
    sent = town.stage("applications", needed)
    sides = [Side("balai", server, [_send(server, each) for each in sent], is_spent=True)]
    for name in SIDES[1:]:
        bare = stack.enter_context(plain.opened_bare(written["rows"], alone=name == "view alone"))
        posts = [_insert(bare, session) for session in written["sessions"]]
        sides.append(Side(name, bare, posts, is_spent=False))
    return sides


def _send(server: Server, application: Mapping[str, str]) -> str:
    cookies = {"sessionid": application["session"]}
    return requests.post(
        server.host, application["path"], {"berkas": application["case_id"]}, cookies=cookies
    )


def _insert(server: Server, session: str) -> str:
    return requests.post(server.host, "/ajukan/", {"berkas": "x" * 36}, cookies={"sessionid": session})


def _measure(side: Side, count: int, instants: list[float] | None = None) -> Measured:
    plan = Plan(side.server.port, side.next_requests(count), 302, clients=CLIENTS, instants=instants)
    return measure(side.server, plan)


def _bars(vendor: str, sides: list[Side]) -> list[Bar]:
    ours, bare, _ = sides
    ratio = _ratio(ours, bare)
    spread = _spread(ours) / _spread(bare)
    errors = len(ours.errors)
    return [
        Bar(f"{vendor}: rate >= 60 % of the bare endpoint's", f"{ratio:.0%}", ratio >= RATE_BAR),
        Bar(f"{vendor}: p99/p50 <= 1.5 x the bare endpoint's", f"{spread:.2f} x", spread <= SPREAD_BAR),
        Bar(f"{vendor}: errors", f"{errors} {ours.errors[:1] or ''}".strip(), errors == 0),
    ]


def _ratio(side: Side, other: Side) -> float:
    return paired_ratio([each.rate for each in side.rounds], [each.rate for each in other.rounds])


def _spread(side: Side) -> float:
    assert side.flow is not None  # noqa: S101 - measured before it is told
    return percentile(side.flow.result.latencies, 0.99) / percentile(side.flow.result.latencies, 0.50)


def _closed(vendor: str, sides: list[Side]) -> Table:
    head = (
        "Side",
        "Units/s",
        "Rounds",
        "Balai is",
        "Web CPU ms/unit",
        "Database CPU ms/unit",
        "Generator",
        "Errors",
    )
    return Table(f"{vendor}, closed loop", head, [_closed_row(side, sides[0]) for side in sides])


def _closed_row(side: Side, ours: Side) -> tuple[str, ...]:
    return (
        side.name,
        f"{side.rate:.1f}",
        " ".join(f"{each.rate:.0f}" for each in side.rounds),
        f"{_ratio(ours, side):.0%}",
        f"{median(each.web_ms for each in side.rounds):.2f}",
        f"{median(each.database_ms for each in side.rounds):.2f}",
        f"{median(each.result.own_seconds / each.result.seconds for each in side.rounds):.0%} of a core",
        str(len(side.errors)),
    )


def _open(vendor: str, sides: list[Side]) -> Table:
    head = ("Side", "Arrivals/s", "p50 ms", "p95 ms", "p99 ms", "p99/p50", "Errors")
    return Table(f"{vendor}, open loop", head, [_open_row(side) for side in sides])


def _open_row(side: Side) -> tuple[str, ...]:
    assert side.flow is not None  # noqa: S101 - measured before it is told
    waits: Any = side.flow.result.latencies
    shares = (f"{1000 * percentile(waits, share):.1f}" for share in (0.50, 0.95, 0.99))
    return (
        side.name,
        f"{OPEN_SHARE * side.rate:.1f}",
        *shares,
        f"{_spread(side):.2f}",
        str(len(side.flow.result.errors)),
    )


def report(size: Size, bars: list[Bar], tables: list[Table]) -> Report:
    """The page of the whole measurement."""
    method = METHOD.format(clients=CLIENTS, rounds=size.rounds, units=size.units, open_units=size.open_units)
    remark = f"Load average when it ended: {machine.load_average():.1f}."
    return Report("submit", "Sending an application", "./balai bench submit", method, bars, tables, [remark])

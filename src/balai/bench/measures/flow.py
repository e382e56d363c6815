"""A page under load: how much it carries, then how long people wait at thirty percent of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from balai.bench import requests
from balai.bench.figures import percentile, poisson_schedule
from balai.bench.load import Plan
from balai.bench.measures.sizes import Size
from balai.bench.towns import Measured, Server, measure

OPEN_SHARE = 0.30
CLIENTS = 16
SEED = 20261121


@dataclass(frozen=True)
class PageFigures:
    """One page: rounds of the closed loop, and the open one."""

    rounds: list[Measured]
    flow: Measured

    @property
    def rate(self) -> float:
        """Pages a second, median of the rounds."""
        return median(each.rate for each in self.rounds)

    @property
    def errors(self) -> int:
        """How many answers were not the page."""
        return sum(len(each.result.errors) for each in [*self.rounds, self.flow])

    def wait_ms(self, share: float) -> float:
        """A percentile of the wait in the open loop."""
        return 1000 * percentile(self.flow.result.latencies, share)

    def cells(self) -> tuple[str, ...]:
        """Rate, processor time and waits, as a table shows them."""
        return (
            f"{self.rate:.0f}",
            f"{median(each.web_ms for each in self.rounds):.2f}",
            f"{median(each.database_ms for each in self.rounds):.2f}",
            *(f"{self.wait_ms(share):.1f}" for share in (0.50, 0.95, 0.99)),
            str(self.errors),
        )


HEAD = ("Pages/s", "Web CPU ms", "Database CPU ms", "p50 ms", "p95 ms", "p99 ms", "Errors")


def measure_page(server: Server, path: str, cookies: Mapping[str, str], size: Size) -> PageFigures:
    """Sixteen clients first, then arrivals at thirty percent of what they got through."""
    request = requests.get(server.host, path, cookies=cookies)

    def ask(count: int, **more: Any) -> Measured:
        return measure(server, Plan(server.port, [request] * count, 200, clients=CLIENTS, **more))

    ask(size.warm_up)
    rounds = [ask(size.units) for _ in range(size.rounds)]
    rate = OPEN_SHARE * median(each.rate for each in rounds)
    return PageFigures(
        rounds, ask(size.open_units, instants=poisson_schedule(rate, size.open_units, seed=SEED))
    )

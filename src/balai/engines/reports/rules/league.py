"""A fair league: how well each office keeps its promises, judged with what is known of all offices.

The share in time of an office with few promises says little: three of three is not better than 190 of 200.
So each share is drawn towards the mean of all, the more the fewer promises stand behind it (empirical Bayes).
The offices' true shares are taken to be spread as a Beta distribution whose mean and strength are read off
the offices themselves (`prior`); what the office did is added to it (`standing`). The strength is how many
promises the common opinion is worth. docs/decisions tells why.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

STRONGEST = 1000.0
"""Where offices do not differ at all beyond chance, the common opinion is worth so many promises."""
CREDIBLE = 0.90
_NORMAL = 1.6448536269514722
"""The 95th percentile of the normal distribution: what leaves a twentieth on each side."""


class Record(NamedTuple):
    """What one office did: `n` promises that ended or are overdue, of which `in_time` were kept in time."""

    office: str
    n: int
    in_time: int


class Prior(NamedTuple):
    """What is believed of an office before it is looked at."""

    mean: float
    strength: float


@dataclass(frozen=True)
class Standing:
    """One line of the league. `low` to `high` holds the true share with 90 % belief; `rank` None: too few."""

    office: str
    n: int
    in_time: int
    share: float
    low: float
    high: float
    rank: int | None = None

    @property
    def raw(self) -> float:
        """The share as it was counted."""
        return self.in_time / self.n if self.n else 0.0


def prior(records: Iterable[Record]) -> Prior:
    """Mean and strength of all offices by the method of moments for over-dispersed shares.

    With m the mean and rho the correlation within an office, the weighted squares of the offices' distances
    from m are expected to be m(1-m) * sum((1 - n/N)(1 + (n-1) rho)); solved for rho, strength is 1/rho - 1.
    It is never worth less than one kept and one broken promise.
    """
    seen = [each for each in records if each.n > 0]
    total, kept = sum(each.n for each in seen), sum(each.in_time for each in seen)
    mean = (kept + 1) / (total + 2)
    least = 1 / min(mean, 1 - mean)
    weight = math.fsum((1 - each.n / total) * (each.n - 1) for each in seen)
    if len(seen) < 2 or weight <= 0:
        return Prior(mean, least)
    squares = math.fsum(each.n * (each.in_time / each.n - mean) ** 2 for each in seen)
    rho = (squares / (mean * (1 - mean)) - (len(seen) - 1)) / weight
    strength = 1 / rho - 1 if rho > 0 else STRONGEST
    return Prior(mean, max(least, min(STRONGEST, strength)))


def standing(record: Record, believed: Prior) -> Standing:
    """The office's share after what it did, with the interval in which it lies."""
    kept = believed.mean * believed.strength + record.in_time
    broken = (1 - believed.mean) * believed.strength + record.n - record.in_time
    low, high = (beta_quantile(kept, broken, side) for side in (-_NORMAL, _NORMAL))
    return Standing(*record, share=kept / (kept + broken), low=low, high=high)


def beta_quantile(a: float, b: float, normal: float) -> float:
    """The value of Beta(a, b) where a normal one has `normal` (Abramowitz and Stegun 26.5.22); a, b >= 1."""
    upper = -normal
    left, right = 1 / (2 * a - 1), 1 / (2 * b - 1)
    h = 2 / (left + right)
    edge = (upper**2 - 3) / 6
    w = upper * math.sqrt(h + edge) / h - (right - left) * (edge + 5 / 6 - 2 / (3 * h))
    return a / (a + b * math.exp(2 * w))


def league(records: Sequence[Record], *, least: int) -> list[Standing]:
    """Every office, the best first; those with fewer than `least` promises follow, without a rank.

    Equal shares have the same rank. The order of the records changes nothing.
    """
    believed = prior(records)
    found = [standing(each, believed) for each in records if each.n > 0]
    found.sort(key=lambda each: (each.n < least, -round(each.share, 9), each.office))
    ranked: list[Standing] = []
    for at, each in enumerate(found, start=1):
        if each.n < least:
            ranked.append(each)
            continue
        before = ranked[-1] if ranked else None
        is_equal = before is not None and math.isclose(before.share, each.share, abs_tol=1e-9)
        ranked.append(replace(each, rank=before.rank if before is not None and is_equal else at))
    return ranked

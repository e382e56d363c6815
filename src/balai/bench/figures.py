"""The arithmetic of the measurements: percentiles, arrivals, pairs. Plain functions, no clock."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from statistics import median
from typing import TypeVar

T = TypeVar("T")


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 < share <= 1) of the values do not exceed.

    Nearest rank, so that it is a latency that somebody has waited, never one between two.
    Raises ValueError for no values or a share outside the range.
    """
    if not values or not 0 < share <= 1:
        raise ValueError("percentile of nothing, or a share outside 0 < share <= 1")
    # Rounded first: 0.95 * 20 is a hair above 19 in binary.
    return sorted(values)[math.ceil(round(share * len(values), 9)) - 1]


def poisson_schedule(rate: float, count: int, *, seed: int) -> list[float]:
    """Instants in seconds from the start of `count` arrivals that come independently, `rate` a second.

    The gaps are exponential with mean 1/rate; the same seed gives the same instants, so that both sides
    of a comparison are asked in the same rhythm.
    """
    dice = random.Random(seed)  # noqa: S311 - a rhythm, not a secret
    instants, at = [], 0.0
    for _ in range(count):
        at += dice.expovariate(rate)
        instants.append(at)
    return instants


def order_of_round(sides: Sequence[T], number: int) -> list[T]:
    """Who goes first in a round: every other round runs backwards, so that no side is always the warmer."""
    return list(sides) if number % 2 == 0 else list(reversed(sides))


def paired_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the rounds' own ratios: what disturbed the machine in a round disturbed both sides.

    Raises ValueError when the rounds do not pair.
    """
    return median(our / their for our, their in zip(ours, theirs, strict=True))

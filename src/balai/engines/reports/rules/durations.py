"""How long many promises took, kept small enough to add up: months become a year without reading a row.

Minutes fall into steps that grow by a twentieth, so that a median or p90 read back from them is less than
2.6 % off (and exact up to twenty minutes).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

EXACT_UP_TO, GROWTH = 20, 1.05
Spread = Mapping[str, int]
"""Step to how many; keys are text, as in JSON."""


def quantile(values: Sequence[int], share: float) -> int | None:
    """The smallest value that at least `share` of the sorted values do not exceed; None of nothing."""
    if not values:
        return None
    return values[max(0, math.ceil(round(share * len(values), 9)) - 1)]


def spread_of(values: Iterable[int]) -> dict[str, int]:
    """How many fall into each step."""
    return dict(Counter(str(_step(value)) for value in values))


def added(spreads: Iterable[Spread]) -> dict[str, int]:
    """Several spreads as one."""
    total: Counter[str] = Counter()
    for each in spreads:
        total.update(each)
    return dict(total)


def quantile_of(spread: Spread, share: float) -> int | None:
    """The same as `quantile`, from the steps alone."""
    needed = max(1, math.ceil(round(share * sum(spread.values()), 9)))
    seen = 0
    for step in sorted(map(int, spread)):
        seen += spread[str(step)]
        if seen >= needed:
            return _middle(step)
    return None


def _step(minutes: int) -> int:
    if minutes <= EXACT_UP_TO:
        return minutes
    return EXACT_UP_TO + 1 + int(math.log(minutes / EXACT_UP_TO) / math.log(GROWTH))


def _middle(step: int) -> int:
    if step <= EXACT_UP_TO:
        return step
    return round(EXACT_UP_TO * math.pow(GROWTH, step - EXACT_UP_TO - 0.5))

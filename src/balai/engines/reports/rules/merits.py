"""Which offices a month's figures propose for a reward or a sanction. A proposal; a person decides."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What becomes of an office under one rule."""

    PROPOSED = "proposed"
    NOT = "not"
    TOO_FEW = "too_few"


def verdict(*, n: int, number: int, percent: int, least: int) -> Verdict:
    """Proposed when at least `percent` of its `n` promises earn it; with fewer than `least` not judged."""
    if n < least:
        return Verdict.TOO_FEW
    return Verdict.PROPOSED if number and number * 100 >= percent * n else Verdict.NOT

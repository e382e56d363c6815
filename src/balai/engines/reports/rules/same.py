"""Whether two reports are about the same thing: near, of one kind, lately, in words that are alike."""

from __future__ import annotations

from datetime import timedelta

from rapidfuzz import fuzz

from balai.catalogue.words import words_of

LIKELY = 45
"""Of 100: what is at least so likely the same is shown to whoever is about to report it again."""


def likeness(
    text: str, other: str, *, metres: float | None, near_m: int, apart: timedelta, near_days: int
) -> int:
    """0 to 100. Place weighs most, as one hole has many names; without points the words must carry it."""
    days = abs(apart) / timedelta(days=1)
    if days > near_days or (metres is not None and metres > near_m):
        return 0
    words = fuzz.token_set_ratio(" ".join(words_of(text)), " ".join(words_of(other))) if text and other else 0
    fresh = 1 - days / (near_days * 2)
    if metres is None:
        return round(words * fresh)
    close = 1 - metres / (near_m * 2)
    return round((0.65 * close * 100 + 0.35 * words) * fresh)

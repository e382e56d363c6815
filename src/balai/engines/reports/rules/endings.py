"""Which promises count in the league when they end, and which do not because the agency could not help it."""

from __future__ import annotations

from enum import StrEnum

from balai.engines.reports.enums import ClockName


class Ending(StrEnum):
    """Why clocks stop."""

    KEPT = "kept"
    """The office did what it had promised, in time or late."""
    LAID_ASIDE = "laid_aside"
    """Nothing more is owed: rejected, archived, withdrawn. What was broken before stays broken."""
    EXCUSED = "excused"
    """Nobody could keep it: joined to another report, done by another body, the reporter never answered."""


def counts(ending: Ending, clock: str, *, by: str, in_time: bool) -> bool:
    """Whether a promise that ends so is one row of the league; `by` is the kind of actor that ended it.

    Only a person of the office keeps a promise, never the system. Who lays a report aside has looked at it,
    so that the check of what came in is kept; the rest counts only where it was broken already, so that
    nobody improves a figure by laying late reports aside.
    """
    if ending is Ending.EXCUSED or by == "system":
        return False
    if ending is Ending.LAID_ASIDE:
        return not in_time or (clock == ClockName.ACKNOWLEDGE and by == "officer")
    return by == "officer"

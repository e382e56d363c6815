"""The life of a hand-over as a table, and what LAPOR!'s word makes of it."""

from __future__ import annotations

from typing import Final

from balai.partners.lapor.enums import HandOverState, OutsideState

PERMISSION: Final = "partners.hand_over"

MOVES: Final[dict[str, frozenset[str]]] = {
    HandOverState.WAITING: frozenset(
        {HandOverState.SENT, HandOverState.ACKNOWLEDGED, HandOverState.REFUSED, HandOverState.WITHDRAWN}
    ),
    HandOverState.SENT: frozenset(
        {HandOverState.ACKNOWLEDGED, HandOverState.REFUSED, HandOverState.WITHDRAWN}
    ),
    HandOverState.ACKNOWLEDGED: frozenset(
        {HandOverState.ACKNOWLEDGED, HandOverState.REFUSED, HandOverState.WITHDRAWN}
    ),
    # Reopened over there.
    HandOverState.REFUSED: frozenset({HandOverState.REFUSED, HandOverState.ACKNOWLEDGED}),
    HandOverState.WITHDRAWN: frozenset(),
}
# A subject has at most one of these; the database sees to it.
LIVING: Final = (HandOverState.WAITING, HandOverState.SENT, HandOverState.ACKNOWLEDGED)
REFUSING: Final = frozenset({OutsideState.ARCHIVED, OutsideState.NOT_THEIRS, OutsideState.REJECTED})


def can_move(state: str, to: str) -> bool:
    """Whether a hand-over may go from here to there."""
    return to in MOVES[state]


def state_after(outside_state: str) -> HandOverState:
    """What LAPOR!'s word makes of our hand-over."""
    return HandOverState.REFUSED if outside_state in REFUSING else HandOverState.ACKNOWLEDGED

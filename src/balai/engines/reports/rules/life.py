"""The life of a report as a table."""

from __future__ import annotations

from balai.engines.reports.enums import ReportState as S

_SIDE_EXITS = frozenset({S.REJECTED, S.ARCHIVED, S.JOINED, S.WITHDRAWN})

MOVES: dict[S, frozenset[S]] = {
    S.RECEIVED: frozenset({S.ASSIGNED, S.FORWARDED}) | _SIDE_EXITS,
    # Handed on again, it stays assigned.
    S.ASSIGNED: frozenset({S.ASSIGNED, S.WORKING, S.WAITING, S.FORWARDED, S.RESOLVED}) | _SIDE_EXITS,
    S.WORKING: frozenset({S.ASSIGNED, S.WAITING, S.FORWARDED, S.RESOLVED}) | _SIDE_EXITS,
    # The reporter answered, or the longest wait is over: it is where it was.
    S.WAITING: frozenset({S.ASSIGNED, S.WORKING, S.RESOLVED}) | _SIDE_EXITS,
    # It comes back when the other body sends it back, and is over when that body has mended it.
    S.FORWARDED: frozenset({S.ASSIGNED, S.RESOLVED, S.ARCHIVED, S.WITHDRAWN}),
    S.RESOLVED: frozenset({S.CLOSED, S.UNCONFIRMED, S.WORKING}),
    # A re-check, or a reporter who speaks late, opens it again.
    S.CLOSED: frozenset({S.WORKING}),
    S.UNCONFIRMED: frozenset({S.WORKING, S.CLOSED}),
    S.REJECTED: frozenset({S.ASSIGNED}),
    S.ARCHIVED: frozenset({S.ASSIGNED}),
    # A wrong merge is taken apart, and begins anew.
    S.JOINED: frozenset({S.RECEIVED}),
    S.WITHDRAWN: frozenset(),
}


def may_move(present: str, following: S) -> bool:
    """Whether the table knows this move."""
    return following in MOVES[S(present)]

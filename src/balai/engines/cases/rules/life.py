"""The life of a case as a table, and which steps may open."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from balai.catalogue.schema import Step
from balai.engines.cases.enums import CaseState

MOVES: dict[CaseState, frozenset[CaseState]] = {
    CaseState.SUBMITTED: frozenset(
        {CaseState.RETURNED, CaseState.APPROVED, CaseState.REJECTED, CaseState.WITHDRAWN}
    ),
    CaseState.RETURNED: frozenset({CaseState.SUBMITTED, CaseState.WITHDRAWN, CaseState.EXPIRED}),
    # Where no letter is made there is nothing to issue: a card goes to its shelf, and what makes nothing is
    # over. A letter that is printed at home waits on no shelf.
    CaseState.APPROVED: frozenset({CaseState.ISSUED, CaseState.READY, CaseState.CLOSED}),
    CaseState.ISSUED: frozenset({CaseState.READY, CaseState.CLOSED, CaseState.REPLACING}),
    CaseState.READY: frozenset({CaseState.CLOSED, CaseState.REPLACING}),
    # A letter may prove wrong after everything was over: the same application makes a better one.
    CaseState.CLOSED: frozenset({CaseState.REPLACING}),
    # Called off, it is what it was before.
    CaseState.REPLACING: frozenset({CaseState.APPROVED, CaseState.ISSUED, CaseState.READY, CaseState.CLOSED}),
    # Once, an objection is looked into: the rejection stands, or the case runs again.
    CaseState.REJECTED: frozenset({CaseState.OBJECTED}),
    CaseState.OBJECTED: frozenset({CaseState.REJECTED, CaseState.SUBMITTED}),
    CaseState.WITHDRAWN: frozenset(),
    CaseState.EXPIRED: frozenset(),
}

UNDECIDED = frozenset({CaseState.SUBMITTED, CaseState.RETURNED})
OVER = frozenset({CaseState.CLOSED, CaseState.REJECTED, CaseState.WITHDRAWN, CaseState.EXPIRED})
# Over without a product: it may be filed anew from the old answers.
FAILED = frozenset({CaseState.REJECTED, CaseState.WITHDRAWN, CaseState.EXPIRED})
# States in which a letter was published.
LETTER_OUT = frozenset({CaseState.ISSUED, CaseState.READY, CaseState.CLOSED, CaseState.REPLACING})


def may_move(present: str, following: CaseState) -> bool:
    """Whether the table knows this move."""
    return following in MOVES[CaseState(present)]


def prerequisites(steps: Sequence[Step]) -> dict[str, frozenset[str]]:
    """For each step the steps that must be done first: `after`, or else the step written before it.

    Steps that do not apply to the case's answers were left out by `steps_for`; what waited for one of them
    waits for nothing in its place but for the steps that are there.
    """
    present = {step.id for step in steps}
    needed: dict[str, frozenset[str]] = {}
    for position, step in enumerate(steps):
        if step.after is not None:
            needed[step.id] = frozenset(step.after) & present
        else:
            needed[step.id] = frozenset({steps[position - 1].id} if position else ())
    return needed


def steps_ready(steps: Sequence[Step], *, done: Collection[str], open: Collection[str]) -> list[Step]:
    """Steps that may open now: neither done nor open, and everything before them done. May be several."""
    needed = prerequisites(steps)
    return [
        step for step in steps if step.id not in done and step.id not in open and needed[step.id] <= set(done)
    ]

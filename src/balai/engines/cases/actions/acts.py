"""The registry of step acts: what a step of a definition may mean. One class an act, no `if act ==` chain.

An act is named by `act` in `service.toml`. To add one (a field visit, a recommendation) write a subclass,
register it, and give it a door of its own in `actions` where its facts are typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from django.utils.functional import Promise

from balai.engines.cases.enums import CaseState, EventKind

if TYPE_CHECKING:
    from balai.catalogue.schema import ServiceDefinition
    from balai.engines.cases.models import Case, CaseStep
    from balai.people.models import Officer


@dataclass(frozen=True)
class Move:
    """One officer performing one open step. `facts` are what the act asks for, in the act's own class."""

    by: Officer
    case: Case
    step: CaseStep
    service: ServiceDefinition
    at: datetime
    facts: Any


class StepAct:
    """What it means to do a step. Instances hold nothing; `perform` runs under the lock on the case."""

    code: ClassVar[str]
    states: ClassVar[frozenset[CaseState]]
    """States of the case in which the act can be done."""
    event: ClassVar[EventKind]
    waiting_label: ClassVar[str | Promise]
    """What the citizen reads while the step is open."""
    done_text: ClassVar[str | Promise]
    """What the timeline says afterwards."""
    waits_for_citizen: ClassVar[bool] = False
    decides: ClassVar[bool] = False
    """Whether doing it is the decision on the case; a definition has exactly one such step."""
    turn: ClassVar[Literal["", "initial", "sign"]] = ""
    """Whose turn at the letter it is. Such a step is done at the signing page of `documents`, never here:
    the case asks for the letter when the first of them opens, and hears what became of it."""

    is_written: ClassVar[bool] = True
    """Whether a definition may name it; others open by themselves."""
    informs: ClassVar[bool] = False
    """Whether it leaves an opinion or a report that whoever decides reads; see decision 0013."""

    def told(self, move: Move) -> str | Promise:
        """What the timeline says of this time it was done."""
        return self.done_text

    def event_of(self, move: Move) -> EventKind:
        """The kind of line in the timeline, of this time it was done."""
        return self.event

    def perform(self, move: Move) -> bool:
        """Do it; True when the steps behind it may open now, False when something else opens them later.

        Raises a CitizenError when the facts or the case do not allow it.
        """
        raise NotImplementedError


_acts: dict[str, StepAct] = {}


def register(act: type[StepAct]) -> type[StepAct]:
    """Add an act; the same code twice is a programming error."""
    if act.code in _acts:
        raise ValueError(f"step act {act.code!r} is registered twice")
    _acts[act.code] = act()
    return act


def act_of(code: str) -> StepAct:
    """The act of this code; raises LookupError."""
    try:
        return _acts[code]
    except KeyError:
        raise LookupError(f"no step act {code!r}") from None


def codes() -> frozenset[str]:
    """Codes of every act that a definition may name."""
    return frozenset(code for code, act in _acts.items() if act.is_written)

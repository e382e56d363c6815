"""How turns follow each other. Called inside the transaction of whoever holds the letter's lock."""

from __future__ import annotations

from balai.documents.enums import SignatureKind, TurnState
from balai.documents.errors import NotYourTurn, TurnOver
from balai.documents.models import Letter, Turn
from balai.people.models import Officer
from balai.runtime import clock
from balai.runtime.jobs import enqueue
from balai.runtime.statements import Rows, save
from balai.runtime.transaction import lock

UNTAKEN = (TurnState.AHEAD, TurnState.OPEN, TurnState.QUEUED)

_LEFT = Rows(
    Turn, "letter_id = %s AND state IN ('ahead', 'open', 'queued') ORDER BY position", "letter"
)  # UNTAKEN


def open_next(letter: Letter) -> Turn | None:
    """Open the first turn ahead, unless another is open or queued still; None when none is left."""
    left = _LEFT.read(letter.pk)
    if not left:
        return None
    if left[0].state == TurnState.AHEAD:
        left[0].state, left[0].open_at = TurnState.OPEN, clock.now()
        save(left[0], "state", "open_at")
    return left[0]


def go_on(letter: Letter) -> None:
    """After a turn was taken without a certified signature: the next one, or the letter is made."""
    if open_next(letter) is None and letter.signature == SignatureKind.WET:
        enqueue("documents.produce", key=str(letter.pk), letter_id=letter.pk)


def take(turn: Turn, *, by: Officer, note: str = "", state: TurnState = TurnState.TAKEN) -> None:
    """The officer has done what the turn was for, or refused to."""
    turn.state, turn.officer, turn.taken_at, turn.note = state, by, clock.now(), note
    turn.unsure, turn.fault = False, ""
    save(turn, "state", "officer", "taken_at", "note", "unsure", "fault")


def cancel_rest(letter: Letter) -> None:
    """Nobody has a turn at a letter that will not be."""
    letter.turns.filter(state__in=UNTAKEN).update(state=TurnState.CANCELLED, unsure=False)


def opened(turn: Turn, *, by: Officer) -> tuple[Letter, Turn]:
    """Letter and turn, locked: the officer's, and open. Raises NotYourTurn, TurnOver."""
    letter = lock(turn.letter)
    fresh = lock(turn)
    require(fresh, by=by)
    fresh.letter = letter
    return letter, fresh


def require(turn: Turn, *, by: Officer) -> None:
    """Refuse a turn that is not the officer's or not open."""
    if not by.has_permission(turn.permission, turn.office_code):
        raise NotYourTurn()
    if turn.state != TurnState.OPEN:
        raise TurnOver(state=TurnState(turn.state).label.lower())

"""Taking a turn at a letter: to initial it, to refuse it, to sign it in ink."""

from __future__ import annotations

from balai import audit
from balai.documents import numbering, turning
from balai.documents.enums import LetterState, News, SignatureKind, TurnKind, TurnState
from balai.documents.errors import AlreadySigned, NotYourTurn, RefusalUnexplained
from balai.documents.models import Letter, Turn
from balai.documents.news import announce
from balai.documents.signatories import SIGNER_FIELDS, print_signer
from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text
from balai.people.models import Officer
from balai.runtime.transaction import write_transaction

NOTE_LENGTH = 500


@write_transaction(locks=("letter", "turn"))
def initial(*, by: Officer, turn: Turn, note: str = "") -> Turn:
    """Say "read and found right"; `note` is for whoever comes after. Raises NotYourTurn, TurnOver."""
    letter, turn = turning.opened(turn, by=by)
    if turn.kind != TurnKind.INITIAL:
        raise NotYourTurn()
    turning.take(turn, by=by, note=_cleaned(note))
    audit.record("documents.initialled", by=by.as_actor(), about=letter.owner, data=_which(letter))
    turning.go_on(letter)
    announce(letter, News.INITIALLED, turn)
    return turn


@write_transaction(locks=("letter", "turn", "number"))
def refuse(*, by: Officer, turn: Turn, reason: str) -> Turn:
    """Stop the letter with a reason; a number that it had stays in the book, void.

    Raises NotYourTurn, TurnOver, RefusalUnexplained.
    """
    why = _cleaned(reason)
    if not why:
        raise RefusalUnexplained()
    letter, turn = turning.opened(turn, by=by)
    turning.take(turn, by=by, note=why, state=TurnState.REFUSED)
    audit.record("documents.refused", by=by.as_actor(), about=letter.owner, note=why, data=_which(letter))
    numbering.stop(letter, by=by.as_actor(), why=why)
    announce(letter, News.REFUSED, turn)
    return turn


@write_transaction(locks=("letter", "turn"))
def sign_in_ink(*, by: Officer, turn: Turn) -> Turn:
    """Let the letter be printed and signed by hand. Raises NotYourTurn, TurnOver, AlreadySigned."""
    letter, turn = turning.opened(turn, by=by)
    if turn.kind != TurnKind.SIGN:
        raise NotYourTurn()
    if letter.state == LetterState.SIGNED:
        raise AlreadySigned()
    print_signer(letter, by=by, turn=turn)
    letter.signature, letter.level = SignatureKind.WET, ""
    letter.save(update_fields=["signature", "level", *SIGNER_FIELDS])
    turning.take(turn, by=by)
    audit.record("documents.signs_in_ink", by=by.as_actor(), about=letter.owner, data=_which(letter))
    turning.go_on(letter)
    return turn


def _cleaned(text: str) -> str:
    """What was written, as one tidy text; what cannot be kept at all counts as nothing written."""
    try:
        return clean_text(text, multiline=True)[:NOTE_LENGTH]
    except ValueRefused:
        return ""


def _which(letter: Letter) -> dict[str, str]:
    return {"letter": str(letter.pk)}

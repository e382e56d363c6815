"""What the officer's page says of the letter: where it stands, whose turn it was and is, what may be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from balai.documents import queries as documents
from balai.documents import revocation
from balai.documents.enums import IN_THE_MAKING, TurnKind, TurnState
from balai.documents.permissions import REVOKE
from balai.engines.cases.enums import CaseState
from balai.engines.cases.forms.letters import RevokeForm
from balai.engines.cases.models import Case, Replacement
from balai.engines.cases.queries.replacing import open_replacement
from balai.engines.cases.rules import access, life
from balai.government import current as government
from balai.kernel.dates import format_datetime

if TYPE_CHECKING:
    from balai.documents.models import Letter, Turn
    from balai.people.models import Officer

LABELS = {TurnKind.INITIAL: _("Baca dan paraf surat"), TurnKind.SIGN: _("Baca dan tanda tangani surat")}
STATES = {
    TurnState.AHEAD: "next",
    TurnState.OPEN: "current",
    TurnState.QUEUED: "current",
    TurnState.TAKEN: "done",
    TurnState.REFUSED: "fault",
    TurnState.CANCELLED: "next",
}


def letter_of(case: Case, officer: Officer) -> dict[str, Any]:
    """The letter, its file and its turns; each absent while there is none."""
    letter = documents.letter(case.letter_id) if case.letter_id else None
    if letter is None:
        return {"letter": None, "letter_upload": None, "turns": [], "turn_url": "", "is_waited_for": False}
    turns = documents.turns_of(letter)
    mine = next((turn for turn in turns if documents.may_take(officer, turn)), None)
    return {
        "letter": letter,
        "letter_upload": documents.letter_upload(letter),
        "revocation": revocation.title_of(letter.revocation_code) if letter.is_revoked else "",
        "turns": [_turn(turn) for turn in turns],
        "turn_url": f"/meja/tanda-tangan/{mine.pk}/" if mine else "",
        "turn_label": LABELS[TurnKind(mine.kind)] if mine else "",
        "is_waited_for": letter.state in IN_THE_MAKING,
    }


def acts_on_letter(case: Case, letter: Letter | None, officer: Officer) -> dict[str, Any]:
    """What this officer may do with a letter that is out, and the replacement that is under way."""
    may = letter is not None and access.may(officer, REVOKE, case.office_code)
    is_out = letter is not None and letter.published_at is not None
    replacement = open_replacement(case)
    return {
        "may_replace": may and is_out and case.state in life.LETTER_OUT - {CaseState.REPLACING},
        "may_revoke": may and letter is not None and letter.is_in_force,
        "revoke_form": RevokeForm(),
        "may_call_off": may and replacement is not None and _is_to_call_off(case, replacement),
        "replacement": replacement,
        "replacement_reason": revocation.title_of(replacement.reason_code) if replacement else "",
    }


def _is_to_call_off(case: Case, replacement: Replacement) -> bool:
    """While the new letter is not being signed; how the case stood before must be known."""
    return case.state == CaseState.REPLACING and replacement.earlier is not None


def _turn(turn: Turn) -> dict[str, str]:
    """One turn as the timeline draws it."""
    zone = government().tzinfo
    at = format_datetime(turn.taken_at, zone) if turn.taken_at else ""
    is_waiting = turn.state in (TurnState.OPEN, TurnState.QUEUED) and not at
    if is_waiting and turn.open_at:
        at = gettext("Menunggu sejak %(at)s") % {"at": format_datetime(turn.open_at, zone)}
    return {
        "title": str(TurnKind(turn.kind).label),
        "state": STATES[TurnState(turn.state)],
        "at": at,
        "by": turn.officer.name if turn.officer and not is_waiting else "",
        "text": turn.note,
    }

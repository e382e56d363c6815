"""A replacement that proves needless, or wrongly begun, is called off: all stands as it stood before."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balai.documents import queries as documents
from balai.documents.enums import IN_THE_MAKING, LetterState
from balai.documents.errors import BeingSigned
from balai.documents.permissions import REVOKE
from balai.engines.cases.actions import letters, moving, steps
from balai.engines.cases.enums import CaseState, EventKind, StepState
from balai.engines.cases.errors import NotNow
from balai.engines.cases.models import Case, Handover, Replacement
from balai.engines.cases.queries.replacing import clock_name, open_replacement
from balai.engines.cases.rules import access
from balai.kernel.references import Actor
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction
from balai.work import actions as work

if TYPE_CHECKING:
    from balai.people.models import Officer

OUTCOME = "called-off"
STOPPABLE = (*(IN_THE_MAKING - {LetterState.SIGNED}), LetterState.VOID)


def stand_of(case: Case) -> dict[str, Any]:
    """How the case stands before a replacement changes it, to be brought back by `call_off_replacement`."""
    done = case.steps.filter(state=StepState.DONE).values_list("pk", "outcome")
    return {
        "state": str(case.state),
        "closed_at": _told(case.closed_at),
        "printed_at": _told(case.printed_at),
        "shelf_number": case.shelf_number,
        "answers": case.answers.clear,
        "applicant_label": case.applicant_label,
        "done": {str(pk): outcome for pk, outcome in done},
    }


@write_transaction(locks=("case", "letter", "turn", "number"))
def call_off_replacement(*, by: Officer, case: Case) -> Case:
    """The old letter stays; the case is again what it was when the replacement was ordered.

    What was corrected for the new letter is taken back, and that letter is stopped. Raises NotYourStep
    (`documents.revoke` at the case's office), NotNow (nothing is being replaced, or the new letter is out),
    and BeingSigned once the new letter is under the signature.
    """
    case, at, actor = lock(case), clock.now(), by.as_actor()
    access.require(by, REVOKE, case.office_code)
    replacement = open_replacement(case) if case.state == CaseState.REPLACING else None
    if replacement is None or replacement.earlier is None:
        raise NotNow(state=case.state_label)
    _stop_new_letter(case, replacement, by=actor)
    moving.cancel_steps(case, by=actor, at=at, outcome=OUTCOME)
    is_in_force = _bring_back(case, replacement, by=actor, at=at)
    replacement.done_at = replacement.called_off_at = at
    replacement.save(update_fields=["done_at", "called_off_at"])
    text = _("Penggantian surat dibatalkan; surat lama tetap berlaku.")
    if not is_in_force:
        text = _("Penggantian surat dibatalkan.")
    data = {"letter": str(replacement.letter_id), "reason": replacement.reason_code}
    moving.tell(case, EventKind.KEPT, by=actor, at=at, text=text, data=data)
    if is_in_force:
        moving.notify_applicant(case, "kept")
    moving.keep(case, at)
    return case


def _stop_new_letter(case: Case, replacement: Replacement, *, by: Actor) -> None:
    """The letter in the making is stopped. One that is out already has taken the old one's place."""
    letter = documents.letter(case.letter_id) if case.letter_id else None
    if letter is not None and letter.pk != replacement.letter_id:
        if letter.state not in STOPPABLE:
            raise BeingSigned()
        letters.withdraw_letter(case, by=by, reason=_("Penggantian surat dibatalkan"))
    case.letter_id = replacement.letter_id


def _bring_back(case: Case, replacement: Replacement, *, by: Actor, at: datetime) -> bool:
    """The case as it stood; whether its letter still counts. One that was revoked meanwhile is over."""
    earlier = replacement.earlier.clear
    letter = documents.letter(replacement.letter_id)
    is_in_force = letter is not None and not letter.is_revoked
    state = CaseState(earlier["state"]) if is_in_force else CaseState.CLOSED
    _bring_back_steps(case, earlier["done"])
    moving.enter(case, state, at)
    case.closed_at = (_read(earlier["closed_at"]) or at) if state == CaseState.CLOSED else None
    case.printed_at, case.shelf_number = _read(earlier["printed_at"]), earlier["shelf_number"]
    case.answers, case.applicant_label = earlier["answers"], earlier["applicant_label"]
    _bring_back_handover(case, replacement)
    if state == CaseState.CLOSED:
        work.stop_clock(by=by, subject=case.as_subject(), at=at)
        return is_in_force
    work.stop_clock(by=by, subject=case.as_subject(), at=at, name=clock_name(case))
    steps.move_on(case, by=by, at=at)
    return is_in_force


def _bring_back_steps(case: Case, done: dict[str, str]) -> None:
    """What was done for the old letter counts again; what was done for the new one counts no more."""
    case.steps.filter(state=StepState.DONE).update(state=StepState.CANCELLED, outcome=OUTCOME)
    for pk, outcome in done.items():
        case.steps.filter(pk=pk).update(state=StepState.DONE, outcome=outcome)


def _bring_back_handover(case: Case, replacement: Replacement) -> None:
    if replacement.earlier_handover is None:
        return
    kept = replacement.earlier_handover.clear
    Handover.objects.create(
        case=case,
        **{name: kept[name] for name in ("taker_name", "taker_relation", "taker_id_kind", "taker_id_masked")},
        at=datetime.fromisoformat(kept["at"]),
        by_id=UUID(kept["by_id"]),
        by_name=kept["by_name"],
    )


def _told(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

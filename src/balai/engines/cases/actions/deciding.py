"""The decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from balai.engines.cases.actions import letters, moving
from balai.engines.cases.actions.steps import decide, perform
from balai.engines.cases.enums import CaseState, EventKind
from balai.engines.cases.errors import NotYourStep, ReasonRefused
from balai.engines.cases.models import Case
from balai.engines.cases.queries import finding
from balai.engines.cases.queries.filing import may_decide
from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction
from balai.threads import actions as threads
from balai.work import actions as work

if TYPE_CHECKING:
    from balai.people.models import Officer


def approve(*, by: Officer, case: Case) -> Case:
    """Say yes; the letter is asked for in the same transaction.

    Of two officers deciding at once the second gets Overtaken, with the name of the first.
    NotYourStep, NotNow.
    """
    return perform(by=by, case=case, act="approve")


@write_transaction(locks=("case", "letter", "turn", "number"))
def reject(*, by: Officer, case: Case, reason_code: str, note: str = "") -> Case:
    """Say no, with a reason of the service's list; `note` adds words for the citizen.

    ReasonRefused, NotYourStep (whoever could not approve), Overtaken, NotNow, BeingSigned.
    """
    case, at, actor = lock(case), clock.now(), by.as_actor()
    service = finding.definition_of(case)
    if not may_decide(by, case, service):
        raise NotYourStep()
    moving.require_state(case, CaseState.SUBMITTED)
    try:
        reason = service.reject_reason_of(reason_code)
        words = clean_text(note, multiline=True)
    except (KeyError, ValueRefused):
        raise ReasonRefused() from None
    letters.withdraw_letter(case, by=actor, reason=_("Permohonan ditolak"))
    decide(case, CaseState.REJECTED, by=by, at=at)
    case.reason_code = reason.code
    moving.cancel_steps(case, by=actor, at=at, outcome="rejected")
    work.stop_clock(by=actor, subject=case.as_subject(), at=at)
    if words:
        threads.post(by=actor, subject=case.as_subject(), text=words)
    text = _("Permohonan ditolak: %(reason)s") % {"reason": reason.title}
    moving.tell(case, EventKind.REJECTED, by=actor, at=at, text=text, data={"reason": reason.code})
    moving.notify_applicant(case, "rejected")
    moving.keep(case, at)
    return case

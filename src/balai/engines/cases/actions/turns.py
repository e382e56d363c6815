"""What became of the letter at the signing page: initialled, refused, published, revoked.

`documents` says each of these at least once and in any order, so every telling counts once, and a later one
brings in what an earlier one should have said.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from balai.documents import queries as documents
from balai.documents import revocation
from balai.documents.enums import LetterState, SignatureKind, TurnKind, TurnState
from balai.engines.cases.actions import letters, moving
from balai.engines.cases.actions.acts import act_of
from balai.engines.cases.actions.steps import decide, move_on
from balai.engines.cases.enums import CaseState, Delivery, EventKind, StepState
from balai.engines.cases.models import Case
from balai.engines.cases.queries import finding
from balai.engines.cases.rules import life
from balai.kernel.references import SYSTEM, Actor
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction
from balai.sync import actions as sync
from balai.threads import actions as threads
from balai.threads.enums import Audience
from balai.work import actions as work
from balai.work import queries as work_queries

if TYPE_CHECKING:
    from balai.documents.models import Letter, Turn
    from balai.people.models import Officer

BEFORE = (CaseState.SUBMITTED, CaseState.REPLACING)
WAITED_FOR = (CaseState.ISSUED, CaseState.READY)


@write_transaction(locks=("case", "letter"))
def letter_initialled(*, case_id: str, letter_id: str) -> None:
    """Somebody initialled: her step is done, and the next opens."""
    case, letter = lock(Case(pk=case_id)), documents.letter(letter_id)
    if letter is not None and _is_awaited(case, letter):
        _catch_up(case, letter, clock.now())


@write_transaction(locks=("case", "letter"))
def letter_published(*, case_id: str, letter_id: str) -> None:
    """The letter is out: the case is issued, and what follows may begin. Said twice, it counts once."""
    case, letter, at = lock(Case(pk=case_id)), documents.letter(letter_id), clock.now()
    if letter is None or str(case.letter_id) != str(letter.pk):
        return
    signer: Actor = SYSTEM
    if case.state in BEFORE:
        signer = _signed(case, letter, at)
    if case.state != CaseState.APPROVED:
        return
    moving.enter(case, CaseState.ISSUED, at)
    case.replacements.filter(done_at=None).update(done_at=at)
    _require_paper(case, letter, by=signer, at=at)
    text = _("Surat sudah terbit dan bernomor.")
    moving.tell(case, EventKind.ISSUED, by=SYSTEM, at=at, text=text, data={"letter": letter_id})
    move_on(case, by=signer, at=at)
    moving.keep(case, at)


def _is_awaited(case: Case, letter: Letter) -> bool:
    return case.state in BEFORE and str(case.letter_id) == str(letter.pk) and letter.state != LetterState.VOID


def _catch_up(case: Case, letter: Letter, at: datetime) -> None:
    """Finish every step whose turn was taken, in order, except the signature: that counts when published."""
    for turn in documents.turns_of(letter):
        if turn.kind != TurnKind.SIGN and turn.state == TurnState.TAKEN:
            _finish(case, turn, at)


def _finish(case: Case, turn: Turn, at: datetime) -> None:
    """The step of this turn is done by whoever took it; nothing when it was done already."""
    service = finding.definition_of(case)
    planned = moving.turn_steps(moving.steps_of(case, service))[turn.position - 1]
    step = case.steps.filter(step_id=planned.id, state=StepState.OPEN).first()
    officer = turn.officer
    if step is None or officer is None:
        return
    step.case = case
    act = act_of(step.act)
    moving.finish_step(step, by=officer.as_actor(), at=turn.taken_at or at, outcome="done")
    moving.tell(
        case, act.event, by=officer.as_actor(), at=at, text=act.done_text, data={"step": step.step_id}
    )
    if act.decides:
        return
    move_on(case, by=officer.as_actor(), at=at)
    moving.keep(case, at)


def _signed(case: Case, letter: Letter, at: datetime) -> Actor:
    """The decision, by whoever signed; every turn before hers was taken."""
    _catch_up(case, letter, at)
    turn = next(each for each in reversed(documents.turns_of(letter)) if each.kind == TurnKind.SIGN)
    officer: Officer | None = turn.officer
    if officer is None:
        raise ValueError(f"the letter {letter.pk} is published and nobody signed it")
    decide(case, CaseState.APPROVED, by=officer, at=at)
    _finish(case, turn, at)
    return officer.as_actor()


def _require_paper(case: Case, letter: Letter, *, by: Actor, at: datetime) -> None:
    """What was signed in ink after all has to be fetched, whatever was chosen."""
    if letter.signature == SignatureKind.WET and case.delivery == Delivery.DOWNLOAD:
        case.delivery = Delivery.PICKUP
        text = _("Surat ini ditandatangani basah, jadi diambil di kantor.")
        moving.tell(case, EventKind.ISSUED, by=by, at=at, text=text)


@write_transaction(locks=("case", "letter"))
def letter_stopped(*, case_id: str, letter_id: str, turn_id: str = "") -> None:
    """Somebody refused to initial or to sign, or made its number void: the operator looks again.

    The clock goes on: it is the office's own matter.
    """
    case, at = lock(Case(pk=case_id)), clock.now()
    if case.state not in BEFORE or str(case.letter_id) != str(letter_id):
        return
    letter = documents.letter(letter_id)
    if letter is None or letter.state != LetterState.VOID:
        return
    turn = next((each for each in documents.turns_of(letter) if str(each.pk) == turn_id), None)
    by = turn.officer.as_actor() if turn is not None and turn.officer is not None else SYSTEM
    letters.forget_letter(case)
    lawful = work_queries.newest_clock(case.as_subject())
    moving.start_over(
        case,
        finding.definition_of(case),
        by=by,
        at=at,
        due_at=lawful.due_at if lawful else at,
        outcome="refused",
    )
    if turn is not None and turn.note:
        threads.post(by=by, subject=case.as_subject(), text=turn.note, audience=Audience.INTERNAL)
    text = _("Surat belum ditandatangani; petugas memeriksanya sekali lagi.")
    moving.tell(case, EventKind.REFUSED, by=by, at=at, text=text, data={"letter": letter_id})
    moving.keep(case, at)


@write_transaction(locks="case")
def letter_revoked(*, case_id: str, letter_id: str) -> None:
    """A letter of this case counts no more: told in its history, and to the applicant."""
    case, letter, at = lock(Case(pk=case_id)), documents.letter(letter_id), clock.now()
    if letter is None or not letter.is_revoked or _is_told(case, letter):
        return
    actor = SYSTEM
    if letter.revocation_code == revocation.REPLACED:
        text = str(_("Surat lama sudah diganti dan tidak berlaku lagi."))
    else:
        reason = revocation.title_of(letter.revocation_code)
        text = _("Surat dicabut: %(reason)s.") % {"reason": reason}
        if _is_hers(case, letter):
            moving.notify_applicant(case, "revoked")
        _wait_no_more(case, letter, by=actor, at=at)
    moving.tell(case, EventKind.REVOKED, by=actor, at=at, text=text, data={"letter": letter_id})
    moving.keep(case, at)


def _is_hers(case: Case, letter: Letter) -> bool:
    """Whether the letter that goes is the one she holds: once a better one is out, it is not."""
    is_last = str(case.letter_id) == str(letter.pk)
    return case.state == CaseState.REPLACING or (is_last and case.state in life.LETTER_OUT)


def _wait_no_more(case: Case, letter: Letter, *, by: Actor, at: datetime) -> None:
    """What is revoked is neither printed nor fetched: the case is over until a better letter is ordered."""
    if case.state not in WAITED_FOR or str(case.letter_id) != str(letter.pk):
        return
    moving.cancel_steps(case, by=by, at=at, outcome="revoked")
    work.stop_clock(by=by, subject=case.as_subject(), at=at)
    moving.enter(case, CaseState.CLOSED, at)


def _is_told(case: Case, letter: Letter) -> bool:
    """Whether this telling came before; the first one leaves its mark with the facts it writes."""
    subject = case.as_subject()
    mark = sync.once(
        owner=subject, kind="cases.letter_revoked", key=str(letter.pk), result=letter.as_subject()
    )
    return mark is not None

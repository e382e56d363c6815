"""Performing a step: the frame that all acts share, and the acts that a product needs."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.documents import queries as documents
from balai.engines.cases.actions import moving
from balai.engines.cases.actions.acts import Move, StepAct, act_of, register
from balai.engines.cases.actions.letters import is_promised, request_letter
from balai.engines.cases.enums import CaseState, EventKind, StepState
from balai.engines.cases.errors import (
    FaultsStand,
    IdentityNotProven,
    LetterNotInForce,
    NotNow,
    NotYourStep,
    Overtaken,
    ShelfNumberRefused,
    VerdictMissing,
)
from balai.engines.cases.models import Case, CaseStep, Handover
from balai.engines.cases.queries import finding, sheets
from balai.engines.cases.queries.referring import references_of
from balai.engines.cases.rules import access, checking
from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text
from balai.people.enums import IdentityLevel
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction
from balai.work import actions as work
from balai.work import queries as work_queries

if TYPE_CHECKING:
    from balai.catalogue.schema import ServiceDefinition
    from balai.people.models import Officer

_SHELF = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./-]{0,19}")


@write_transaction(locks=("case", "letter"))
def perform(*, by: Officer, case: Case, act: str, facts: Any = None, step_id: str = "") -> Case:
    """Do the open step of this act, and open what follows; the fresh case.

    `step_id` says which, where several of one act are open; without it the one that opened first.

    Raises NotYourStep, Overtaken (a colleague was first; the sentence names her), NotNow, and whatever
    the act itself refuses.
    """
    doing, at = act_of(act), clock.now()
    case = lock(case)
    step = open_step(by, case, doing, step_id)
    service = finding.definition_of(case)
    move = Move(by=by, case=case, step=step, service=service, at=at, facts=facts)
    moves_on = doing.perform(move)
    moving.finish_step(step, by=by.as_actor(), at=at, outcome="done")
    data = {"step": step.step_id, **({"opinion": step.opinion} if step.opinion else {})}
    moving.tell(case, doing.event_of(move), by=by.as_actor(), at=at, text=doing.told(move), data=data)
    if moves_on:
        move_on(case, by=by.as_actor(), at=at)
    moving.keep(case, at)
    return case


def move_on(case: Case, *, by: Any, at: datetime) -> None:
    """Open the steps whose turn it is; when none is left, the case is closed."""
    service = finding.definition_of(case)
    lawful = work_queries.newest_clock(case.as_subject())
    due_at = lawful.due_at if lawful else at
    opened = moving.open_ready_steps(case, service, by=by, at=at, due_at=due_at)
    if not opened and not moving.open_steps(case):
        _close(case, service, by=by, at=at)


def _close(case: Case, service: ServiceDefinition, *, by: Any, at: datetime) -> None:
    """Nothing is left to do. Who did not fetch anything from a shelf has heard of nothing yet."""
    moving.enter(case, CaseState.CLOSED, at)
    work.stop_clock(by=by, subject=case.as_subject(), at=at)
    if not case.shelf_number:
        moving.notify_applicant(case, "issued" if is_promised(case, service) else "finished")


def open_step(by: Officer, case: Case, act: StepAct, step_id: str = "") -> CaseStep:
    """The open step of this act that the officer may do. NotYourStep, Overtaken, NotNow."""
    found = case.steps.filter(act=act.code, **({"step_id": step_id} if step_id else {}))
    rows = list(found.select_related("case").order_by("opened_at", "id"))
    mine = [row for row in rows if access.may(by, row.permission, row.office_code)]
    if rows and not mine:
        raise NotYourStep()
    for row in mine:
        if row.state == StepState.OPEN and case.state in act.states:
            row.case = case
            return row
    done = [row for row in mine if row.state == StepState.DONE]
    if done and case.state not in (CaseState.RETURNED, CaseState.REJECTED, CaseState.WITHDRAWN):
        raise Overtaken(what=str(act.event.label).lower(), who=done[-1].by_name)
    raise moving.overtaken(case) if rows else NotNow(state=case.state_label)


@register
class Check(StepAct):
    """The operator judges every requirement; a complete and sound application goes on."""

    code = "check"
    states = frozenset({CaseState.SUBMITTED, CaseState.REPLACING})
    event = EventKind.CHECKED
    waiting_label = _("Sedang diperiksa petugas")
    done_text = _("Semua syarat sudah diperiksa dan lengkap.")

    def perform(self, move: Move) -> bool:
        """Raises VerdictMissing or FaultsStand."""
        require_all_judged(move.case)
        require_no_faults(move.case)
        return True


@register
class Approve(StepAct):
    """The head of the office decides; a letter is asked for in the same transaction."""

    code = "approve"
    states = frozenset({CaseState.SUBMITTED, CaseState.REPLACING})
    event = EventKind.APPROVED
    waiting_label = _("Menunggu tanda tangan")
    done_text = _("Permohonan disetujui.")
    decides = True

    def told(self, move: Move) -> str | Promise:
        """Whether something will be made now."""
        if is_promised(move.case, move.service):
            return _("Permohonan disetujui. Surat sedang dibuat.")
        return self.done_text

    def perform(self, move: Move) -> bool:
        """False when a letter has to be published first; `deciding.letter_published` goes on then.

        Raises FaultsStand when she, or a colleague, has marked a fault since the check.
        """
        require_no_faults(move.case)
        decide(move.case, CaseState.APPROVED, by=move.by, at=move.at)
        letter = request_letter(move)
        if letter is None:
            return True
        move.case.letter_id = letter.pk
        return False


@register
class Initial(StepAct):
    """Somebody reads the letter and finds it right, before it is signed. Done at her turn at the letter."""

    code = "initial"
    turn = "initial"
    states = frozenset({CaseState.SUBMITTED, CaseState.REPLACING})
    event = EventKind.INITIALLED
    waiting_label = _("Menunggu paraf")
    done_text = _("Surat sudah dibaca dan diparaf.")


@register
class Sign(StepAct):
    """The head of the office decides by signing the letter. Done at her turn at the letter."""

    code = "sign"
    turn = "sign"
    states = frozenset({CaseState.SUBMITTED, CaseState.REPLACING})
    event = EventKind.APPROVED
    waiting_label = _("Menunggu tanda tangan")
    done_text = _("Permohonan disetujui dan suratnya ditandatangani.")
    decides = True


@register
class Print(StepAct):
    """The letter is on paper, signed and stamped, and stands on a shelf. `facts` is the shelf's number."""

    code = "print"
    states = frozenset({CaseState.ISSUED})
    event = EventKind.READY
    waiting_label = _("Sedang dicetak")
    done_text = _("Surat siap diambil di kantor.")

    def perform(self, move: Move) -> bool:
        """Raises ShelfNumberRefused, LetterNotInForce.

        The lawful time ends here: the office has done its part.
        """
        require_in_force(move.case)
        move.case.printed_at = move.case.printed_at or move.at
        _put_on_shelf(move, news="ready")
        return True


@register
class Make(StepAct):
    """A card or certificate was made elsewhere and stands on a shelf. `facts` is the shelf's number."""

    code = "make"
    states = frozenset({CaseState.APPROVED})
    event = EventKind.MADE
    waiting_label = _("Sedang dibuat")
    done_text = _("Selesai dibuat dan siap diambil di kantor.")

    def perform(self, move: Move) -> bool:
        """Raises ShelfNumberRefused. The lawful time ends here."""
        _put_on_shelf(move, news="made")
        return True


@register
class HandOver(StepAct):
    """The letter leaves the house. `facts` is the Handover row of who took it, not yet saved."""

    code = "hand_over"
    states = frozenset({CaseState.READY})
    event = EventKind.HANDED_OVER
    waiting_label = _("Siap diambil")
    done_text = _("Surat sudah diserahkan.")
    waits_for_citizen = True

    def told(self, move: Move) -> str | Promise:
        """By what it was, where it was no letter."""
        if move.service.output.kind == "letter":
            return self.done_text
        return _("%(product)s sudah diserahkan.") % {"product": move.service.output.title}

    def perform(self, move: Move) -> bool:
        """Raises IdentityNotProven: nobody gets a person's letter before an officer has seen her card."""
        if not move.case.applicant.identity_level.reaches(IdentityLevel.COUNTER_PROVEN):
            raise IdentityNotProven()
        require_in_force(move.case)
        handover: Handover = move.facts
        handover.case, handover.at = move.case, move.at
        handover.by_id, handover.by_name = move.by.pk, move.by.name
        handover.save(force_insert=True)
        return True


def _put_on_shelf(move: Move, *, news: str) -> None:
    """It stands where it will be found; the lawful time is over and the applicant is told to come."""
    move.case.shelf_number = shelf_number(str(move.facts or ""))
    moving.enter(move.case, CaseState.READY, move.at)
    work.stop_clock(by=move.by.as_actor(), subject=move.case.as_subject(), at=move.at)
    moving.notify_applicant(move.case, news)


def require_all_judged(case: Case) -> None:
    """Raises VerdictMissing unless every requirement was judged as it is now."""
    service = finding.definition_of(case)
    asked = service.requirements_for(case.answers.clear, finding.filed_on(case))
    provided_files = {file.requirement_id for file in sheets.files_of(case)} | references_of(case).keys()
    missing = checking.unjudged(
        checking.to_judge(asked, provided_files),
        sheets.verdicts_of(case),
        provided=sheets.provided_targets(case),
    )
    if missing:
        titles = checking.titles_of(service, missing)
        raise VerdictMissing(targets=tuple(map(str, missing)), titles=titles)


def require_no_faults(case: Case) -> None:
    """Raises FaultsStand while something is marked faulty that was not provided anew."""
    if checking.standing_faults(sheets.verdicts_of(case), provided=sheets.provided_targets(case)):
        raise FaultsStand()


def require_in_force(case: Case) -> None:
    """Raises LetterNotInForce: a letter that was revoked leaves the house no more."""
    letter = documents.letter(case.letter_id) if case.letter_id else None
    if letter is not None and letter.is_revoked:
        raise LetterNotInForce()


def decide(case: Case, state: CaseState, *, by: Officer, at: datetime) -> None:
    """Write the one decision into the case."""
    moving.enter(case, state, at)
    case.decided_at, case.decided_by_id, case.decided_by_name = at, by.pk, by.name


def shelf_number(text: str) -> str:
    """The number as it stands on the shelf; raises ShelfNumberRefused."""
    try:
        number = clean_text(text, multiline=False)
    except ValueRefused:
        raise ShelfNumberRefused() from None
    if not _SHELF.fullmatch(number):
        raise ShelfNumberRefused()
    return number

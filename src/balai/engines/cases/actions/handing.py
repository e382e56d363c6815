"""From the printed letter to the hand that takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from balai.engines.cases.actions import moving
from balai.engines.cases.actions.steps import perform
from balai.engines.cases.enums import CaseState, EventKind, IdentityCard, Relation
from balai.engines.cases.errors import HandoverIncomplete, NotYourStep
from balai.engines.cases.models import Case, Handover
from balai.engines.cases.queries.letters import is_signed
from balai.engines.cases.rules import access
from balai.engines.cases.rules.filing import masked_card_number
from balai.kernel.errors import ValueRefused
from balai.kernel.names import clean_name
from balai.kernel.text import clean_text
from balai.people.actions.counter import Side, prove_at_counter
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction

if TYPE_CHECKING:
    from balai.people.models import Officer


@dataclass(frozen=True)
class Taker:
    """Who takes the letter: as typed at the counter. `card_number` is masked before it is kept."""

    name: str
    relation: str
    card: str
    card_number: str


@write_transaction(locks="case")
def mark_printed(*, by: Officer, case: Case) -> Case:
    """The letter is on paper, in ink yet to be signed; it is not on the shelf yet. Again is no error.

    NotYourStep, Overtaken, NotNow.
    """
    case, at = lock(case), clock.now()
    moving.require_state(case, CaseState.ISSUED)
    printing = [step for step in moving.open_steps(case) if step.act == "print"]
    if not any(access.may(by, step.permission, step.office_code) for step in printing):
        raise NotYourStep()
    if case.printed_at is not None:
        return case
    case.printed_at = at
    text = _("Surat dicetak.") if is_signed(case) else _("Surat dicetak dan menunggu tanda tangan basah.")
    moving.tell(case, EventKind.PRINTED, by=by.as_actor(), at=at, text=text)
    moving.keep(case, at)
    return case


def shelve(*, by: Officer, case: Case, shelf_number: str) -> Case:
    """Signed, stamped, and put where it will be found; the applicant is told to come.

    ShelfNumberRefused, NotYourStep, Overtaken, NotNow.
    """
    return perform(by=by, case=case, act="print", facts=shelf_number)


def make_product(*, by: Officer, case: Case, shelf_number: str) -> Case:
    """The card or certificate is made and stands on its shelf; the applicant is told to come.

    ShelfNumberRefused, NotYourStep, Overtaken, NotNow.
    """
    return perform(by=by, case=case, act="make", facts=shelf_number)


@write_transaction(locks=("citizen", "person", "case"))
def prove_applicant(
    *,
    by: Officer,
    case: Case,
    facts: Mapping[str, str],
    settled: Mapping[str, Side] | None = None,
) -> Case:
    """The applicant stands at the counter with her card; the proof is told in the case.

    Raises what `people.actions.prove_at_counter` raises.
    """
    prove_at_counter(by=by, citizen=case.applicant, facts=facts, settled=settled)
    case, at = lock(case), clock.now()
    text = _("Identitas pemohon dicocokkan dengan kartunya di loket.")
    moving.tell(case, EventKind.PROVEN, by=by.as_actor(), at=at, text=text)
    moving.keep(case, at)
    return case


def hand_over(*, by: Officer, case: Case, taker: Taker) -> Case:
    """Give the letter away, with proof of who took it; the case is closed.

    HandoverIncomplete, IdentityNotProven (`prove_applicant` first), NotYourStep, Overtaken, NotNow.
    """
    return perform(by=by, case=case, act="hand_over", facts=_handover(taker))


def _handover(taker: Taker) -> Handover:
    """The row, refused with a list of what is missing."""
    name = _cleaned(clean_name, taker.name)
    card_number = _cleaned(lambda text: clean_text(text, multiline=False), taker.card_number)
    missing = []
    if not name:
        missing.append(_("nama pengambil"))
    if taker.relation not in Relation.values:
        missing.append(_("hubungan dengan pemohon"))
    if taker.card not in IdentityCard.values:
        missing.append(_("jenis kartu identitas"))
    if len("".join(card_number.split())) < 4:
        missing.append(_("nomor kartu identitas"))
    if missing:
        raise HandoverIncomplete(missing=", ".join(map(str, missing)))
    return Handover(
        taker_name=name,
        taker_relation=taker.relation,
        taker_id_kind=taker.card,
        taker_id_masked=masked_card_number(card_number)[-30:],
    )


def _cleaned(clean: Callable[[str], str], text: str) -> str:
    """The text as it may be stored; "" where it cannot be."""
    try:
        return clean(text)
    except ValueRefused:
        return ""

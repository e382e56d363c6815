"""From a case to its letter: who signs it, whose turn it is, until when it holds, and asking for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from balai.catalogue.schema.conditions import holds
from balai.documents import actions as documents
from balai.documents import queries as letters
from balai.documents import signatories
from balai.documents.enums import IN_THE_MAKING
from balai.engines.cases.actions.acts import act_of
from balai.engines.cases.queries.filing import place_of_step
from balai.engines.cases.queries.finding import filed_on
from balai.engines.cases.queries.letters import found_on_visits, letter_data
from balai.engines.cases.queries.replacing import open_replacement
from balai.engines.cases.rules.filing import answer_to_fact
from balai.government import current as government
from balai.kernel.dates import add_months
from balai.kernel.references import Actor, Subject
from balai.region import queries as region

if TYPE_CHECKING:
    from balai.catalogue.schema import ServiceDefinition, Step
    from balai.documents.models import Letter
    from balai.engines.cases.actions.acts import Move
    from balai.engines.cases.models import Case
    from balai.region.models import Office


def request_letter(move: Move) -> Letter | None:
    """Ask for the letter that the definition promises, in this transaction; None when it promises none.

    Whoever performs the move is printed as signer; she signs in ink.
    """
    case, service = move.case, move.service
    if not is_promised(case, service):
        return None
    signer = _signer(move, region.office(case.office_code))
    return _ask(case, service, by=move.by.as_actor(), at=move.at, signer=signer)


def is_promised(case: Case, service: ServiceDefinition) -> bool:
    """Whether these answers lead to a letter."""
    output = service.output
    return output.kind == "letter" and holds(output.when, case.answers.clear, filed_on(case))


def request_signing(
    case: Case,
    service: ServiceDefinition,
    steps: Sequence[Step],
    *,
    by: Actor,
    at: datetime,
    due_at: datetime,
) -> Letter:
    """Ask for a letter with one turn for each of these steps; who signs is known when she does."""
    office = region.office(case.office_code)
    plans = [
        documents.TurnPlan(
            kind=act_of(step.act).turn or "sign",
            office_code=place_of_step(case, step, service).office_code,
            permission=step.permission,
        )
        for step in steps
    ]
    signer = documents.Signer(name="", title=_title_of_head(office))
    return _ask(case, service, by=by, at=at, signer=signer, turns=plans, due_at=due_at, signature="certified")


def withdraw_letter(case: Case, *, by: Actor, reason: str | Promise) -> None:
    """Stop the letter in the making, if there is one; raises documents' BeingSigned while it is signed."""
    letter = letters.letter(case.letter_id) if case.letter_id else None
    if letter is not None and letter.state in IN_THE_MAKING:
        documents.withdraw_letter(by=by, letter=letter, reason=str(reason))
        forget_letter(case)


def forget_letter(case: Case) -> None:
    """What was asked for will not be; while a letter is replaced, the one that goes is the case's again."""
    replacement = open_replacement(case)
    case.letter_id = replacement.letter_id if replacement else None


def _ask(
    case: Case, service: ServiceDefinition, *, by: Actor, at: datetime, signer: documents.Signer, **more: Any
) -> Letter:
    output, day = service.output, filed_on(case)
    answers = case.answers.clear
    today = at.astimezone(ZoneInfo(government().zone)).date()
    return documents.request_letter(
        by=by,
        owner=case.as_subject(),
        office_code=case.office_code,
        title=output.title,
        classification=service.classification_on(today).code,
        pattern=government().letter_number_pattern(case.office_code),
        files=service.files,
        data=letter_data(
            service,
            answers,
            number=case.number,
            filed_on=day,
            found=found_on_visits(case, service, day),
        ),
        signer=signer,
        valid_until_on=_valid_until(output.valid_months, today),
        book=output.number_book or "letters-out",
        template=output.template or "letter.typ",
        holder=_holder(case, service),
        replaces=_replaced(case),
        **more,
    )


def _valid_until(months: int | None, today: date) -> date | None:
    return add_months(today, months) if months else None


def _holder(case: Case, service: ServiceDefinition) -> Subject:
    """The applicant, by the name that the letter says."""
    owner = case.applicant.as_subject()
    name = answer_to_fact(service, case.answers.clear, "name") or case.applicant.name
    return Subject(owner.label, owner.id, name)


def _replaced(case: Case) -> Letter | None:
    """The letter that the new one takes the place of; one that was revoked before has no place any more."""
    replacement = open_replacement(case)
    letter = letters.letter(replacement.letter_id) if replacement else None
    return letter if letter is not None and letter.is_in_force else None


def _signer(move: Move, office: Office | None) -> documents.Signer:
    """The officer in her capacity, under the title of the office's head unless she has her own."""
    return signatories.signer_of(
        move.by,
        head_title=_title_of_head(office),
        permission=move.step.permission,
        office_code=move.step.office_code,
    )


def _title_of_head(office: Office | None) -> str:
    place = region.area(office.area_code) if office and office.area_code else None
    return " ".join(filter(None, (office.head_title if office else "", place.name if place else "")))

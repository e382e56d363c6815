"""Fetching a question, by who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from balai.engines.questions import rules
from balai.engines.questions.models import Question
from balai.government import current as government
from balai.kernel.case_number import parse_case_number
from balai.kernel.errors import ValueRefused
from balai.notify.addressees import Addressee
from balai.people import queries as people
from balai.people.today import local_today
from balai.region import queries as region
from balai.runtime.errors import NotFound

if TYPE_CHECKING:
    from balai.people.models import Officer
    from balai.region.models import Office


def offices_to_ask() -> list[Office]:
    """Offices that a citizen may choose: those that take applications here, by name."""
    return sorted(region.open_offices(), key=lambda office: office.name)


def office_of(chosen: str) -> str:
    """Where a question goes: the office that was chosen, else the one at the top of the government.

    Where nobody there answers questions, the nearest above it where somebody does.
    """
    known = {office.code for office in offices_to_ask()}
    code = chosen if chosen in known else government().top_office
    return people.nearest_seat(rules.ANSWER, code, local_today())


def question_for_tracking(number: str, pin: str) -> Question | None:
    """The question of this number and PIN; None whatever of the two is wrong.

    Whoever calls this limits how often it may be tried.
    """
    found = question_by_number(number)
    return found if found is not None and rules.pin_fits(found.pk, pin) else None


def question_by_number(number: str) -> Question | None:
    """For somebody who has shown number and PIN before, however the number was typed."""
    try:
        return Question.objects.filter(number=parse_case_number(number)).first()
    except ValueRefused:
        return None


def question_for_officer(officer: Officer, question_id: UUID) -> Question:
    """A question at an office where the officer answers them; raises NotFound."""
    found = Question.objects.filter(pk=question_id).first()
    if found is None or not officer.has_permission(rules.ANSWER, found.office_code):
        raise NotFound(question_id)
    return found


def addressee(question_id: str) -> Addressee | None:
    """Where the asker is told (`notify.addressees`); None without a contact."""
    found = Question.objects.filter(pk=question_id).first()
    address = found.address if found is not None else None
    return Addressee((address,), found.name.clear) if found is not None and address is not None else None

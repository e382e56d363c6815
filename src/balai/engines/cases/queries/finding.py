"""Fetching one case, by who asks."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from balai.catalogue import queries as catalogue
from balai.catalogue.schema import ServiceDefinition
from balai.engines.cases.enums import StepState
from balai.engines.cases.models import Case, CaseStep
from balai.engines.cases.rules import access, filing
from balai.government import current as government
from balai.kernel.case_number import parse_case_number
from balai.kernel.errors import ValueRefused
from balai.runtime.errors import NotFound
from balai.runtime.statements import Statement

if TYPE_CHECKING:
    from balai.people.models import Citizen, Officer

_FILED = Statement(
    Case,
    "SELECT filed_at FROM {table} WHERE applicant_id = %s AND filed_at > %s"
    " ORDER BY filed_at DESC LIMIT 1 OFFSET %s",
    *("applicant", "filed_at", None),
)


def case_for_citizen(citizen: Citizen, number: str) -> Case:
    """The citizen's own case by its number, however it was typed; raises NotFound."""
    case = Case.objects.filter(number=canonical_number(number), applicant=citizen).first()
    if case is None:
        raise NotFound(number)
    return case


def case_of_applicant(citizen_id: UUID | str, number: str) -> Case | None:
    """The case of this number if that citizen filed it; for a form whose sender is no longer signed in."""
    try:
        canonical = canonical_number(number)
    except NotFound:
        return None
    found = Case.objects.select_related("applicant").filter(number=canonical, applicant_id=_uuid(citizen_id))
    return found.first()


def case_filed_as(citizen: Citizen, case_id: UUID) -> Case | None:
    """The citizen's case that was filed under this client-made id, if it has arrived."""
    return Case.objects.filter(pk=case_id, applicant=citizen).first()


def latest_filed(citizen: Citizen, service_id: str, since: datetime) -> Case | None:
    """The citizen's newest case of a service, if it was filed after `since`."""
    filed = Case.objects.filter(applicant=citizen, service_id=service_id, filed_at__gt=since)
    return filed.order_by("-filed_at").first()


def filed_at_least(citizen: Citizen, times: int, since: datetime) -> bool:
    """Whether the citizen has filed so many applications after `since`."""
    return _FILED.first(citizen.pk, since, times - 1) is not None


def filed_since(citizen: Citizen, since: datetime, *, most: int) -> list[datetime]:
    """When the citizen filed after `since`, the newest first, at most so many."""
    filed = Case.objects.filter(applicant=citizen, filed_at__gt=since).order_by("-filed_at")
    return list(filed.values_list("filed_at", flat=True)[:most])


def case_for_officer(officer: Officer, case_id: UUID | str) -> Case:
    """A case at an office where the officer does any act of this engine; raises NotFound."""
    case = Case.objects.select_related("applicant").filter(pk=_uuid(case_id)).first()
    if case is None or not may_read(officer, case):
        raise NotFound(case_id)
    return case


def may_read(officer: Officer, case: Case) -> bool:
    """Whether the officer may open the case today; an opinion lets her until she has given it."""
    return access.may_see(officer, _offices(case))


def case_for_tracking(number: str, pin: str) -> Case:
    """The case on a paper slip; raises NotFound, whatever of the two is wrong.

    Whoever calls this limits how often it may be tried (`actions.follow` does).
    """
    case = Case.objects.filter(number=canonical_number(number)).first()
    if case is None or not filing.pin_fits(case.pk, pin, case.pin_hash):
        raise NotFound(number)
    return case


def case_by_number(number: str) -> Case | None:
    """For a follower who has shown number and PIN before (`views.tracking`)."""
    return Case.objects.filter(number=canonical_number(number)).first()


def case_by_id(case_id: UUID | str) -> Case | None:
    """For jobs and registries that act for the system, not for a person."""
    return Case.objects.select_related("applicant").filter(pk=_uuid(case_id)).first()


def may_read_files(citizen: Citizen | None, officer: Officer | None, case_id: str) -> bool:
    """Whether the applicant or an officer of the case's office asks for its files."""
    case = case_by_id(case_id)
    if case is None:
        return False
    if citizen is not None and case.applicant_id == citizen.pk:
        return True
    return officer is not None and may_read(officer, case)


def definition_of(case: Case) -> ServiceDefinition:
    """The definition that the case was filed under and finishes under."""
    return catalogue.definition(case.definition_hash)


def filed_on(case: Case) -> date:
    """The government's own day on which the case was filed: the day whose rules hold for it."""
    return case.filed_at.astimezone(ZoneInfo(government().zone)).date()


def _offices(case: Case) -> frozenset[str]:
    rows = reading_steps().filter(case=case)
    return frozenset({case.office_code, *rows.values_list("office_code", flat=True)})


def reading_steps() -> QuerySet[CaseStep]:
    """Steps that let their office read the case: open ones, and done ones that were no mere opinion.

    What was called off, because the case moved to another place or began anew, is no reason to read on.
    """
    done = Q(state=StepState.DONE) & ~Q(act__in=access.OPINIONS)
    return CaseStep.objects.filter(Q(state=StepState.OPEN) | done)


def canonical_number(number: str) -> str:
    """The number as it is stored, however it was typed; NotFound when no case can have it."""
    try:
        return parse_case_number(number)
    except ValueRefused:
        raise NotFound(number) from None


def _uuid(value: UUID | str) -> UUID:
    try:
        return value if isinstance(value, UUID) else UUID(value)
    except ValueError:
        raise NotFound(value) from None

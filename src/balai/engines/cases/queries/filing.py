"""Where an application belongs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from balai.catalogue.schema import ServiceDefinition, Step
from balai.engines.cases.errors import AreaUnknown, OfficeNotOnline
from balai.engines.cases.rules import access
from balai.engines.cases.rules.filing import answer_to_fact
from balai.region import queries as region

if TYPE_CHECKING:
    from balai.engines.cases.models import Case
    from balai.people.models import Citizen, Officer
    from balai.region.models import Office

# A service "of the village" is handled by the village or the kelurahan, whichever the place has.
SAME_LEVEL = {"village": frozenset({"village", "kelurahan"})}


def home_area(service: ServiceDefinition, answers: Mapping[str, Any], citizen: Citizen) -> str:
    """Code of the area that the applicant declares, or that is on record once proven; AreaUnknown."""
    declared = answer_to_fact(service, answers, "area_code")
    if declared:
        return declared
    if citizen.person is not None and citizen.person.area_code:
        return citizen.person.area_code
    raise AreaUnknown()


def handling_office(service: ServiceDefinition, area_code: str) -> Office:
    """The office of the service's kind in charge of the area; AreaUnknown or OfficeNotOnline."""
    office = region.office_of_area(area_code)
    kinds = SAME_LEVEL.get(service.office, frozenset({service.office}))
    while office is not None and office.kind not in kinds:
        office = region.office(office.parent_code) if office.parent_code else None
    if office is None:
        raise AreaUnknown()
    if not office.is_open:
        raise OfficeNotOnline(office=office.name)
    return office


def office_of_step(case: Case, step: Step) -> str:
    """ "own" is the case's office, "parent" the one above it, "agency:code" a named one."""
    kind, _, code = step.office.partition(":")
    if kind == "agency":
        return code
    if kind == "parent":
        office = region.office(case.office_code)
        return office.parent_code if office else case.office_code
    return case.office_code


def may_decide(officer: Officer, case: Case, service: ServiceDefinition) -> bool:
    """Whether the decision on the case is the officer's, at whichever office its definition lays it."""
    deciding = [step for step in service.step if step.permission in access.DECIDING]
    return any(access.may(officer, step.permission, office_of_step(case, step)) for step in deciding)

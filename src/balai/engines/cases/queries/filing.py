"""Where an application belongs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from balai.catalogue.schema import ServiceDefinition, Step
from balai.engines.cases.errors import AreaUnknown, OfficeNotOnline
from balai.engines.cases.rules import access
from balai.engines.cases.rules.filing import answer_to_fact
from balai.people import queries as people
from balai.people.today import local_today
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


@dataclass(frozen=True)
class Place:
    """Where a step is done, and who may do it there."""

    office_code: str
    permission: str


def place_of_step(case: Case, step: Step, service: ServiceDefinition) -> Place:
    """Where a step of this case is done, as things stand today.

    Where the applicant's RT is no office, the village does the step itself and whoever checks may; where an
    agency is none in this town, the case's own office does.
    """
    kind, _, code = step.office.partition(":")
    if kind == "rt":
        office = _rt_of(case, service)
        if office is None:
            return Place(_village_of(case), access.CHECK)
        return Place(office.code, step.permission)
    return Place(_OFFICES[kind](case, code), step.permission)


def _rt_of(case: Case, service: ServiceDefinition) -> Office | None:
    answers = case.answers.clear
    rt, rw = (answer_to_fact(service, answers, fact) for fact in ("rt", "rw"))
    if not (rt.isdigit() and rw.isdigit()):
        return None
    return region.rt_office(case.area_code, int(rt), int(rw))


def _village_of(case: Case, code: str = "") -> str:
    office = region.office_of_area(case.area_code)
    return office.code if office else case.office_code


def _district_of(case: Case, code: str = "") -> str:
    office = region.office_of_area(case.area_code.rpartition(".")[0])
    return office.code if office else case.office_code


def _parent_of(case: Case, code: str = "") -> str:
    office = region.office(case.office_code)
    return (office.parent_code if office else "") or case.office_code


def place_of_review(case: Case, step: Step, service: ServiceDefinition) -> Place:
    """Where an objection is answered: the office that the definition names or, where nobody there may answer
    one, the nearest above it where somebody may. Without any it waits at the office that is named.
    """
    named = place_of_step(case, step, service)
    return Place(people.nearest_seat(step.permission, named.office_code, local_today()), step.permission)


def _top_of(case: Case, code: str = "") -> str:
    office = region.office(case.office_code)
    while office is not None and office.parent_code:
        above = region.office(office.parent_code)
        if above is None:
            break
        office = above
    return office.code if office else case.office_code


def _agency(case: Case, code: str) -> str:
    return code if region.office(code) else case.office_code


def _own(case: Case, code: str = "") -> str:
    return case.office_code


_OFFICES: dict[str, Callable[[Case, str], str]] = {
    "own": _own,
    "parent": _parent_of,
    "village": _village_of,
    "district": _district_of,
    "head": _top_of,
    "agency": _agency,
}


def may_decide(officer: Officer, case: Case, service: ServiceDefinition) -> bool:
    """Whether the decision on the case is the officer's, at whichever office its definition lays it."""
    places = (
        place_of_step(case, step, service) for step in service.step if step.permission in access.DECIDING
    )
    return any(access.may(officer, place.permission, place.office_code) for place in places)

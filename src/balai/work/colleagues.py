"""Who else may do an item."""

from __future__ import annotations

from balai.people.enums import RoleScope
from balai.people.models import Assignment, Officer
from balai.people.today import local_today
from balai.region import queries as region
from balai.work import subjects
from balai.work.models import WorkItem

MOST_OFFERED = 60
MOST_OFFICES = 10


def colleagues(officer: Officer, item: WorkItem) -> list[Officer]:
    """The other officers who may do this item today, by name; two statements.

    Those of its office, and of an office above whose role reaches down.
    """
    offices = _office_and_above(item.office_code)
    held = Assignment.objects.in_force_on(local_today()).filter(office_code__in=offices)
    found: dict[object, Officer] = {}
    for each in held.select_related("role", "officer__account"):
        reaches = each.office_code == item.office_code or each.role.scope == RoleScope.BELOW
        if reaches and item.permission in each.role.permissions and each.officer.account.is_active:
            found[each.officer.pk] = each.officer
    found.pop(officer.pk, None)
    return sorted(found.values(), key=lambda each: each.name)


def colleagues_of_trays(officer: Officer) -> list[Officer]:
    """The others who may do some of what the officer may do today, by name; two statements.

    Whether one may do a certain item is asked when it is handed to her. Empty for who minds so many that no
    list helps: she hands items on one by one.
    """
    trays = {permission: officer.office_codes(permission) for permission in subjects.permissions()}
    offices = frozenset().union(*trays.values())
    if len(offices) > MOST_OFFICES:
        return []
    above = {code for each in offices for code in _office_and_above(each)}
    held = Assignment.objects.in_force_on(local_today()).filter(office_code__in=above)
    found: dict[object, Officer] = {}
    for each in held.select_related("role", "officer__account").order_by("pk"):
        codes = each.offices()
        if any(each.role.grants(permission) and codes & mine for permission, mine in trays.items()):
            found[each.officer.pk] = each.officer
    found.pop(officer.pk, None)
    active = [each for each in found.values() if each.account.is_active]
    return sorted(active, key=lambda each: each.name) if len(active) <= MOST_OFFERED else []


def _office_and_above(code: str) -> list[str]:
    parents = {office.code: office.parent_code for office in region.offices()}
    codes: list[str] = []
    while code and code not in codes:
        codes.append(code)
        code = parents.get(code, "")
    return codes

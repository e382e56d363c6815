"""Being away, and who stands in: roles rest and come back, on the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from balai.kernel.references import SYSTEM
from balai.people import actions, rules
from balai.people.enums import AbsenceReason, Capacity
from balai.people.errors import (
    AbsenceDatesRefused,
    AbsenceOverlaps,
    BasisMissing,
    StandInRefused,
    ThroughMissing,
)
from balai.people.models import Absence, Assignment, Officer, Role
from balai.people.tests.factories import SAWENTAR, make_area
from balai.runtime.errors import Forbidden

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
SIGN = "documents.sign"


@pytest.fixture
def clock(frozen_clock: Any) -> Any:
    return frozen_clock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))


@pytest.fixture
def office(clock: Any) -> str:
    """A village with the role of its head."""
    make_area()
    Role.objects.create(code="head", name="Kepala desa", permissions=[SIGN])
    return SAWENTAR


@pytest.fixture
def head(office: str) -> Officer:
    made = actions.create_officer(by=SYSTEM, login_name="kepala.desa", name="Bambang Sutejo")
    actions.assign_role(by=SYSTEM, officer=made, role_code="head", office_code=office)
    return made


@pytest.fixture
def secretary(office: str) -> Officer:
    return actions.create_officer(by=SYSTEM, login_name="sekretaris", name="Sri Wahyuni")


def away(officer: Officer, first: int = 0, last: int = 3, **more: Any) -> Absence:
    """Days are counted from today."""
    return actions.record_absence(
        by=officer.as_actor(),
        officer=officer,
        from_on=TODAY + timedelta(days=first),
        to_on=TODAY + timedelta(days=last),
        reason=AbsenceReason.LEAVE,
        **more,
    )


def may_sign(officer: Officer) -> bool:
    return Officer.objects.select_related("account").get(pk=officer.pk).has_permission(SIGN, SAWENTAR)


def test_roles_rest_and_the_stand_in_holds_them_for_those_days_alone(head, secretary, clock):
    away(head, first=1, last=2, stand_in=secretary, basis="SP 5/2026")
    seen = []
    for _day in range(4):
        seen.append((may_sign(head), may_sign(secretary)))
        clock.move(days=1)
    assert seen == [(True, False), (False, True), (False, True), (True, False)]


def test_stand_in_holds_the_office_as_plh_on_the_order(head, secretary):
    away(head, stand_in=secretary, basis=" SP 5/2026 ")
    held = Assignment.objects.get(officer=secretary)
    assert (held.capacity, held.basis, held.valid_from, held.valid_to) == (
        Capacity.DAILY,
        "SP 5/2026",
        TODAY,
        TODAY + timedelta(days=3),
    )


def test_who_is_back_early_signs_again_and_the_stand_in_no_more(head, secretary, clock):
    absence = away(head, stand_in=secretary, basis="SP 5/2026")
    clock.move(days=1)
    actions.end_absence(by=head.as_actor(), absence=absence)
    assert (may_sign(head), may_sign(secretary)) == (True, False)
    assert Absence.objects.get().to_on == TODAY


def test_absence_that_never_began_leaves_no_trace_in_roles(head, secretary):
    absence = away(head, first=5, last=9, stand_in=secretary, basis="SP 5/2026")
    actions.end_absence(by=head.as_actor(), absence=absence)
    assert (Absence.objects.count(), Assignment.objects.filter(officer=secretary).count()) == (0, 0)


def test_ending_what_is_over_changes_nothing(head, clock):
    absence = away(head, last=0)
    clock.move(days=2)
    actions.end_absence(by=head.as_actor(), absence=absence)
    assert Absence.objects.get().to_on == TODAY


@pytest.mark.parametrize(("first", "last"), [(2, 1), (-5, -1), (0, 400)])
def test_days_that_make_no_absence_are_refused(head, first, last):
    with pytest.raises(AbsenceDatesRefused):
        away(head, first, last)


def test_one_absence_at_a_time(head):
    away(head, 0, 3)
    with pytest.raises(AbsenceOverlaps) as refused:
        away(head, 3, 5)
    assert "23-11-2026 sampai 26-11-2026" in refused.value.sentence


def test_stand_in_needs_an_order(head, secretary):
    with pytest.raises(BasisMissing):
        away(head, stand_in=secretary, basis=" ")
    assert Absence.objects.count() == 0


def test_stand_in_is_there_and_somebody_else(head, secretary):
    away(secretary, 2, 2)
    for stand_in in (head, secretary):
        with pytest.raises(StandInRefused):
            away(head, stand_in=stand_in, basis="SP 5/2026")
    actions.set_active(by=SYSTEM, account=secretary.account, is_active=False)
    with pytest.raises(StandInRefused):
        away(head, 5, 6, stand_in=secretary, basis="SP 5/2026")


def test_stand_in_who_holds_the_role_anyway_keeps_holding_it_as_before(head, secretary):
    actions.assign_role(by=SYSTEM, officer=secretary, role_code="head", office_code=SAWENTAR)
    away(head, stand_in=secretary, basis="SP 5/2026")
    assert [each.capacity for each in secretary.assignments.all()] == [Capacity.DEFINITIVE]


def test_acting_holder_needs_an_order_and_u_b_the_official_between(secretary):
    place = {"by": SYSTEM, "officer": secretary, "role_code": "head", "office_code": SAWENTAR}
    with pytest.raises(BasisMissing):
        actions.assign_role(capacity=Capacity.ACTING, **place)
    with pytest.raises(ThroughMissing):
        actions.assign_role(capacity=Capacity.FOR_DEPUTY, basis="SK 1", **place)
    held = actions.assign_role(capacity=Capacity.FOR_DEPUTY, basis="SK 1", through="Sekretaris", **place)
    assert (held.capacity, held.through) == ("for_deputy", "Sekretaris")


def test_only_she_and_who_manages_people_there_record_an_absence(head, secretary):
    rules.require_may_record_absence(head, head)
    with pytest.raises(Forbidden):
        rules.require_may_record_absence(secretary, head)
    Role.objects.create(code="admin", name="Pengelola", permissions=["people.manage"])
    actions.assign_role(by=SYSTEM, officer=secretary, role_code="admin", office_code=SAWENTAR)
    rules.require_may_record_absence(secretary, head)


def test_role_that_ends_meanwhile_ends_for_the_stand_in_too(head, secretary, clock):
    away(head, 0, 9, stand_in=secretary, basis="SP 5/2026")
    actions.end_assignments(by=SYSTEM, officer=head, role_code="head", office_code=SAWENTAR, on=TODAY)
    assert may_sign(secretary)
    clock.move(days=1)
    assert not may_sign(secretary)


def test_account_that_is_closed_leaves_nobody_standing_in(head, secretary):
    away(head, stand_in=secretary, basis="SP 5/2026")
    actions.set_active(by=SYSTEM, account=head.account, is_active=False)
    assert not may_sign(secretary)


def test_role_held_by_two_rows_is_stood_in_for_once(head, secretary):
    Assignment.objects.create(
        officer=head, role_id="head", office_code=SAWENTAR, valid_from=TODAY + timedelta(days=1)
    )
    away(head, 0, 3, stand_in=secretary, basis="SP 5/2026")
    held = Assignment.objects.get(officer=secretary)
    assert (held.valid_from, held.valid_to) == (TODAY, TODAY + timedelta(days=3))


def test_stand_in_whose_own_role_ends_meanwhile_still_stands_in(head, secretary):
    place = {"by": SYSTEM, "officer": secretary, "role_code": "head", "office_code": SAWENTAR}
    actions.assign_role(valid_from=TODAY - timedelta(days=9), valid_to=TODAY + timedelta(days=1), **place)
    away(head, 0, 9, stand_in=secretary, basis="SP 5/2026")
    assert secretary.assignments.filter(capacity=Capacity.DAILY, valid_to=TODAY + timedelta(days=9)).exists()


def test_coming_back_lengthens_no_role_that_ended_before(head, secretary, clock):
    Assignment.objects.filter(officer=head).update(valid_to=TODAY + timedelta(days=1))
    absence = away(head, 0, 9, stand_in=secretary, basis="SP 5/2026")
    clock.move(days=5)
    actions.end_absence(by=head.as_actor(), absence=absence)
    assert Assignment.objects.get(officer=secretary).valid_to == TODAY + timedelta(days=1)

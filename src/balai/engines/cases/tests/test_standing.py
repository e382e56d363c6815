"""What a step lets an officer do and see beside it: whoever is asked judges nothing."""

from __future__ import annotations

import pytest

from balai.engines.cases import actions, queries
from balai.engines.cases.actions import HomeVisit
from balai.engines.cases.errors import NotYourStep
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests import process

pytestmark = pytest.mark.django_db
KANIGORO = "35.05.10"
STEPS = (process.ATTEST, process.CHECK, process.APPROVE)


def test_village_that_attests_for_the_rt_judges_nothing_at_the_district(town: make.Town) -> None:
    service = process.with_steps(*STEPS, office="district")
    case = make.submit(town.siti, service=service).case
    desk = queries.desk(case, town.operator)
    assert (case.office_code, desk.acts, desk.may_return) == (KANIGORO, frozenset({"attest"}), False)
    with pytest.raises(NotYourStep):
        actions.record_verdicts(by=town.operator, case=case, verdicts=[])
    with pytest.raises(NotYourStep):
        actions.return_for_repair(by=town.operator, case=case)


def test_visit_at_home_lets_nobody_return_what_was_passed_on(town: make.Town) -> None:
    service = process.with_steps(process.CHECK, process.APPROVE, home_visit=True)
    case = make.submit(town.siti, service=service, home=HomeVisit("ill", "Dusun Sawentar RT 2")).case
    assert queries.desk(case, town.operator).may_return
    case = actions.forward(by=town.operator, case=make.judge(town.operator, case))
    desk = queries.desk(case, town.operator)
    assert (desk.acts, desk.may_return) == (frozenset({"visit"}), False)

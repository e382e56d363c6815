"""A visit at home that is still open when the case goes on: its day stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from balai.engines.cases import actions
from balai.engines.cases.actions import HomeVisit
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests import process
from balai.runtime import clock

pytestmark = pytest.mark.django_db
WANTED = HomeVisit("elderly", "Dusun Sawentar RT 2, rumah hijau di belakang musala")


def open_steps(case: Case) -> set[str]:
    return {step.step_id for step in case.steps.filter(state="open")}


def test_day_that_the_applicant_was_told_outlives_a_repair(town: make.Town) -> None:
    service = process.with_steps(process.CHECK, process.APPROVE, home_visit=True)
    case = make.submit(town.siti, service=service, home=WANTED).case
    case = actions.forward(by=town.operator, case=make.judge(town.operator, case))
    day = clock.now() + timedelta(days=2)
    case = actions.plan_visit(by=town.operator, case=case, planned_at=day)
    case = make.judge(town.head, case, make.PURPOSE_TARGET)
    case = actions.return_for_repair(by=town.head, case=case)
    answers = {**make.ANSWERS, "nik": town.siti.nik.clear, "purpose": "Modal di BRI Kanigoro"}
    case = actions.repair(by=town.siti, case=case, answers=answers)
    assert open_steps(case) == {"check", "home_visit"}
    assert case.steps.get(step_id="home_visit", state="open").planned_at == day

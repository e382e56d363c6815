"""A visit at home that is still open when the case goes on: its day stays, it opens nothing early."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from balai.engines.cases import actions
from balai.engines.cases.actions import Found, HomeVisit
from balai.engines.cases.enums import CaseState
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests import process
from balai.engines.cases.tests.signing import RunJobs, fresh
from balai.runtime import clock

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
FOUND = Found(note="Sudah ditemui.")
WANTED = HomeVisit("elderly", "Dusun Sawentar RT 2, rumah hijau di belakang musala")


def approved(town: make.Town, *steps: dict) -> Case:
    """A case whose letter is being made while its visit at home is open."""
    parts = {"step": list(steps)} if steps else {}
    service = process.changed(home_visit=True, **parts)
    case = make.submit(town.siti, service=service, home=WANTED).case
    case = actions.forward(by=town.operator, case=make.judge(town.operator, case))
    return actions.approve(by=town.head, case=case)


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


def test_visit_while_the_letter_is_made_opens_nothing_before_it_is_out(
    town: make.Town, run_jobs: RunJobs
) -> None:
    case = actions.report_visit(by=town.operator, case=approved(town), found=FOUND)
    assert (case.state, open_steps(case)) == (CaseState.APPROVED, set())
    run_jobs()
    case = fresh(case)
    assert (case.state, open_steps(case)) == (CaseState.ISSUED, {"print"})


def test_visit_while_the_letter_is_made_closes_nothing_before_it_is_out(
    town: make.Town, run_jobs: RunJobs
) -> None:
    case = approved(town, process.CHECK, process.APPROVE)
    case = actions.report_visit(by=town.operator, case=case, found=FOUND)
    assert case.state == CaseState.APPROVED
    run_jobs()
    case = fresh(case)
    assert case.state == CaseState.CLOSED
    assert case.events.filter(kind="issued").exists()


def test_letter_on_the_shelf_waits_since_it_came_there_whatever_visit_is_open(
    town: make.Town, frozen_clock, run_jobs: RunJobs
) -> None:
    time = frozen_clock(NOW)
    case = approved(town)
    run_jobs()
    time.move(days=20)
    case = actions.shelve(by=town.operator, case=fresh(case), shelf_number="A-1")
    assert "home_visit" in open_steps(case)
    assert actions.remind_waiting() == 0

"""What a step lets an officer do and see beside it: whoever is asked judges nothing, and reads no longer."""

from __future__ import annotations

import pytest

from balai.engines.cases import actions, queries
from balai.engines.cases.actions import HomeVisit, OpinionGiven, moving
from balai.engines.cases.errors import NotYourStep
from balai.engines.cases.models import Case
from balai.engines.cases.rules import access
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests import process
from balai.engines.cases.tests.pages import form_in, officer_client
from balai.kernel.references import SYSTEM
from balai.people.models import Officer
from balai.region import actions as region
from balai.runtime.errors import NotFound

pytestmark = pytest.mark.django_db
KANIGORO = "35.05.10"
STEPS = (process.ATTEST, process.CHECK, process.APPROVE)
YES = OpinionGiven("yes", "Kenal sejak kecil.")


def asked(town: make.Town) -> tuple[Case, Officer]:
    """A case of Siti about which her RT is asked, and the head of that RT."""
    office, _new = region.add_rt(by=SYSTEM, village_code=make.SAWENTAR, rt=2, rw=1)
    case = make.submit(town.siti, service=process.with_steps(*STEPS)).case
    head = process.somebody(access.ATTEST, office.code)
    assert queries.case_for_officer(head, case.pk) == case
    return case, head


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


def test_head_of_the_rt_reads_the_case_until_she_has_answered(town: make.Town) -> None:
    case, head = asked(town)
    actions.attest(by=head, case=case, given=YES)
    with pytest.raises(NotFound):
        queries.case_for_officer(head, case.pk)
    assert not queries.may_read_files(None, head, str(case.pk))


def test_head_of_the_rt_whom_a_repair_leaves_behind_reads_no_more(town: make.Town) -> None:
    case, head = asked(town)
    case.answers = {**make.ANSWERS, "rt": 3}
    moving.start_over(case, queries.definition_of(case), by=SYSTEM, at=case.filed_at, due_at=case.filed_at)
    with pytest.raises(NotFound):
        queries.case_for_officer(head, case.pk)


def test_page_of_an_answer_leads_back_to_the_desk(town: make.Town) -> None:
    case, head = asked(town)
    browser = officer_client(head)
    form = form_in(browser.get(f"/meja/berkas/{case.pk}/").content.decode(), "opinion")
    sent = browser.post(form.action, form.filled({"opinion": "yes"}), follow=True)
    assert (sent.status_code, sent.redirect_chain[0][0].split("?")[0]) == (200, "/meja/")
    assert "Pendapat Anda tersimpan." in sent.content.decode()


@pytest.mark.parametrize("path", ["pendapat/check/", "hasil/check/"])
def test_page_of_another_act_than_the_step_has_is_not_there(town: make.Town, path: str) -> None:
    case = make.submit(town.siti).case
    answer = officer_client(town.operator).post(f"/meja/berkas/{case.pk}/{path}", {"opinion": "yes"})
    assert answer.status_code == 404

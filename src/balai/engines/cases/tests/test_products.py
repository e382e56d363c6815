"""Cards and certificates made elsewhere, and services that make nothing."""

from __future__ import annotations

import pytest

from balai.catalogue import running
from balai.catalogue.examples import read_examples
from balai.catalogue.running import SERVICES
from balai.engines.cases import actions, queries
from balai.engines.cases.actions import Found, VerdictGiven
from balai.engines.cases.engine import CaseEngine
from balai.engines.cases.enums import CaseState
from balai.engines.cases.errors import ShelfNumberRefused
from balai.engines.cases.models import Case
from balai.engines.cases.rules import access
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests import process
from balai.engines.cases.tests.api_client import Caller
from balai.engines.cases.tests.pages import citizen_client, form_in, officer_client
from balai.notify.models import Message
from balai.people.tests.factories import make_officer
from balai.runtime.jobs import run_due

pytestmark = pytest.mark.django_db
CARD_STEPS = (process.CHECK, process.APPROVE, process.MAKE, process.HAND_OVER)


def approved(town: make.Town, *steps: dict, output: dict) -> Case:
    service = process.with_steps(*steps, output=output)
    case = make.judge(town.operator, make.submit(town.siti, service=service).case)
    return actions.approve(by=town.head, case=actions.forward(by=town.operator, case=case))


def test_card_goes_from_the_decision_to_its_shelf_and_to_the_applicant(town: make.Town) -> None:
    case = approved(town, *CARD_STEPS, output=process.CARD)
    assert (case.state, case.letter_id) == (CaseState.APPROVED, None)
    case = actions.make_product(by=town.operator, case=case, shelf_number="B-2")
    assert (case.state, case.shelf_number) == (CaseState.READY, "B-2")
    case = actions.hand_over(by=town.operator, case=case, taker=make.SELF)
    assert case.state == CaseState.CLOSED
    assert [event.text for event in queries.timeline(case)][-3:] == [
        "Permohonan disetujui.",
        "Selesai dibuat dan siap diambil di kantor.",
        "Kartu pedagang sudah diserahkan.",
    ]
    run_due(50, raise_errors=True)
    assert Message.objects.filter(about_id=str(case.pk)).count() == 1


def test_card_without_a_shelf_number_is_refused(town: make.Town) -> None:
    with pytest.raises(ShelfNumberRefused):
        actions.make_product(
            by=town.operator, case=approved(town, *CARD_STEPS, output=process.CARD), shelf_number=""
        )


def test_service_that_makes_nothing_ends_with_the_decision(town: make.Town) -> None:
    case = approved(town, process.CHECK, process.APPROVE, output=process.NOTHING)
    assert (case.state, case.letter_id) == (CaseState.CLOSED, None)
    run_due(50, raise_errors=True)
    assert Message.objects.filter(about_id=str(case.pk)).count() == 1


def shipped(town: make.Town, service_id: str, example: str) -> Case:
    """An example of a shipped service, filed as Siti files it."""
    service = running.current().by_id(service_id)
    given = next(
        each for each, _ in read_examples(SERVICES / service_id, service_id)[0] if each.name == example
    )
    sent = {
        each.id: [make.photo(town.siti)]
        for each in service.requirements_for(given.answers, given.filed_on)
        if each.is_upload
    }
    return make.submit(town.siti, answers=given.answers, service=service, uploads=sent).case


def decided(case: Case, office_code: str) -> Case:
    """Check, visit where it is asked, and decide."""
    by = make_officer(
        permissions=(access.CHECK, access.VISIT, access.DECIDE, access.PRODUCE, access.HAND_OVER),
        office_code=office_code,
    )
    for line in queries.desk(case, by).lines:
        if line.target.kind == "requirement":
            case = actions.record_verdicts(by=by, case=case, verdicts=[VerdictGiven(line.target, is_ok=True)])
    case = actions.forward(by=by, case=case)
    if case.steps.filter(state="open", act="visit").exists():
        found = Found({"met": True, "outcome": "served"}, {})
        case = actions.report_visit(by=by, case=case, found=found)
    return actions.approve(by=by, case=case)


def test_shipped_card_comes_from_the_decision_to_its_shelf(town: make.Town) -> None:
    case = shipped(town, "district/child-card", "toddler")
    case = decided(case, "35.05.10")
    by = make_officer(permissions=(access.PRODUCE, access.HAND_OVER), office_code="35.05.10")
    case = actions.make_product(by=by, case=case, shelf_number="K-7")
    case = actions.hand_over(by=by, case=case, taker=make.SELF)
    assert (case.state, case.letter_id) == (CaseState.CLOSED, None)
    assert queries.timeline(case)[-1].text == "Kartu Identitas Anak sudah diserahkan."


def test_shipped_service_that_makes_nothing_ends_when_the_head_says_so(town: make.Town) -> None:
    case = decided(shipped(town, "village/home-service", "elderly"), make.SAWENTAR)
    assert (case.state, case.letter_id) == (CaseState.CLOSED, None)
    assert case.steps.get(step_id="visit").report.clear["answers"]["outcome"] == "served"


def test_definition_that_makes_what_it_does_not_promise_is_refused() -> None:
    faults = CaseEngine().faults
    assert [path for path, _ in faults(process.with_steps(*CARD_STEPS))] == [
        ("step", 2, "act"),
        ("step", 3, "act"),
    ]
    assert list(faults(process.with_steps(*CARD_STEPS, output=process.CARD))) == []


@pytest.mark.parametrize(
    ("step", "key"),
    [
        ({**process.ATTEST, "permission": "cases.check"}, "permission"),
        ({**process.VISIT, "office": "rt", "report": None}, "office"),
        ({**process.SPATIAL, "report": "visit-report"}, "report"),
    ],
)
def test_step_that_cannot_be_done_so_is_refused(step: dict, key: str) -> None:
    service = process.with_steps(process.CHECK, step, process.APPROVE, report=[process.REPORT])
    assert [path for path, _ in CaseEngine().faults(service)] == [("step", 1, key)]


def test_pages_speak_of_the_card_by_its_name(town: make.Town) -> None:
    case = approved(town, *CARD_STEPS, output=process.CARD)
    waiting = citizen_client(town.siti).get(case.get_absolute_url()).content.decode()
    assert "Sedang dibuat" in waiting
    browser, page = officer_client(town.operator), f"/meja/berkas/{case.pk}/"
    form = form_in(browser.get(page).content.decode(), "shelf_number")
    assert browser.post(form.action, form.filled({"shelf_number": "B-2"})).status_code == 302
    assert "Serahkan Kartu pedagang" in browser.get(page).content.decode()
    mine = citizen_client(town.siti).get(case.get_absolute_url()).content.decode()
    assert "Kartu pedagang siap diambil." in mine


def test_api_makes_the_card(town: make.Town) -> None:
    case = approved(town, *CARD_STEPS, output=process.CARD)
    after = Caller(town.operator).post(f"/desk/cases/{case.pk}/make", shelf_number="B-2")
    assert after["state"] == "ready"

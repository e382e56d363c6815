"""Jemput bola, and what is paid at each step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from balai.catalogue.schema import ServiceDefinition
from balai.engines.cases import actions, queries
from balai.engines.cases.actions import Found, HomeVisit
from balai.engines.cases.enums import CaseState
from balai.engines.cases.errors import HomeVisitRefused
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests import process
from balai.engines.cases.tests.api_client import Caller
from balai.engines.cases.tests.pages import citizen_client, form_in, officer_client
from balai.runtime import clock

pytestmark = pytest.mark.django_db
WANTED = HomeVisit("elderly", "Dusun Sawentar RT 2, rumah hijau di belakang musala")
FEES = [
    {"amount": 0, "basis": "Contoh (demo)", "valid_from": "2020-01-01"},
    {"amount": 10000, "title": "Meterai", "at": "approve", "basis": "UU 10/2020", "valid_from": "2021-01-01"},
]


def at_home(**parts: object) -> ServiceDefinition:
    return process.with_steps(process.CHECK, process.APPROVE, home_visit=True, **parts)


def asked(town: make.Town) -> Case:
    return make.submit(town.siti, service=at_home(), home=WANTED).case


def test_request_opens_a_visit_beside_the_first_step_and_keeps_the_case_open(town: make.Town) -> None:
    case = asked(town)
    assert {step.step_id for step in case.steps.filter(state="open")} == {"check", "home_visit"}
    assert case.home_address.clear == WANTED.address
    case = actions.forward(by=town.operator, case=make.judge(town.operator, case))
    case = actions.approve(by=town.head, case=case)
    assert case.state == CaseState.APPROVED
    day = clock.now() + timedelta(days=1)
    case = actions.plan_visit(by=town.operator, case=case, planned_at=day, step_id="home_visit")
    case = actions.report_visit(by=town.operator, case=case, found=Found(note="Sudah ditemui."))
    assert case.state == CaseState.CLOSED
    assert "Petugas sudah datang ke rumah pemohon." in [each.text for each in queries.timeline(case)]


@pytest.mark.parametrize("wanted", [HomeVisit("lazy", WANTED.address), HomeVisit("ill", "x")])
def test_request_without_a_listed_reason_or_an_address_is_refused(town: make.Town, wanted: HomeVisit) -> None:
    with pytest.raises(HomeVisitRefused):
        make.submit(town.siti, service=at_home(), home=wanted)


def test_request_where_the_service_does_not_allow_it_is_refused(town: make.Town) -> None:
    with pytest.raises(HomeVisitRefused):
        make.submit(town.siti, home=WANTED)


def test_pages_show_the_request_and_record_the_visit(town: make.Town) -> None:
    case = asked(town)
    mine = citizen_client(town.siti).get(case.get_absolute_url()).content.decode()
    assert "Anda meminta petugas datang ke rumah (lanjut usia)." in mine
    browser = officer_client(town.operator)
    assert WANTED.address in browser.get(f"/meja/berkas/{case.pk}/").content.decode()
    url = f"/meja/berkas/{case.pk}/hasil/home_visit/"
    form = form_in(browser.get(url).content.decode(), "note")
    assert browser.post(url, form.filled({"note": ""})).status_code == 400
    assert browser.post(url, form.filled({"note": "Sudah ditemui."})).status_code == 302
    assert case.steps.get(step_id="home_visit").state == "done"


def test_api_tells_the_officer_where_to_go_and_the_applicant_what_each_step_costs(town: make.Town) -> None:
    case = make.submit(town.siti, service=at_home(fee=FEES), home=WANTED).case
    sheet = Caller(town.operator).get(f"/desk/cases/{case.pk}")
    assert (sheet["home_reason"], sheet["home_address"]) == ("elderly", WANTED.address)
    told = Caller(town.siti).get(f"/cases/{case.number}")["case"]
    assert told["fees"] == [
        {"title": "Biaya layanan", "amount": 0, "step": ""},
        {"title": "Meterai", "amount": 10000, "step": "approve"},
    ]


def test_each_step_says_what_is_paid_then(town: make.Town) -> None:
    case = make.submit(town.siti, service=at_home(fee=FEES)).case
    fees = [(line.id, line.fee) for line in queries.progress(case)]
    assert fees == [("check", ""), ("approve", "Meterai Rp10.000")]
    browser = citizen_client(town.siti)
    assert "Meterai Rp10.000" in browser.get(case.get_absolute_url()).content.decode()
    slip = browser.get(f"{case.get_absolute_url()}bukti/").content.decode()
    assert "Meterai Rp10.000" in slip

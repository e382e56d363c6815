"""Reports through the API: the same life as on the pages, from the photo to the verdict."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from balai.engines.reports.models import Report
from balai.engines.reports.tests import factories as make
from balai.engines.reports.tests import pages
from balai.kernel.references import SYSTEM
from balai.people import actions as people
from balai.people.models import Account

pytestmark = pytest.mark.django_db

SCOPES = ("reports:read", "reports:write", "reports:handle")


class Caller:
    """A program with a token, or without one."""

    def __init__(self, account: Account | None = None, *scopes: str) -> None:
        self.headers: dict[str, str] = {}
        if account is not None:
            token = people.issue_token(by=SYSTEM, account=account, scopes=scopes or SCOPES, days=1)
            self.headers = {"HTTP_AUTHORIZATION": f"Bearer {token}"}

    def get(self, path: str, status: int = 200, **query: Any) -> Any:
        answer = Client().get(f"/api/v1{path}", query, **self.headers)
        assert answer.status_code == status, answer.content
        return answer.json()

    def post(self, path: str, status: int = 200, **body: Any) -> Any:
        answer = Client().post(f"/api/v1{path}", body, content_type="application/json", **self.headers)
        assert answer.status_code == status, answer.content
        return answer.json()

    def photo(self, path: str, **more: str) -> str:
        answer = Client().post(f"/api/v1{path}", {"file": pages.photo(), **more}, **self.headers)
        assert answer.status_code == 201, answer.content
        return str(answer.json()["id"])


def sent(caller: Caller, status: int = 201, **more: Any) -> Any:
    body = {"id": str(make.id_of_now()), "category": make.HOLE, "text": make.TEXT, "area": make.SAWENTAR}
    body |= {"near": "depan SDN Sawentar 2", **more}
    if "uploads" not in body:
        body["uploads"] = [caller.photo(f"/reports/{body['id']}/photos")]
    return caller.post("/reports", status, **body)


def test_a_report_lives_from_its_photo_to_the_verdict(town: make.Town) -> None:
    siti, everybody = Caller(town.siti.account), Caller()
    reception, roads = Caller(town.receiver.account), Caller(town.roads.account)
    slip = sent(siti)
    everybody.get(f"/reports/{slip['number']}", 404)
    (line,) = reception.get("/desk/reports", state="received")["items"]
    address = f"/desk/reports/{line['id']}"
    sheet = reception.get(address)
    assert sheet["words"] == make.TEXT and "assign" in sheet["acts"] and len(sheet["files"]) == 1
    roads.get(address, 404)
    reception.post(f"{address}/assign", office=make.ROADS, version=line["version"])
    assert (
        reception.post(f"{address}/assign", 409, office=make.ROADS, version=1)["code"] == "reports.overtaken"
    )
    roads.post(f"{address}/answer", text="Kami tinjau besok.")
    assert roads.post(f"{address}/resolve", 400, text="Sudah.")["code"] == "reports.proof_missing"
    proof = roads.photo(f"{address}/files")
    assert roads.post(f"{address}/resolve", text="Sudah ditambal.", uploads=[proof])["state"] == "resolved"
    told = everybody.get(f"/reports/{slip['number']}")
    assert (told["state"], told["said"]) == ("resolved", "Sudah ditambal.")
    hers = everybody.post("/report-slips/follow", number=slip["number"], pin=slip["pin"])
    assert hers["may_judge"] and hers["text"] == make.TEXT
    judged = everybody.post("/report-slips/judge", number=slip["number"], pin=slip["pin"], verdict="done")
    assert (judged["state"], judged["may_judge"]) == ("closed", False)
    assert [each["number"] for each in siti.get("/my-reports")["items"]] == [slip["number"]]


def test_the_same_id_files_once(town: make.Town) -> None:
    siti, mark = Caller(town.siti.account), str(make.id_of_now())
    photo = siti.photo(f"/reports/{mark}/photos")
    first, again = sent(siti, id=mark, uploads=[photo]), sent(siti, 200, id=mark, uploads=[photo])
    assert (first["pin"], again["is_repeat"]) == (again["pin"], True) and Report.objects.count() == 1


def test_a_question_is_answered_by_the_filer_alone(town: make.Town) -> None:
    budi, everybody = Caller(town.budi.account), Caller()
    receipt = make.send()
    report = make.actions.assign(by=town.receiver, report=receipt.report, office_code=make.ROADS)
    joined = budi.post(f"/reports/{report.number}/join", 201, note="Saya juga jatuh")
    budi.post(f"/reports/{report.number}/join", 409)
    Caller(town.roads.account).post(f"/desk/reports/{report.pk}/ask", text="Di sebelah mana?")
    everybody.post("/report-slips/reply", 403, number=report.number, pin=joined["pin"], text="Kiri gerbang")
    slip = {"number": receipt.number, "pin": receipt.pin}
    photo = everybody.photo("/report-slips/photos", **slip)
    said = everybody.post("/report-slips/reply", **slip, text="Kiri gerbang", uploads=[photo])
    assert said["state"] == "working" and [each["text"] for each in said["events"]].count("Kiri gerbang") == 1
    assert "Kiri gerbang" not in str(everybody.get(f"/reports/{report.number}"))
    wrong = "1" if receipt.pin != "1" else "2"
    everybody.post("/report-slips/follow", 404, number=receipt.number, pin=wrong)


def test_what_everybody_may_ask_needs_no_token_and_tells_nothing_more(town: make.Town) -> None:
    everybody = Caller()
    hidden = make.send(where=make.AT_SCHOOL).report
    shown = make.assigned(town, where=make.AT_SCHOOL)
    assert make.HOLE in {each["slug"] for each in everybody.get("/report-categories")["items"]}
    place = {"category": make.HOLE, "lat": -8.0987, "lon": 112.2010, "text": make.TEXT}
    assert everybody.get("/reports/jurisdiction", **place)["office_code"]
    alike = everybody.get("/reports/alike", **place)["items"]
    assert {each["number"] for each in alike} == {None, shown.number}
    assert [each["number"] for each in everybody.get("/reports", state="open")["items"]] == [shown.number]
    (near,) = everybody.get("/reports/nearby", lat=-8.0987, lon=112.2010)["items"]
    assert near["report"]["number"] == shown.number and near["metres"] == 0
    everybody.get(f"/reports/{hidden.number}", 404)


def test_a_token_opens_its_scope_and_its_side_alone(town: make.Town) -> None:
    Caller().post("/reports", 401)
    Caller(town.siti.account, "reports:read").post("/reports", 403)
    Caller(town.siti.account).get("/desk/reports", 403)
    Caller(town.receiver.account, "reports:read").post(f"/desk/reports/{make.id_of_now()}/assign", 403)
    assert Caller(town.roads.account).get("/desk/reports")["items"] == []


def test_a_contact_that_is_none_is_named(town: make.Town) -> None:
    refusal = sent(Caller(town.siti.account), 422, contact="12")
    assert [each["field"] for each in refusal["faults"]] == ["contact"]

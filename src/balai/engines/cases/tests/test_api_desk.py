"""The officers' side of the API: a whole life by tokens alone, and each look in the journal."""

from __future__ import annotations

from typing import Any

import pytest

from balai.audit import queries as audit
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.api_client import Caller, fields
from balai.people.tests.factories import SITI, make_officer

pytestmark = pytest.mark.django_db
PHOTO, PURPOSE = str(make.PHOTO_TARGET), str(make.PURPOSE_TARGET)
TAKER = {"name": "Siti Aminah", "relation": "self", "card": "ktp", "card_number": "3505105708950001"}


def judged(officer: Caller, path: str, *verdicts: dict[str, Any], status: int = 200) -> Any:
    return officer.post(f"{path}/verdicts", verdicts=list(verdicts), status=status)


def test_letter_goes_from_the_inbox_to_the_shelf_and_away(town: make.Town, run_jobs: Any) -> None:
    make.submit(town.siti)
    operator, head = Caller(town.operator), Caller(town.head)
    (item,) = operator.get("/desk/inbox")["items"]
    path = f"/desk/cases/{item['subject_id']}"
    judged(operator, path, {"target": PHOTO, "outcome": "ok"})
    assert operator.post(f"{path}/forward")["state"] == "submitted"
    assert head.get(path)["acts"] == ["approve"]
    assert head.post(f"{path}/approve")["state"] == "approved"
    run_jobs()
    letter = operator.get(path)["letter"]
    assert letter["state"] == "published"
    assert letter["file_id"]
    assert operator.post(f"{path}/printed")["state"] == "issued"
    assert operator.post(f"{path}/shelve", shelf_number="A-12")["state"] == "ready"
    assert operator.post(f"{path}/hand-over", sent=TAKER)["state"] == "closed"
    assert operator.get("/desk/inbox")["items"] == []


def test_return_tells_every_fault_and_rejection_needs_a_reason(town: make.Town) -> None:
    case = make.submit(town.siti).case
    operator, path = Caller(town.operator), f"/desk/cases/{case.pk}"
    assert fields(operator.post(f"{path}/return", status=400)) == [PHOTO]
    judged(
        operator,
        path,
        {"target": PHOTO, "outcome": "fault", "reason": "unreadable"},
        {"target": PURPOSE, "outcome": "fault", "reason": "unclear", "note": "Sebutkan banknya."},
    )
    assert operator.post(f"{path}/return")["state_label"] == "Menunggu perbaikan warga"
    assert operator.get(path)["state"] == "returned"
    assert operator.post(f"{path}/return", status=409)["code"] == "cases.overtaken"
    head, other = Caller(town.head), make.submit(town.siti).case
    reject = f"/desk/cases/{other.pk}/reject"
    assert head.post(reject, reason="whim", status=400)["code"] == "cases.reason_refused"
    reason = head.get(f"/desk/cases/{other.pk}")["reject_reasons"][0]["code"]
    assert head.post(reject, reason=reason, note="Mohon maaf.")["state"] == "rejected"


@pytest.mark.parametrize(
    ("verdict", "status"),
    [
        ({"target": "requirement:diary", "outcome": "ok"}, 400),
        ({"target": PHOTO, "outcome": "fault", "reason": "whim"}, 400),
        ({"target": "dream:x", "outcome": "ok"}, 422),
        ({"target": PHOTO, "outcome": "perhaps"}, 422),
    ],
)
def test_verdict_that_says_nothing_is_refused(town: make.Town, verdict: dict[str, Any], status: int) -> None:
    case = make.submit(town.siti).case
    judged(Caller(town.operator), f"/desk/cases/{case.pk}", verdict, status=status)
    assert case.verdicts.count() == 0


def test_second_of_two_deciding_is_told_who_was_first(town: make.Town) -> None:
    path = f"/desk/cases/{make.checked(town).pk}/approve"
    Caller(town.head).post(path)
    refusal = Caller(town.other_head).post(path, status=409)
    assert "Bambang Sutejo" in refusal["sentence"]


def test_each_look_is_journalled_for_the_applicant(town: make.Town) -> None:
    case = make.submit(town.siti).case
    Caller(town.operator).get(f"/desk/cases/{case.pk}")
    (reading,) = audit.readings_about([town.siti.as_subject()])
    assert (reading.by_name, case.number in reading.what) == ("Sri Wahyuni", True)
    (seen,) = Caller(town.siti).get("/me/readings")["items"]
    assert seen["by_name"] == "Sri Wahyuni"


def test_sheet_masks_the_nik_and_revealing_it_names_a_purpose(town: make.Town) -> None:
    case = make.submit(town.siti).case
    officer = make_officer(permissions=("cases.check", "people.reveal"))
    caller, path = Caller(officer), f"/desk/cases/{case.pk}"
    sheet = caller.get(path)
    assert sheet["nik_masked"] == "3505••••••••0001"
    assert "3505105708950001" not in str(sheet)
    assert fields(caller.post(f"{path}/reveal", purpose="curiosity", status=422)) == ["purpose"]
    opened = caller.post(f"{path}/reveal", purpose="counter_proof")
    assert opened == {"nik": "3505105708950001", "answers": {"nik": "3505105708950001"}}
    Caller(town.operator).post(f"{path}/reveal", purpose="counter_proof", status=403)


def test_office_of_another_village_sees_nothing(town: make.Town) -> None:
    case = make.submit(town.siti).case
    stranger = Caller(make_officer(office_code="35.05.11.2001", permissions=("cases.check",)))
    stranger.get(f"/desk/cases/{case.pk}", status=404)
    stranger.post(f"/desk/cases/{case.pk}/forward", status=404)
    assert stranger.get("/desk/inbox")["items"] == []


def test_officer_without_the_permission_may_look_but_not_decide(town: make.Town) -> None:
    case = make.checked(town)
    refusal = Caller(town.operator).post(f"/desk/cases/{case.pk}/approve", status=403)
    assert refusal["code"] == "cases.not_your_step"


def test_citizens_token_opens_no_desk(town: make.Town) -> None:
    case = make.submit(town.siti).case
    refusal = Caller(town.siti).get(f"/desk/cases/{case.pk}", status=403)
    assert refusal["code"] == "runtime.scope_missing"


def test_newcomer_is_proven_with_the_differences_settled(town: make.Town) -> None:
    case = make.submit(
        town.newcomer,
        answers={**make.ANSWERS, "nik": "3505101708950001", "sex": "male", "name": "Budi Santoso"},
    ).case
    operator, path = Caller(town.operator), f"/desk/cases/{case.pk}"
    card = {"nik": "3505101708950001", "name": "Budi Santoso", "area_code": SITI["area_code"]}
    assert operator.post(f"{path}/compare", facts=card) == {"items": []}
    operator.post(f"{path}/prove", facts={"name": "Budi Santoso"}, status=400)
    operator.post(f"{path}/prove", facts=card)
    assert Case.objects.get(pk=case.pk).applicant.level == "counter_proven"
    assert operator.get(path)["is_proven"] is True
    other = {**card, "name": "Budi Sentosa"}
    refusal = operator.post(f"{path}/prove", facts=other, status=409)
    assert fields(refusal) == ["facts.name"]
    (difference,) = operator.post(f"{path}/compare", facts=other)["items"]
    assert (difference["on_record"], difference["seen"]) == ("Budi Santoso", "Budi Sentosa")
    operator.post(f"{path}/prove", facts=other, settled={"name": "seen"})

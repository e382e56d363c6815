"""The applicant's side of the API: nothing that the pages do is missing, and nothing more is told."""

from __future__ import annotations

from typing import Any

import pytest

from balai.engines.cases import actions
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.api_client import Caller, fields
from balai.kernel.uuid7 import uuid7

pytestmark = pytest.mark.django_db
SLUG = "surat-keterangan-usaha"


def application(town: make.Town, **more: Any) -> dict[str, Any]:
    return {
        "service": SLUG,
        "answers": make.ANSWERS,
        "uploads": {make.PHOTO: [str(make.photo(town.siti))]},
        **more,
    }


def test_submit_files_once_however_often_it_is_sent(town: make.Town) -> None:
    siti, sent = Caller(town.siti), application(town, id=str(uuid7()))
    first = siti.post("/cases", sent=sent, status=201)
    again = siti.post("/cases", sent=sent)
    assert again == {**first, "is_repeat": True}
    assert Case.objects.get().channel == "api"


def test_submit_is_the_same_under_one_idempotency_key(town: make.Town) -> None:
    siti, sent = Caller(town.siti), application(town)
    first = siti.post("/cases", sent=sent, key="hp-1", status=201)
    assert siti.post("/cases", sent=sent, key="hp-1")["number"] == first["number"]
    other = siti.post("/cases", sent=application(town), key="hp-2", status=201)
    assert other["number"] != first["number"]


def test_idempotency_key_used_for_something_else_is_refused(town: make.Town) -> None:
    siti, sent = Caller(town.siti), application(town)
    siti.post("/cases", sent=sent, key="hp-1", status=201)
    answers = {**make.ANSWERS, "purpose": "Mengajukan pinjaman koperasi"}
    for other in ({**sent, "answers": answers}, application(town)):
        assert siti.post("/cases", sent=other, key="hp-1", status=409)["code"] == "sync.key_reused"
    assert Case.objects.count() == 1


def test_submit_names_every_fault(town: make.Town) -> None:
    siti = Caller(town.siti)
    answers = {**make.ANSWERS, "nik": "123", "purpose": ""}
    refusal = siti.post("/cases", sent=application(town, answers=answers), status=422)
    assert (refusal["code"], sorted(fields(refusal))) == ("catalogue.answers_refused", ["nik", "purpose"])
    refusal = siti.post("/cases", sent=application(town, uploads={}), status=400)
    assert (refusal["code"], fields(refusal)) == ("cases.requirement_missing", [f"uploads.{make.PHOTO}"])
    assert Case.objects.count() == 0


def test_submit_with_a_strangers_file_or_id_is_refused(town: make.Town) -> None:
    siti = Caller(town.siti)
    theirs = {make.PHOTO: [str(make.photo(town.newcomer))]}
    assert siti.post("/cases", sent=application(town, uploads=theirs), status=400)["code"] == "files.gone"
    taken = str(make.submit(town.siti).case.pk)
    sent = {
        "service": SLUG,
        "answers": {**make.ANSWERS, "nik": "3505101708950001"},
        "uploads": {make.PHOTO: [str(make.photo(town.newcomer))]},
        "id": taken,
    }
    refusal = Caller(town.newcomer).post("/cases", sent=sent, status=409)
    assert refusal["code"] == "cases.application_id_refused"


def test_unknown_service_is_not_found(town: make.Town) -> None:
    Caller(town.siti).post("/cases", sent=application(town, service="nothing"), status=404)


def test_list_goes_on_behind_the_cursor(town: make.Town) -> None:
    numbers = [make.submit(town.siti).number for _ in range(5)]
    siti, seen, cursor = Caller(town.siti), [], ""
    while cursor is not None:
        page = siti.get("/cases", cursor=cursor, limit=2)
        seen += [each["number"] for each in page["items"]]
        cursor = page["next"]
    assert seen == numbers[::-1]


def test_cursor_of_another_citizen_is_refused(town: make.Town) -> None:
    number = make.submit(town.siti).number
    assert fields(Caller(town.newcomer).get("/cases", cursor=number, status=422)) == ["cursor"]


def test_own_case_shows_what_the_page_shows(town: make.Town) -> None:
    number = make.submit(town.siti).number
    shown = Caller(town.siti).get(f"/cases/{number}")
    assert shown["answers"]["purpose"] == make.ANSWERS["purpose"]
    assert [each["requirement"] for each in shown["files"]] == [make.PHOTO]
    assert shown["may_withdraw"] is True
    assert [(each["act"], each["state"]) for each in shown["case"]["steps"]] == [
        ("check", "open"),
        ("approve", "ahead"),
        ("print", "ahead"),
        ("hand_over", "ahead"),
    ]
    assert shown["case"]["clock"]["state"] == "running"


def test_case_of_another_looks_absent(town: make.Town) -> None:
    number = make.submit(town.siti).number
    budi = Caller(town.newcomer)
    for path in ("", "/slip", "/messages"):
        assert budi.get(f"/cases/{number}{path}", status=404)["code"] == "runtime.not_found"
    for path in ("/withdraw", "/repair"):
        assert budi.post(f"/cases/{number}{path}", status=404)["code"] == "runtime.not_found"


def test_slip_and_follow_fit_and_following_names_nobody(town: make.Town) -> None:
    receipt = make.submit(town.siti)
    slip = Caller(town.siti).get(f"/cases/{receipt.number}/slip")
    assert (slip["number"], slip["pin"]) == (receipt.number, receipt.pin)
    told = Caller().post("/follow", number=slip["number"].lower(), pin=slip["pin"])
    assert (told["number"], told["state"], told["state_label"]) == (
        receipt.number,
        "submitted",
        "Sedang diperiksa petugas",
    )
    assert "Siti" not in str(told)
    assert "3505105708950001" not in str(told)


def test_follow_stops_guessing_and_says_how_long(town: make.Town) -> None:
    receipt, anybody = make.submit(town.siti), Caller()
    wrong = f"{(int(receipt.pin) + 1) % 10**6:06d}"
    for _ in range(10):
        anybody.post("/follow", number=receipt.number, pin=wrong, status=404)
    anybody.post("/follow", number=receipt.number, pin=receipt.pin, status=429)


def test_repair_changes_what_was_marked_and_nothing_else(town: make.Town) -> None:
    case = make.returned(town, make.PURPOSE_TARGET, make.PHOTO_TARGET)
    siti, path = Caller(town.siti), f"/cases/{case.number}/repair"
    told = siti.get(f"/cases/{case.number}")["case"]
    assert {fault["target"] for fault in told["faults"]} == {"field:purpose", f"requirement:{make.PHOTO}"}
    assert told["clock"]["state"] == "paused"
    refusal = siti.post(path, answers={"business_name": "Lain"}, status=400)
    assert refusal["code"] == "cases.not_repairable"
    refusal = siti.post(path, answers={"purpose": "Mengajukan KUR di BRI"}, status=400)
    assert fields(refusal) == [f"requirement:{make.PHOTO}"]
    fresh = {make.PHOTO: [str(make.photo(town.siti, 7))]}
    repaired = siti.post(path, answers={"purpose": "Mengajukan KUR di BRI"}, uploads=fresh)
    assert (repaired["state"], repaired["clock"]["state"], repaired["faults"]) == ("submitted", "running", [])
    assert siti.post(path, answers={}, status=409)["code"] == "cases.not_now"


def test_null_takes_an_answer_away(town: make.Town) -> None:
    case = make.returned(town, make.PURPOSE_TARGET)
    refusal = Caller(town.siti).post(f"/cases/{case.number}/repair", answers={"purpose": None}, status=422)
    assert fields(refusal) == ["purpose"]


def test_withdraw_once(town: make.Town) -> None:
    number = make.submit(town.siti).number
    siti = Caller(town.siti)
    assert siti.post(f"/cases/{number}/withdraw")["state"] == "withdrawn"
    assert siti.post(f"/cases/{number}/withdraw", status=409)["code"] == "cases.not_now"


def test_messages_go_both_ways_and_internal_notes_stay_inside(town: make.Town) -> None:
    case = make.submit(town.siti).case
    siti, operator = Caller(town.siti), Caller(town.operator)
    siti.post(f"/cases/{case.number}/messages", text="Kapan selesai?", status=201)
    for audience, text in (("citizen", "Besok."), ("internal", "Telepon dahulu.")):
        operator.post(f"/desk/cases/{case.pk}/notes", text=text, audience=audience, status=201)
    items = siti.get(f"/cases/{case.number}/messages")["items"]
    assert [(each["by_kind"], each["text"]) for each in items] == [
        ("citizen", "Kapan selesai?"),
        ("officer", "Besok."),
    ]
    assert siti.post(f"/cases/{case.number}/messages", text=" ", status=400)["code"] == "threads.note_empty"


def test_submit_by_page_and_by_api_give_the_same_receipt(town: make.Town) -> None:
    case_id = uuid7()
    page = make.submit(town.siti, id=case_id)
    assert isinstance(page, actions.Receipt)
    api = Caller(town.siti).post("/cases", sent=application(town, id=str(case_id)))
    assert (api["number"], api["pin"], api["is_repeat"]) == (page.number, page.pin, True)

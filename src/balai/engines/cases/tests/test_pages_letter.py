"""From the decision to the hand that takes the letter, as officers see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from balai.documents import queries as documents
from balai.engines.cases import actions
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.factories import Town
from balai.engines.cases.tests.pages import citizen_client, form_in, officer_client
from balai.engines.cases.tests.signing import in_ink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates", "ink_letter_out")]
NIK = make.ANSWERS["nik"]


def desk(case: Case, rest: str = "") -> str:
    return f"/meja/berkas/{case.pk}/{rest}"


def html_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_head_approves_and_waits_for_the_letter_without_reloading(town: make.Town, run_jobs) -> None:
    case = make.checked(town)
    client = officer_client(town.head)
    assert client.post(desk(case, "setujui/"))["Location"] == f"{desk(case)}?kotak=todo"
    html = html_of(client, desk(case))
    assert f'data-controller="poll" data-url="{desk(case, "surat/")}"' in html
    first = client.get(desk(case, "surat/"))
    assert "sedang dibuat" in first.content.decode()
    unchanged = client.get(desk(case, "surat/"), headers={"If-None-Match": first["ETag"]})
    assert unchanged.status_code == 304
    run_jobs()
    later = client.get(desk(case, "surat/"), headers={"If-None-Match": first["ETag"]})
    assert "Surat terbit dengan nomor" in later.content.decode()


def test_operator_can_neither_approve_nor_reject(town: make.Town) -> None:
    case = make.checked(town)
    client = officer_client(town.operator)
    assert "Setujui" not in html_of(client, desk(case))
    for rest in ("setujui/", "tolak/"):
        assert client.post(desk(case, rest)).status_code == 403
    case.refresh_from_db()
    assert case.state == "submitted"


def test_second_head_reads_who_was_faster_and_keeps_the_words(town: make.Town) -> None:
    case = make.checked(town)
    client = officer_client(town.other_head)
    reason = make.service().reject_reason[0].code
    actions.approve(by=town.head, case=case)
    answer = client.post(desk(case, "tolak/"), {"reason_code": reason, "note": "Tempat usaha tidak ada."})
    html = answer.content.decode()
    assert (answer.status_code, "Bambang Sutejo" in html) == (409, True)
    assert "Tempat usaha tidak ada." in html


def test_rejecting_needs_a_reason_and_keeps_the_words(town: make.Town) -> None:
    case = make.checked(town)
    client = officer_client(town.head)
    answer = client.post(desk(case, "tolak/"), {"reason_code": "", "note": "Belum jelas."})
    assert answer.status_code == 400
    assert form_in(answer.content.decode(), "reason_code").values["note"] == "Belum jelas."
    reason = make.service().reject_reason[0].code
    client.post(desk(case, "tolak/"), {"reason_code": reason, "note": "Belum jelas."})
    case.refresh_from_db()
    assert (case.state, case.reason_code) == ("rejected", reason)


def test_letter_is_opened_marked_as_printed_and_put_on_a_shelf(town: make.Town, run_jobs) -> None:
    case = in_ink(town, run_jobs)
    client = officer_client(town.operator)
    html = html_of(client, desk(case))
    assert "Buka surat untuk dicetak" in html
    client.post(desk(case, "cetak/"))
    assert "Dicetak" in html_of(client, desk(case))
    client.post(desk(case, "rak/"), {"shelf_number": "A-12"})
    case.refresh_from_db()
    assert (case.state, case.shelf_number) == ("ready", "A-12")


@pytest.mark.parametrize("typed", ["", "rak & meja", "A" * 21])
def test_shelf_number_that_is_none_stays_typed(town: make.Town, run_jobs, typed: str) -> None:
    case = in_ink(town, run_jobs)
    answer = officer_client(town.operator).post(desk(case, "rak/"), {"shelf_number": typed})
    assert answer.status_code == 400
    assert form_in(answer.content.decode(), "shelf_number").values["shelf_number"] == typed


def test_what_the_counter_left_out_is_asked_for_by_its_name(town: make.Town, run_jobs) -> None:
    case = in_ink(town, run_jobs)
    client = officer_client(town.operator)
    assert "Isi nomor rak, supaya" in client.post(desk(case, "rak/"), {"shelf_number": ""}).content.decode()
    actions.shelve(by=town.operator, case=case, shelf_number="A-12")
    html = client.post(desk(case, "serahkan/"), {"relation": "self", "card": "ktp"}).content.decode()
    assert ("Isi nama pengambil." in html, "Isi nomor kartu yang" in html) == (True, True)


def ready(town: Town, run_jobs: Any) -> Case:
    return actions.shelve(by=town.operator, case=in_ink(town, run_jobs), shelf_number="A-12")


TAKER = {"name": "Siti Aminah", "relation": "self", "card": "ktp", "card_number": NIK}


def test_hand_over_closes_the_case_and_keeps_four_digits(town: make.Town, run_jobs) -> None:
    case = ready(town, run_jobs)
    officer_client(town.operator).post(desk(case, "serahkan/"), TAKER)
    case.refresh_from_db()
    assert (case.state, case.handover.taker_id_masked) == ("closed", "••••••••••••0001")


@pytest.mark.parametrize("wrong", [{"name": ""}, {"card_number": "12"}, {"relation": "tetangga jauh"}])
def test_hand_over_that_is_incomplete_keeps_what_was_typed(
    town: make.Town, run_jobs, wrong: dict[str, str]
) -> None:
    case = ready(town, run_jobs)
    answer = officer_client(town.operator).post(desk(case, "serahkan/"), TAKER | wrong)
    kept = form_in(answer.content.decode(), "card_number").values
    assert answer.status_code == 400
    typed = {name: value for name, value in (TAKER | wrong).items() if name != "relation"}
    assert {name: kept[name] for name in typed} == typed
    case.refresh_from_db()
    assert case.state == "ready"


def test_hand_over_to_a_newcomer_waits_for_the_proof_and_keeps_what_was_typed(
    town: make.Town, run_jobs
) -> None:
    case = make.judge(town.operator, make.submit(town.newcomer).case)
    actions.approve(by=town.head, case=actions.forward(by=town.operator, case=case))
    run_jobs()
    actions.shelve(by=town.operator, case=case, shelf_number="B-1")
    answer = officer_client(town.operator).post(desk(case, "serahkan/"), TAKER)
    html = answer.content.decode()
    assert (answer.status_code, "Cocokkan dahulu identitas pemohon" in html) == (409, True)
    assert form_in(html, "card_number").values["card_number"] == NIK


def test_letter_is_read_by_a_proven_applicant_and_by_no_newcomer(town: make.Town, run_jobs) -> None:
    answers = []
    for citizen in (town.siti, town.newcomer):
        case = make.judge(town.operator, make.submit(citizen).case)
        case = actions.approve(by=town.head, case=actions.forward(by=town.operator, case=case))
        run_jobs()
        letter = documents.letter(case.letter_id)
        assert letter is not None
        upload = documents.letter_upload(letter)
        assert upload is not None
        clients = (citizen_client(citizen), officer_client(town.operator))
        answers.append([client.get(f"/unduh/{upload.pk}/").status_code for client in clients])
    assert answers == [[200, 200], [404, 200]]

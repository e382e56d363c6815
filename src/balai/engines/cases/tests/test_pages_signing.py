"""A certified letter as officers and the applicant see it: whose turn, how delivered, revoked, replaced."""

from __future__ import annotations

import pytest
from django.test import Client

from balai.engines.cases import actions
from balai.engines.cases.models import Case
from balai.engines.cases.rules.filing import pin_of
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests import signing as by_turns
from balai.engines.cases.tests.api_client import Caller
from balai.engines.cases.tests.factories import Town
from balai.engines.cases.tests.pages import (
    APPLY,
    TYPED,
    citizen_client,
    fill_all_pages,
    form_in,
    officer_client,
)
from balai.engines.cases.tests.signing import RunJobs, letter_of, turn_of
from balai.engines.cases.tests.signing import signing as signing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates", "signing", "letters_out")]
REVIEW = f"{APPLY}tinjau/"


def desk(case: Case, rest: str = "") -> str:
    return f"/meja/berkas/{case.pk}/{rest}"


def html_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_review_asks_the_proven_how_the_letter_should_reach_her(town: Town) -> None:
    client = citizen_client(town.siti)
    form = form_in(html_of(client, fill_all_pages(client)), "berkas")
    assert form.values["delivery"] == "download"
    client.post(REVIEW, form.values | {"delivery": "pickup"})
    filed = Case.objects.exclude(pk__in=town.letters_out.values()).get(applicant=town.siti)
    assert filed.delivery == "pickup"


def test_review_tells_a_newcomer_why_she_has_no_choice(town: Town) -> None:
    client = citizen_client(town.newcomer)
    typed = {**TYPED, "nik": town.newcomer.nik.clear}
    html = html_of(client, fill_all_pages(client, typed))
    form = form_in(html, "berkas")
    assert ("delivery" in form.names, "Suratnya nanti diambil di kantor." in html) == (False, True)
    answer = client.post(REVIEW, form.values | {"delivery": "download"})
    assert (answer.status_code, "sudah dicocokkan di loket" in answer.content.decode()) == (403, True)
    client.post(REVIEW, form.values)
    assert Case.objects.get(applicant=town.newcomer).delivery == "pickup"


def test_sheet_shows_whose_turn_it_is_and_leads_only_her_there(town: Town) -> None:
    case = by_turns.forwarded(town)
    address = f"/meja/tanda-tangan/{turn_of(case).pk}/"
    pages = [html_of(officer_client(each), desk(case)) for each in (by_turns.secretary(), town.operator)]
    assert [address in page for page in pages] == [True, False]
    assert ["Paraf" in page for page in pages] == [True, True]
    assert "Menunggu sejak" in pages[0]


def test_head_may_reject_what_waits_for_her_signature(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.initialled(by_turns.forwarded(town), run_jobs)
    client = officer_client(town.head)
    page = html_of(client, desk(case))
    assert ("Baca dan tanda tangani surat" in page, "Setujui dan terbitkan" in page) == (True, False)
    client.post(desk(case, "tolak/"), {"reason_code": "not_true", "note": ""})
    assert by_turns.fresh(case).state == "rejected"


def test_head_may_reject_while_the_letter_waits_for_the_initials_of_another(town: Town) -> None:
    case = by_turns.forwarded(town)
    letter, client = letter_of(case), officer_client(town.head)
    form = form_in(html_of(client, desk(case)), "reason_code")
    assert "reason_code" not in html_of(officer_client(town.operator), desk(case))
    empty = client.post(form.action, {"reason_code": "", "note": "Bukan usahanya."}).content.decode()
    assert ("belum tersimpan" in empty, form_in(empty, "reason_code").values["note"]) == (
        False,
        "Bukan usahanya.",
    )
    client.post(form.action, {"reason_code": "not_true", "note": ""})
    letter.refresh_from_db()
    assert (by_turns.fresh(case).state, letter.state) == ("rejected", "void")


def test_nobody_rejects_on_the_page_before_the_check_is_done(town: Town) -> None:
    case = make.submit(town.siti, service=make.certified()).case
    assert "reason_code" not in html_of(officer_client(town.head), desk(case))


def test_certified_letter_is_printed_without_a_word_about_pens(town: Town, run_jobs: RunJobs) -> None:
    page = html_of(officer_client(town.operator), desk(by_turns.issued(town, run_jobs)))
    assert ("Sudah dicetak dan di rak" in page, "menunggu tanda tangan" in page) == (True, False)


def test_applicant_is_led_to_her_letter_and_a_follower_is_not(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs, delivery="download")
    address = f"/saya/surat/{case.letter_id}/"
    assert address in html_of(citizen_client(town.siti), f"/saya/berkas/{case.number}/")
    told = Caller().post("/follow", number=case.number, pin=pin_of(case.pk))
    assert (told["state"], str(case.letter_id) in str(told)) == ("closed", False)


def test_applicant_is_not_sent_to_fetch_or_use_a_letter_that_was_revoked(
    town: Town, run_jobs: RunJobs
) -> None:
    for way, promise in (("pickup", "siap diambil"), ("download", "Surat Anda sudah terbit")):
        case = by_turns.issued(town, run_jobs, delivery=way)
        if way == "pickup":
            actions.shelve(by=town.operator, case=case, shelf_number="A-1")
        page = f"/saya/berkas/{case.number}/"
        assert promise in html_of(citizen_client(town.siti), page)
        actions.revoke_letter(by=town.head, case=case, code="content-wrong")
        run_jobs()
        told = html_of(citizen_client(town.siti), page)
        assert (promise in told.split("<h2", 1)[0], "Surat dicabut" in told) == (False, True)


def test_printed_copy_is_at_hand_for_whoever_chose_the_file(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs, delivery="download")
    page = html_of(officer_client(town.operator), desk(case))
    assert f"/unduh/{letter_of(case).upload_id}/" in page


def test_letter_is_revoked_from_the_sheet_by_whoever_may(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs)
    client = officer_client(town.head)
    refused = client.post(desk(case, "cabut/"), {"code": "", "note": "Salah."})
    assert refused.status_code == 400
    assert form_in(refused.content.decode(), "code").values["note"] == "Salah."
    client.post(desk(case, "cabut/"), {"code": "content-wrong", "note": "Salah."})
    assert letter_of(case).is_revoked
    assert "sudah tidak berlaku" in html_of(client, desk(case))
    assert (
        officer_client(town.operator).post(desk(case, "cabut/"), {"code": "content-wrong"}).status_code == 403
    )


def test_letter_is_replaced_page_by_page(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs, delivery="download")
    head, operator = officer_client(town.head), officer_client(town.operator)
    assert desk(case, "ganti/") in html_of(head, desk(case))
    wrong = head.post(desk(case, "ganti/"), {"reason_code": "", "note": "Nama usaha."})
    assert form_in(wrong.content.decode(), "reason_code").values["note"] == "Nama usaha."
    head.post(desk(case, "ganti/"), {"reason_code": "content-wrong", "fields_to_correct": ["business_name"]})
    assert by_turns.fresh(case).state == "replacing"
    assert desk(case, "betulkan/") in html_of(operator, desk(case))
    form = form_in(html_of(operator, desk(case, "betulkan/")), "business_name")
    assert "purpose" not in form.names
    empty = operator.post(desk(case, "betulkan/"), form.filled({"business_name": ""}))
    assert empty.status_code == 400
    operator.post(desk(case, "betulkan/"), form.filled({"business_name": "Warung Baru"}))
    operator.post(desk(case, "periksa/"), {"do": "forward"})
    again = by_turns.fresh(case)
    assert (again.answers.clear["business_name"], letter_of(again).state) == ("Warung Baru", "requested")


def test_replacement_is_called_off_from_the_page_of_the_case(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs)
    head, operator = officer_client(town.head), officer_client(town.operator)
    assert desk(case, "batal-ganti/") not in html_of(head, desk(case))
    head.post(desk(case, "ganti/"), {"reason_code": "content-wrong"})
    assert desk(case, "batal-ganti/") not in html_of(operator, desk(case))
    assert operator.post(desk(case, "batal-ganti/")).status_code == 403
    assert desk(case, "batal-ganti/") in html_of(head, desk(case))
    assert head.post(desk(case, "batal-ganti/"))["Location"] == f"{desk(case)}?kotak=todo"
    assert by_turns.fresh(case).state == "issued"
    assert head.post(desk(case, "batal-ganti/")).status_code == 409


def test_pages_of_a_replacement_are_closed_to_others(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs)
    operator = officer_client(town.operator)
    answers = [operator.get(desk(case, rest)).status_code for rest in ("ganti/", "betulkan/")]
    assert answers == [403, 409]


def test_api_takes_the_delivery_and_tells_it(town: Town) -> None:
    caller = Caller(town.siti)
    sent = {
        "service": "surat-keterangan-usaha",
        "answers": make.ANSWERS,
        "uploads": {make.PHOTO: [str(make.photo(town.siti))]},
    }
    receipt = caller.post("/cases", status=201, sent={**sent, "delivery": "pickup"})
    assert caller.get(f"/cases/{receipt['number']}")["case"]["delivery"] == "pickup"
    caller.post("/cases", status=422, sent={**sent, "delivery": "pigeon"})


def test_message_with_a_key_is_written_once(town: Town) -> None:
    case = make.submit(town.siti).case
    caller, path = Caller(town.siti), f"/cases/{case.number}/messages"
    first = caller.post(path, status=201, key="m1", text="Apakah sudah?")
    again = caller.post(path, status=200, key="m1", text="Apakah sudah?")
    assert (first, len(caller.get(path)["items"])) == (again, 1)
    caller.post(path, status=409, key="m1", text="Lain sama sekali.")
    caller.post(path, status=201, text="Apakah sudah?")


def test_api_replaces_and_revokes_as_the_pages_do(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs, delivery="download")
    head, operator, path = Caller(town.head), Caller(town.operator), f"/desk/cases/{case.pk}"
    operator.post(f"{path}/replace-letter", status=403, reason="content-wrong")
    head.post(f"{path}/replace-letter", status=400, reason="no-such-reason")
    head.post(f"{path}/replace-letter", reason="content-wrong", fields=["business_name"])
    operator.post(f"{path}/keep-letter", status=403)
    assert head.post(f"{path}/keep-letter")["state"] == "closed"
    head.post(f"{path}/replace-letter", reason="content-wrong", fields=["business_name"])
    operator.post(f"{path}/correct-answers", status=409, answers={"purpose": "Keperluan lain"})
    after = operator.post(f"{path}/correct-answers", answers={"business_name": "Warung Baru"})
    assert (after["state"], by_turns.fresh(case).answers.clear["business_name"]) == (
        "replacing",
        "Warung Baru",
    )
    head.post(f"{path}/revoke-letter", reason="content-wrong")
    assert letter_of(case).is_revoked

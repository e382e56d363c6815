"""The applicant's own pages: where it stands, repair, withdraw, messages, slip."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balai.catalogue import running
from balai.engines.cases import actions, queries
from balai.engines.cases.actions import VerdictGiven
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.pages import (
    citizen_client,
    error_texts,
    form_in,
    forms_in,
    officer_client,
    photo_file,
)
from balai.runtime import ratelimit
from balai.threads import actions as threads
from balai.threads import queries as notes

LANGUAGE = "/bahasa/"  # the shell's own, which needs none
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


def mine(case: Case, rest: str = "") -> str:
    return case.get_absolute_url() + rest


def html_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_mine_tells_where_it_stands_and_until_when(town: make.Town) -> None:
    case = make.submit(town.siti).case
    html = html_of(citizen_client(town.siti), mine(case))
    words = ("Sedang diperiksa petugas", "Selesai paling lambat", "Petugas memeriksa berkas", "Sejak ")
    assert [text for text in (case.number, *words) if text not in html] == []


def test_mine_promises_when_the_letter_can_be_fetched(town: make.Town) -> None:
    case = make.checked(town)
    html = html_of(citizen_client(town.siti), mine(case))
    ready = html[html.index("<b>Siap diambil</b>") :]
    assert "Paling lambat " in ready[: ready.index("</li>")]


@pytest.mark.parametrize("rest", ["", "kabar/", "bukti/", "perbaiki/", "tarik/", "pesan/"])
def test_pages_of_a_case_are_the_applicants_alone(town: make.Town, rest: str) -> None:
    case = make.returned(town, make.PURPOSE_TARGET)
    others = (citizen_client(town.newcomer), officer_client(town.operator), Client())
    answers = [c.post(mine(case, rest)) if rest == "pesan/" else c.get(mine(case, rest)) for c in others]
    assert [answer.status_code for answer in answers] == [404, 302, 302]


def test_number_that_nobody_has_is_not_found(town: make.Town) -> None:
    client = citizen_client(town.siti)
    for number in ("SKU-2026-0000-0000", "x", "%20"):
        assert client.get(f"/saya/berkas/{number}/").status_code == 404


def test_news_changes_with_the_case_and_is_304_while_it_does_not(town: make.Town) -> None:
    case = make.submit(town.siti).case
    client = citizen_client(town.siti)
    html = html_of(client, mine(case))
    assert f'data-controller="poll" data-url="{mine(case, "kabar/")}"' in html
    first = client.get(mine(case, "kabar/"))
    again = client.get(mine(case, "kabar/"), headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, "<html" in first.content.decode()) == (200, 304, False)
    assert first.content.decode() in html
    actions.forward(by=town.operator, case=make.judge(town.operator, case))
    later = client.get(mine(case, "kabar/"), headers={"If-None-Match": first["ETag"]})
    assert (later.status_code, "Menunggu tanda tangan" in later.content.decode()) == (200, True)


def test_repair_asks_for_what_was_marked_and_nothing_else(town: make.Town) -> None:
    case = make.returned(town, make.PHOTO_TARGET, make.PURPOSE_TARGET)
    html = html_of(citizen_client(town.siti), mine(case, "perbaiki/"))
    form = form_in(html, "milik")
    assert form.names - {"csrfmiddlewaretoken", "milik"} == {"purpose", "place_photo"}
    assert html.count("Mohon diperjelas.") >= 2


def test_repair_keeps_the_file_when_another_answer_is_wrong(town: make.Town) -> None:
    case = make.returned(town, make.PHOTO_TARGET, make.PURPOSE_TARGET)
    client, url = citizen_client(town.siti), mine(case, "perbaiki/")
    sent = form_in(html_of(client, url), "milik").filled({"purpose": "KUR"})
    wrong = client.post(url, sent | {"place_photo": photo_file("terang.jpg")})
    assert [text.split(":")[0] for text in error_texts(wrong.content.decode())] == ["purpose"]
    assert wrong.status_code == 400
    later = html_of(citizen_client(town.siti), url)
    assert "terang.jpg" in later
    sent = form_in(later, "milik").filled({"purpose": "Mengajukan KUR di BRI Kanigoro"})
    assert client.post(url, sent)["Location"] == mine(case)
    case.refresh_from_db()
    assert (case.state, case.answers.clear["purpose"]) == ("submitted", "Mengajukan KUR di BRI Kanigoro")


def test_repair_refused_by_the_office_keeps_file_and_words_for_the_next_try(town: make.Town) -> None:
    """An unchanged answer passes the form and is refused by the action; the photo was sent already."""
    case = make.returned(town, make.PHOTO_TARGET, make.PURPOSE_TARGET)
    client, url = citizen_client(town.siti), mine(case, "perbaiki/")
    sent = form_in(html_of(client, url), "milik").filled({})
    refused = client.post(url, sent | {"place_photo": photo_file("terang.jpg")})
    assert "Belum diperbaiki: Untuk keperluan apa?" in refused.content.decode()
    sent = form_in(refused.content.decode(), "milik").filled({"purpose": "Mengajukan KUR di BRI Kanigoro"})
    assert client.post(url, sent)["Location"] == mine(case)


def test_repair_of_the_nik_stays_the_accounts_own(town: make.Town) -> None:
    case = make.returned(town, make.checking.field("nik"))
    client, url = citizen_client(town.siti), mine(case, "perbaiki/")
    sent = form_in(html_of(client, url), "milik").filled({"nik": "3505101708950001"})
    answer = client.post(url, sent)
    (text,) = error_texts(answer.content.decode())
    assert (answer.status_code, text.split(".")[0]) == (400, "nik: NIK ini bukan NIK akun Anda")


def test_repair_asks_for_the_file_that_a_new_answer_makes_necessary(town: make.Town) -> None:
    service = running.current().by_id("village/domicile-statement")
    home = {"lived_since": "2015-01-01", "house_status": "own"}
    answers = {name: value for name, value in make.ANSWERS.items() if name in service.field_by_id} | home
    uploads = {"house_photo": [make.photo(town.siti)]}
    case = actions.submit(by=town.siti, service=service, answers=answers, uploads=uploads).case
    status = VerdictGiven(make.checking.field("house_status"), is_ok=False, reason_code="unclear")
    given = [VerdictGiven(make.checking.requirement("house_photo"), is_ok=True), status]
    case = actions.record_verdicts(by=town.operator, case=case, verdicts=given)
    case = actions.return_for_repair(by=town.operator, case=case)
    client, url = citizen_client(town.siti), mine(case, "perbaiki/")
    form = form_in(html_of(client, url), "milik")
    assert form.names >= {"house_status", "house_owner", "owner_consent"}
    sent = form.filled({"house_status": "rent", "house_owner": "Pak Karso"})
    assert [text.split(":")[0] for text in error_texts(client.post(url, sent).content.decode())] == [
        "owner_consent"
    ]
    assert client.post(url, sent | {"owner_consent": photo_file("izin.jpg")})["Location"] == mine(case)
    assert "owner_consent" in {file.requirement_id for file in queries.files_of(case)}


def test_repair_sent_twice_repairs_once(town: make.Town) -> None:
    case = make.returned(town, make.PURPOSE_TARGET)
    client, url = citizen_client(town.siti), mine(case, "perbaiki/")
    sent = form_in(html_of(client, url), "milik").filled({"purpose": "Mengajukan KUR di BRI Kanigoro"})
    assert [client.post(url, sent)["Location"] for _ in range(2)] == [mine(case)] * 2
    case.refresh_from_db()
    assert case.round == 2


def test_repair_of_a_case_that_did_not_come_back_leads_to_the_case(town: make.Town) -> None:
    case = make.submit(town.siti).case
    assert citizen_client(town.siti).get(mine(case, "perbaiki/"))["Location"] == mine(case)


def test_withdraw_asks_once_more_and_then_does_it(town: make.Town) -> None:
    case = make.submit(town.siti).case
    client = citizen_client(town.siti)
    assert "Tarik permohonan ini?" in html_of(client, mine(case, "tarik/"))
    html = client.post(mine(case, "tarik/"), follow=True).content.decode()
    assert "Permohonan sudah ditarik." in html
    case.refresh_from_db()
    assert case.state == "withdrawn"


def test_withdraw_after_the_decision_says_that_it_is_too_late(town: make.Town) -> None:
    case = make.decided(town)
    client = citizen_client(town.siti)
    assert "tidak bisa ditarik lagi" in client.get(mine(case, "tarik/"), follow=True).content.decode()
    client.post(mine(case, "tarik/"))
    case.refresh_from_db()
    assert case.state == "approved"


def test_message_is_sent_and_answers_appear_without_internal_notes(town: make.Town) -> None:
    case = make.submit(town.siti).case
    client = citizen_client(town.siti)
    sent = client.post(mine(case, "pesan/"), {"text": "Kapan jadi?"}, follow=True).content.decode()
    assert "Kapan jadi?" in sent
    by = town.operator.as_actor()
    threads.post(by=by, subject=case.as_subject(), text="Besok, Bu.")
    threads.post(by=by, subject=case.as_subject(), text="Cek alamat", audience="internal")
    html = html_of(client, mine(case))
    assert ("Besok, Bu." in html, "Cek alamat" in html) == (True, False)


def test_message_sent_twice_is_written_once_and_other_words_are_another(town: make.Town) -> None:
    case = make.submit(town.siti).case
    client, url = citizen_client(town.siti), mine(case, "pesan/")
    form = form_in(html_of(client, mine(case)), "text")
    for text in ("Kapan jadi?", "Kapan jadi?", "Kapan jadi, ya?"):
        assert client.post(url, form.filled({"text": text}))["Location"] == mine(case)
    again = form_in(html_of(client, mine(case)), "text").filled({"text": "Kapan jadi?"})
    client.post(url, again)
    written = [note.text.clear for note in notes.notes(case.as_subject(), "citizen")]
    assert written == ["Kapan jadi?", "Kapan jadi, ya?", "Kapan jadi?"]


def test_message_that_was_refused_keeps_its_key(town: make.Town) -> None:
    case = make.submit(town.siti).case
    client, url = citizen_client(town.siti), mine(case, "pesan/")
    form = form_in(html_of(client, mine(case)), "text")
    refused = client.post(url, form.filled({"text": ""}))
    assert form_in(refused.content.decode(), "text").values["kunci"] == form.values["kunci"]


@pytest.mark.parametrize("key", ["", "bukan kunci", "0" * 5000])
def test_message_with_a_key_that_is_none_is_written(town: make.Town, key: str) -> None:
    case = make.submit(town.siti).case
    citizen_client(town.siti).post(mine(case, "pesan/"), {"text": "Kapan jadi?", "kunci": key})
    assert [note.text.clear for note in notes.notes(case.as_subject(), "citizen")] == ["Kapan jadi?"]


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_message_that_cannot_be_sent_stays_typed(town: make.Town, text: str) -> None:
    case = make.submit(town.siti).case
    answer = citizen_client(town.siti).post(mine(case, "pesan/"), {"text": text})
    assert answer.status_code == 400
    assert form_in(answer.content.decode(), "text").values["text"].strip() == text.strip()


def test_message_beyond_the_limit_stays_typed(town: make.Town) -> None:
    case = make.submit(town.siti).case
    for _ in range(20):
        ratelimit.hit("cases.message", str(town.siti.pk), limit=20, seconds=3600)
    answer = citizen_client(town.siti).post(mine(case, "pesan/"), {"text": "Masih lama?"})
    assert answer.status_code == 429
    assert form_in(answer.content.decode(), "text").values["text"] == "Masih lama?"


def test_slip_shows_number_pin_and_qr_with_the_pin_in_no_address(town: make.Town) -> None:
    receipt = make.submit(town.siti)
    html = html_of(citizen_client(town.siti), mine(receipt.case, "bukti/"))
    assert receipt.number in html
    assert receipt.pin in html
    addresses = [part.split('"')[0] for part in html.replace("src=", "href=").split('href="')[1:]]
    assert [address for address in addresses if receipt.pin in address] == []


def test_mine_says_where_to_fetch_it_and_why_it_was_refused(town: make.Town, run_jobs) -> None:
    case = make.decided(town)
    run_jobs()
    actions.shelve(by=town.operator, case=case, shelf_number="A-12")
    client = citizen_client(town.siti)
    assert "Sebutkan nomor rak <b>A-12</b>" in html_of(client, mine(case))
    other = make.checked(town)
    actions.reject(by=town.head, case=other, reason_code=make.service().reject_reason[0].code, note="Maaf.")
    html = html_of(client, mine(other))
    assert [t for t in ("Ditolak", "Permohonan ditolak: ", "Maaf.") if t not in html] == []
    assert "tarik/" not in html


def test_mine_costs_the_same_with_one_message_and_with_three(town: make.Town) -> None:
    case = make.submit(town.siti).case
    client = citizen_client(town.siti)
    costs = []
    for more in (1, 2):
        for _ in range(more):
            threads.post(by=town.siti.as_actor(), subject=case.as_subject(), text="Halo")
        with CaptureQueriesContext(connection) as captured:
            html_of(client, mine(case))
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_every_form_of_the_case_page_carries_its_token(town: make.Town) -> None:
    case = make.submit(town.siti).case
    forms = [
        form for form in forms_in(html_of(citizen_client(town.siti), mine(case))) if form.action != LANGUAGE
    ]
    assert [form.action for form in forms if "csrfmiddlewaretoken" not in form.names] == []

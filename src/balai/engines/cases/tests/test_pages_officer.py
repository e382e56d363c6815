"""The officer's page of one case: looking, judging, deciding, producing, handing over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balai import audit
from balai.audit import queries as journal
from balai.engines.cases import actions
from balai.engines.cases.models import Case
from balai.engines.cases.rules import access
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.factories import PHOTO_TARGET, PURPOSE_TARGET, Town
from balai.engines.cases.tests.pages import citizen_client, form_in, forms_in, officer_client
from balai.people.models import Officer
from balai.people.tests.factories import BENCE, make_area, make_officer
from balai.runtime import clock
from balai.threads import actions as threads

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
NIK = make.ANSWERS["nik"]
EVERY_ACT = (access.CHECK, access.DECIDE, access.PRODUCE, access.HAND_OVER)


def desk(case: Case, rest: str = "") -> str:
    return f"/meja/berkas/{case.pk}/{rest}"


def html_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


def sheet_form(client: Client, case: Case) -> Any:
    return form_in(html_of(client, desk(case)), f"outcome:{PHOTO_TARGET}")


def readings(town: Town) -> list[tuple[str, str]]:
    subjects = [town.siti.as_subject()]
    return [(row.what, row.purpose) for row in journal.readings_about(subjects)]


def test_sheet_shows_answers_and_evidence_with_identifiers_masked(town: make.Town) -> None:
    case = make.submit(town.siti).case
    html = html_of(officer_client(town.operator), desk(case))
    assert "Warung Bu Siti" in html
    assert "3505••••••••0001" in html
    assert [text for text in (NIK, "081234567801", "+6281234567801") if text in html] == []


@pytest.mark.parametrize(
    "rest",
    ["", "surat/", "periksa/", "setujui/", "tolak/", "cetak/", "rak/", "serahkan/", "nik/", "catatan/"],
)
def test_sheet_of_another_office_does_not_exist(town: make.Town, rest: str) -> None:
    make_area(BENCE, name="Bence")
    case = make.submit(town.siti).case
    stranger = make_officer(office_code=BENCE, permissions=(*EVERY_ACT, "people.prove", "people.reveal"))
    client = officer_client(stranger)
    answer = client.get(desk(case, rest)) if rest in ("", "surat/") else client.post(desk(case, rest))
    assert answer.status_code == 404
    assert client.get(desk(case, "identitas/")).status_code == 404
    assert readings(town) == []


def test_sheet_is_closed_to_strangers_and_citizens(town: make.Town) -> None:
    case = make.submit(town.siti).case
    for client in (Client(), citizen_client(town.siti)):
        answer = client.get(desk(case))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/meja/masuk/")


def test_looking_is_journalled_once_an_hour_and_shown_to_the_citizen(town: make.Town, frozen_clock) -> None:
    case = make.submit(town.siti).case
    standing = frozen_clock(clock.now())
    client = officer_client(town.operator)
    for _ in range(3):
        html_of(client, desk(case))
    once = [(f"Isian dan lampiran berkas {case.number}", "Memeriksa berkas permohonan")]
    assert readings(town) == once
    for _ in range(4):  # an officer who keeps working stays signed in
        standing.at += timedelta(minutes=20)
        html_of(client, desk(case))
    assert readings(town) == once * 2
    mine = citizen_client(town.siti).get("/saya/").content.decode()
    assert (town.operator.name in mine, f"berkas {case.number}" in mine) == (True, True)


def test_looking_again_writes_nothing(town: make.Town) -> None:
    case = make.submit(town.siti).case
    client = officer_client(town.operator)
    html_of(client, desk(case))
    with CaptureQueriesContext(connection) as captured:
        html_of(client, desk(case))
    writes = [q["sql"] for q in captured if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert writes == []


def test_reveal_opens_the_nik_once_for_a_purpose(town: make.Town) -> None:
    opener = make_officer(permissions=(access.CHECK, "people.reveal"), name="Sri Rahayu")
    case = make.submit(town.siti).case
    client = officer_client(opener)
    answer = client.post(desk(case, "nik/"), {"purpose": "contact"})
    assert (answer.status_code, NIK in answer.content.decode()) == (200, True)
    assert ("NIK", "Menghubungi warga tentang urusannya") in readings(town)
    assert NIK not in html_of(client, desk(case))


def test_reveal_without_purpose_or_permission_opens_nothing(town: make.Town) -> None:
    opener = make_officer(permissions=(access.CHECK, "people.reveal"))
    case = make.submit(town.siti).case
    refused = officer_client(opener).post(desk(case, "nik/"), {"purpose": "penasaran"})
    assert (refused.status_code, NIK in refused.content.decode()) == (400, False)
    other = officer_client(town.operator)
    assert "Buka NIK" not in html_of(other, desk(case))
    assert other.post(desk(case, "nik/"), {"purpose": "contact"}).status_code == 403


def test_judging_forwards_and_goes_on_to_the_next_case_of_the_box(town: make.Town) -> None:
    first, second = make.submit(town.siti).case, make.submit(town.siti).case
    client = officer_client(town.operator)
    form = form_in(html_of(client, f"{desk(first)}?kotak=soon"), f"outcome:{PHOTO_TARGET}")
    assert form.values["kotak"] == "soon"
    sent = form.filled({f"outcome:{PHOTO_TARGET}": "ok", "kotak": "todo"}) | {"do": "forward"}
    answer = client.post(desk(first, "periksa/"), sent)
    assert answer["Location"] == f"{desk(second)}?kotak=todo"
    done = f'Berkas <a href="{desk(first)}"><b>{first.number}</b></a>, <b>Siti A.</b>, diteruskan.'
    assert f"{done} Di bawah ini berkas berikutnya" in html_of(client, answer["Location"])


def test_judging_the_last_case_goes_back_to_the_box(town: make.Town) -> None:
    case = make.submit(town.siti).case
    client = officer_client(town.operator)
    sent = sheet_form(client, case).filled({f"outcome:{PHOTO_TARGET}": "ok"}) | {"do": "forward"}
    assert client.post(desk(case, "periksa/"), sent)["Location"] == "/meja/?kotak=todo"


def test_judging_returns_with_every_fault_and_its_words(town: make.Town) -> None:
    case = make.submit(town.siti).case
    client = officer_client(town.operator)
    sent = {
        f"outcome:{PHOTO_TARGET}": "fault",
        f"reason:{PHOTO_TARGET}": "unreadable",
        f"note:{PHOTO_TARGET}": "Foto lagi di siang hari.",
        f"outcome:{PURPOSE_TARGET}": "fault",
        f"reason:{PURPOSE_TARGET}": "unclear",
        f"note:{PURPOSE_TARGET}": "Bank mana?",
        "do": "return",
    }
    client.post(desk(case, "periksa/"), sent)
    html = citizen_client(town.siti).get(case.get_absolute_url()).content.decode()
    assert [text for text in ("Foto lagi di siang hari.", "Bank mana?") if text not in html] == []


def test_judging_saved_for_later_is_there_again(town: make.Town) -> None:
    case = make.submit(town.siti).case
    client = officer_client(town.operator)
    sent = {
        f"outcome:{PURPOSE_TARGET}": "fault",
        f"reason:{PURPOSE_TARGET}": "unclear",
        f"note:{PURPOSE_TARGET}": "Bank mana?",
        "do": "save",
    }
    assert client.post(desk(case, "periksa/"), sent)["Location"] == f"{desk(case)}?kotak=todo"
    kept = sheet_form(client, case).values
    assert {name: kept[name] for name in sent if name != "do"} == {k: v for k, v in sent.items() if k != "do"}


def test_judging_without_all_verdicts_says_what_is_missing_and_keeps_the_rest(town: make.Town) -> None:
    case = make.submit(town.siti).case
    client = officer_client(town.operator)
    sent = {
        f"outcome:{PURPOSE_TARGET}": "fault",
        f"reason:{PURPOSE_TARGET}": "",
        f"note:{PURPOSE_TARGET}": "Bank mana?",
        "do": "return",
    }
    refused = client.post(desk(case, "periksa/"), sent)
    html = refused.content.decode()
    assert (refused.status_code, "pilih alasan dari daftar" in html) == (400, True)
    kept = form_in(html, f"outcome:{PHOTO_TARGET}").values
    assert kept[f"note:{PURPOSE_TARGET}"] == "Bank mana?"
    assert kept[f"outcome:{PURPOSE_TARGET}"] == "fault"
    missing = client.post(desk(case, "periksa/"), {"do": "forward"})
    assert "Belum diperiksa: Foto tempat usaha" in missing.content.decode()


def test_judging_names_every_fault_that_has_no_reason(town: make.Town) -> None:
    case = make.submit(town.siti).case
    sent = {f"outcome:{PHOTO_TARGET}": "fault", f"outcome:{PURPOSE_TARGET}": "fault", "do": "return"}
    html = officer_client(town.operator).post(desk(case, "periksa/"), sent).content.decode()
    assert "Penilaian untuk Foto tempat usaha, Untuk keperluan apa?" in html


def test_judging_a_case_that_a_colleague_returned_shows_the_present_state_and_the_words(
    town: make.Town,
) -> None:
    case = make.submit(town.siti).case
    client = officer_client(town.operator)
    sent = sheet_form(client, case).filled(
        {f"outcome:{PHOTO_TARGET}": "fault", f"note:{PHOTO_TARGET}": "Terlalu gelap"}
    )
    actions.return_for_repair(by=town.operator, case=make.judge(town.operator, case, PURPOSE_TARGET))
    reason = {f"reason:{PHOTO_TARGET}": "unreadable", "do": "return"}
    answer = client.post(desk(case, "periksa/"), sent | reason)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert ("Menunggu perbaikan warga" in html, "Perlu Anda perbaiki" in html) == (True, False)
    assert "Terlalu gelap" in html


def test_card_shown_at_the_counter_needs_no_verdict(town: make.Town) -> None:
    client = officer_client(town.operator)
    proven, newcomer = make.submit(town.siti).case, make.submit(town.newcomer).case
    assert "outcome:requirement:identity" not in html_of(client, desk(proven))
    assert "Terbukti di loket" in html_of(client, desk(proven))
    assert "Dilihat saat warga datang mengambil" in html_of(client, desk(newcomer))
    assert "Dilihat saat warga datang mengambil" not in html_of(client, desk(proven))


def test_note_goes_to_the_citizen_or_stays_inside(town: make.Town) -> None:
    case = make.submit(town.siti).case
    client = officer_client(town.operator)
    client.post(desk(case, "catatan/"), {"text": "Mohon datang Senin.", "audience": "citizen"})
    client.post(desk(case, "catatan/"), {"text": "Sudah ditelepon.", "audience": "internal"})
    officers, citizens = (
        html_of(client, desk(case)),
        citizen_client(town.siti).get(case.get_absolute_url()).content.decode(),
    )
    assert ["Mohon datang Senin." in html for html in (officers, citizens)] == [True, True]
    assert ["Sudah ditelepon." in html for html in (officers, citizens)] == [True, False]


def test_note_without_words_is_refused(town: make.Town) -> None:
    case = make.submit(town.siti).case
    answer = officer_client(town.operator).post(desk(case, "catatan/"), {"text": "  ", "audience": "citizen"})
    assert answer.status_code == 400


def test_sheet_costs_the_same_with_one_note_and_case_beside_it_and_with_three(town: make.Town) -> None:
    case = make.submit(town.siti).case
    client = officer_client(town.operator)
    html_of(client, desk(case))
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make.submit(town.siti)
            threads.post(by=town.operator.as_actor(), subject=case.as_subject(), text="Halo")
        with CaptureQueriesContext(connection) as captured:
            html_of(client, desk(case))
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_every_form_of_the_sheet_carries_token_and_box(town: make.Town) -> None:
    case = make.checked(town)
    officer: Officer = make_officer(permissions=(*EVERY_ACT, "people.reveal"))
    forms = [
        form
        for form in forms_in(html_of(officer_client(officer), desk(case)))
        if "/meja/berkas/" in form.action
    ]
    assert len(forms) >= 4
    assert [form.action for form in forms if not {"csrfmiddlewaretoken", "kotak"} <= form.names] == []


def test_journal_says_nothing_of_the_words_that_were_judged(town: make.Town) -> None:
    case = make.judge(town.operator, make.submit(town.siti).case, PURPOSE_TARGET)
    told = " ".join(f"{row.event} {row.note} {row.data}" for row in audit.queries.history(case.as_subject()))
    assert [text for text in ("Mohon diperjelas", "Warung", NIK) if text in told] == []


def test_second_operator_reads_who_passed_the_case_on(town: make.Town) -> None:
    case = make.submit(town.siti).case
    colleague = make_officer(permissions=(access.CHECK,), name="Hendra Gunawan")
    client = officer_client(colleague)
    sent = sheet_form(client, case).filled({f"outcome:{PHOTO_TARGET}": "ok"}) | {"do": "forward"}
    actions.forward(by=town.operator, case=make.judge(town.operator, case))
    answer = client.post(desk(case, "periksa/"), sent)
    assert (answer.status_code, "oleh Sri Wahyuni" in answer.content.decode()) == (409, True)

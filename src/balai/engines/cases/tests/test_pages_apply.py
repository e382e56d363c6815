"""Filling in and sending, page by page and without scripts."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balai.catalogue import running
from balai.catalogue.catalogue import Catalogue
from balai.engines.cases import actions
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.pages import (
    APPLY,
    TYPED,
    citizen_client,
    error_texts,
    fill_all_pages,
    form_in,
    officer_client,
    photo_file,
)
from balai.files.models import Upload
from balai.region.models import Office
from balai.runtime import clock, memory, ratelimit
from balai.sync import queries as drafts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
BUSINESS, UPLOADS, REVIEW = f"{APPLY}business/", f"{APPLY}requirements/", f"{APPLY}tinjau/"


def html_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


def send(client: Client, url: str, typed: dict[str, object], **files: object):
    """Fill in the page's form and send it."""
    return client.post(url, form_in(client.get(url).content.decode(), "milik").filled(typed) | files)


def test_form_walks_from_start_to_slip_without_scripts(town: make.Town) -> None:
    client = citizen_client(town.siti)
    review = fill_all_pages(client)
    html = html_of(client, review)
    shown = ("Warung Bu Siti", "Rp0", "1 hari kerja", "warung.jpg", "17 Agustus 1995")
    assert [text for text in shown if text not in html] == []
    answer = client.post(review, form_in(html, "berkas").values)
    case = Case.objects.get()
    assert answer["Location"] == f"/saya/berkas/{case.number}/bukti/"
    known = {"address": "Jalan Melati 7", "occupation": "Wiraswasta"}
    assert (case.state, case.answers.clear) == ("submitted", make.ANSWERS | known)
    slip = html_of(client, answer["Location"])
    assert [text for text in (case.number, actions.receipt_of(town.siti, case).pin) if text not in slip] == []


def test_newcomer_types_everything_and_gets_the_same_slip(town: make.Town) -> None:
    client = citizen_client(town.newcomer)
    typed = TYPED | {"nik": "3505101708950001", "name": "Budi Santoso", "sex": "male"}
    review = fill_all_pages(client, typed)
    client.post(review, form_in(html_of(client, review), "berkas").values)
    assert Case.objects.get().applicant_label == "Budi S."


def test_page_prefills_known_facts_for_the_proven_only(town: make.Town) -> None:
    proven = html_of(citizen_client(town.siti), f"{APPLY}applicant/")
    claimed = html_of(citizen_client(town.newcomer), f"{APPLY}applicant/")
    assert form_in(proven, "milik").values["address"] == "Jalan Melati 7"
    assert form_in(claimed, "milik").values["address"] == ""
    assert "sudah terbukti di loket" in proven
    assert "sudah terbukti di loket" not in claimed


@pytest.mark.parametrize("path", ["", "applicant/", "tinjau/", "hapus/"])
def test_application_is_closed_to_strangers_and_officers(town: make.Town, path: str) -> None:
    for client in (Client(), officer_client(town.operator)):
        answer = client.post(APPLY + path) if path == "hapus/" else client.get(APPLY + path)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/masuk/")


@pytest.mark.parametrize("path", ["/layanan/tidak-ada/ajukan/", f"{APPLY}tidak-ada/"])
def test_page_that_no_service_has_is_not_found(town: make.Town, path: str) -> None:
    assert citizen_client(town.siti).get(path).status_code == 404


def test_page_keeps_all_that_was_typed_when_one_answer_is_wrong(town: make.Town) -> None:
    client = citizen_client(town.siti)
    answer = send(client, BUSINESS, TYPED | {"business_since": "kemarin sore", "purpose": "KUR & modal"})
    assert answer.status_code == 400
    assert [text.split(":")[0] for text in error_texts(answer.content.decode())] == ["business_since"]
    later = form_in(client.get(BUSINESS).content.decode(), "milik")
    kept = {name: later.values[name] for name in ("business_name", "business_since", "purpose")}
    assert kept == {
        "business_name": "Warung Bu Siti",
        "business_since": "kemarin sore",
        "purpose": "KUR & modal",
    }
    assert client.get(APPLY)["Location"] == BUSINESS


def test_page_refuses_the_nik_of_another_beside_the_field(town: make.Town) -> None:
    client = citizen_client(town.newcomer)
    answer = send(client, f"{APPLY}applicant/", TYPED)
    (text,) = error_texts(answer.content.decode())
    assert (answer.status_code, text.split(".")[0]) == (400, "nik: NIK ini bukan NIK akun Anda")
    assert form_in(answer.content.decode(), "milik").values["nik"] == make.ANSWERS["nik"]


def test_uploaded_file_is_kept_and_asked_for_once(town: make.Town) -> None:
    client = citizen_client(town.siti)
    send(client, UPLOADS, {}, place_photo=photo_file())
    html = html_of(client, UPLOADS)
    assert "Sudah terlampir:" in html
    assert send(client, UPLOADS, {}).status_code == 302
    draft = drafts.draft(town.siti.as_subject(), "cases.apply", make.SERVICE_ID)
    assert draft is not None
    assert len(draft.data.clear["file.place_photo"]) == 1


def test_refused_file_is_told_beside_its_field(town: make.Town) -> None:
    client = citizen_client(town.siti)
    answer = send(client, UPLOADS, {}, place_photo=SimpleUploadedFile("a.jpg", b"not a photo", "image/jpeg"))
    (text,) = error_texts(answer.content.decode())
    assert (answer.status_code, text.split(":")[0], Upload.objects.count()) == (400, "place_photo", 0)


def test_page_beyond_the_limit_of_saves_shows_what_was_typed(town: make.Town, frozen_clock) -> None:
    client = citizen_client(town.siti)
    form = form_in(html_of(client, BUSINESS), "milik")
    for _ in range(600):
        ratelimit.hit("cases.save", str(town.siti.pk), limit=600, seconds=3600)
    answer = client.post(BUSINESS, form.filled(TYPED))
    assert answer.status_code == 429
    assert form_in(answer.content.decode(), "milik").values["purpose"] == TYPED["purpose"]


def test_review_sends_back_to_the_first_page_that_is_missing(town: make.Town) -> None:
    client = citizen_client(town.siti)
    assert client.get(REVIEW)["Location"] == BUSINESS


def test_changing_from_the_review_leads_back_to_it(town: make.Town) -> None:
    client = citizen_client(town.siti)
    fill_all_pages(client)
    url = f"{BUSINESS}?kembali=tinjau"
    wrong = client.post(BUSINESS, form_in(html_of(client, url), "milik").filled({"business_name": ""}))
    assert form_in(wrong.content.decode(), "milik").values["kembali"] == "tinjau"
    assert send(client, url, {"business_name": "Warung Baru"})["Location"] == REVIEW


def test_review_sent_twice_files_one_case(town: make.Town) -> None:
    client = citizen_client(town.siti)
    form = form_in(html_of(client, fill_all_pages(client)), "berkas").values
    first, second = client.post(REVIEW, form), client.post(REVIEW, form)
    assert (first["Location"], Case.objects.count()) == (second["Location"], 1)


def test_review_keeps_everything_when_the_office_takes_nothing(town: make.Town) -> None:
    client = citizen_client(town.siti)
    form = form_in(html_of(client, fill_all_pages(client)), "berkas").values
    Office.objects.filter(code=make.SAWENTAR).update(is_open=False)
    memory.forget_everything()
    answer = client.post(REVIEW, form)
    assert answer.status_code == 400
    assert "belum melayani permohonan lewat Balai" in answer.content.decode()
    assert "Warung Bu Siti" in answer.content.decode()
    Office.objects.filter(code=make.SAWENTAR).update(is_open=True)
    memory.forget_everything()
    assert client.post(REVIEW, form)["Location"].endswith("/bukti/")


def test_review_names_the_answer_that_no_longer_fits_and_where_to_change_it(town: make.Town) -> None:
    client = citizen_client(town.siti)
    form = form_in(html_of(client, fill_all_pages(client)), "berkas").values
    draft = drafts.draft(town.siti.as_subject(), "cases.apply", make.SERVICE_ID)
    assert draft is not None
    draft.data = draft.data.clear | {"answer.nik": "3505101708950001"}
    draft.save()
    answer = client.post(REVIEW, form)
    assert (answer.status_code, Case.objects.count()) == (422, 0)
    assert f'<a href="{APPLY}applicant/?kembali=tinjau#id_nik">NIK</a>' in answer.content.decode()


def test_service_without_rules_in_force_is_refused_before_the_first_page(
    town: make.Town, frozen_clock
) -> None:
    client = citizen_client(town.siti)
    fill_all_pages(client)
    service = make.service()
    closed = service.model_copy(update={"deadline": ()})

    with running.using(Catalogue([closed])):
        for path in (APPLY, BUSINESS, REVIEW):
            answer = client.get(path)
            assert answer.status_code == 400
            assert "sedang tidak menerima permohonan" in answer.content.decode()
        assert client.post(f"{APPLY}hapus/").status_code == 302


def test_service_above_the_level_explains_where_to_be_proven(town: make.Town) -> None:

    strict = make.service().model_copy(update={"identity": "counter_proven"})
    with running.using(Catalogue([strict])):
        assert citizen_client(town.newcomer).get(APPLY).status_code == 403
        assert citizen_client(town.siti).get(APPLY).status_code == 302


def test_discard_forgets_the_draft_and_its_files(town: make.Town) -> None:
    client = citizen_client(town.siti)
    fill_all_pages(client)
    answer = client.post(f"{APPLY}hapus/")
    assert answer["Location"] == "/layanan/surat-keterangan-usaha/"
    assert drafts.draft(town.siti.as_subject(), "cases.apply", make.SERVICE_ID) is None
    assert [upload.state for upload in Upload.objects.all()] == ["discarded"]
    assert client.get(f"{APPLY}hapus/").status_code == 405


def test_back_after_sending_leads_to_the_slip_and_not_into_an_empty_form(
    town: make.Town, frozen_clock
) -> None:
    moment = frozen_clock(clock.now())
    client = citizen_client(town.siti)
    client.post(fill_all_pages(client), form_in(html_of(client, REVIEW), "berkas").values)
    slip = f"/saya/berkas/{Case.objects.get().number}/bukti/"
    for url in (REVIEW, UPLOADS):
        assert client.get(url)["Location"] == slip
    assert client.get(APPLY)["Location"] == BUSINESS
    assert client.get(BUSINESS).status_code == 200
    moment.move(hours=2)
    assert client.get(UPLOADS).status_code == 200

"""The pages of who asks and who answers, as a browser without scripts meets them."""

from __future__ import annotations

import re

import pytest
from django.test import Client, RequestFactory

from balai.audit.models import Entry
from balai.engines.questions import rules
from balai.engines.questions.models import Question
from balai.people import session
from balai.people.models import Officer
from balai.people.tests.factories import SAWENTAR, enrol, make_officer

pytestmark = pytest.mark.django_db
TYPED = {
    "text": "Bagaimana mengurus izin pasang tenda di jalan?",
    "name": "Siti Aminah",
    "contact": "0812-3456-7801",
    "office": SAWENTAR,
}


def at_the_desk(officer: Officer) -> Client:
    enrol(officer)
    officer.refresh_from_db()
    client, request = Client(), RequestFactory().get("/")
    request.session = client.session
    session.sign_in_officer(request, officer)
    session.mark_second_factor(request, officer)
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    return client


def asked(client: Client, **typed: str) -> str:
    """The page after the form was sent."""
    page = client.get("/tanya/?q=tenda+jalan").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(id|sought)" value="([^"]*)"', page))
    return client.post("/tanya/", {**hidden, **TYPED, **typed}, follow=True).content.decode()


def test_search_in_vain_leads_to_the_form_with_what_was_sought(operator: Officer) -> None:
    page = Client().get("/layanan/?q=qwertyuiop").content.decode()
    assert 'href="/tanya/?q=qwertyuiop"' in page
    assert "qwertyuiop" in Client().get("/tanya/?q=qwertyuiop").content.decode()
    assert 'href="/tanya/"' in Client().get("/bantuan/").content.decode()


def test_asking_answering_and_reading_the_answer_elsewhere(operator: Officer) -> None:
    page = asked(Client())
    question = Question.objects.get()
    pin = rules.pin_of(question.pk)
    assert (question.number in page, pin in page, question.sought.clear) == (True, True, "tenda jalan")
    desk, sheet = at_the_desk(operator), f"/meja/pertanyaan/{question.pk}/"
    assert question.number in desk.get("/meja/").content.decode()
    shown = desk.get(sheet).content.decode()
    assert (TYPED["text"] in shown, "Dicari di katalog:" in shown) == (True, True)
    assert TYPED["contact"] not in shown
    assert Entry.objects.filter(event="audit.reading", about_id=str(question.pk)).count() == 1
    assert desk.post(f"{sheet}jawab/", {"text": ""}).status_code == 422
    assert desk.post(f"{sheet}jawab/", {"text": "Datang ke kecamatan."})["Location"] == "/meja/"
    assert "Datang ke kecamatan." in desk.get(sheet).content.decode()
    other = Client()
    told = other.post("/lacak/", {"number": question.number, "pin": pin}, follow=True).content.decode()
    assert ("Datang ke kecamatan." in told, pin in told) == (True, False)


def test_stranger_with_the_number_alone_is_asked_for_the_pin(operator: Officer) -> None:
    asked(Client())
    url = f"/tanya/{Question.objects.get().number}/"
    for address in (url, f"{url}?izin=salah", "/tanya/TANYA-2026-0000-0000/"):
        assert Client().get(address)["Location"].startswith("/lacak/?nomor=")


def test_bad_input_gets_sentences_and_keeps_what_was_typed(operator: Officer) -> None:
    page = asked(Client(), text="Halo", contact="08")
    assert "Tulis pertanyaan Anda dengan 10 sampai 1.000 huruf." in page
    assert "Nomor HP atau e-mail ini belum lengkap." in page
    assert (">\nHalo</textarea>" in page, 'value="Siti Aminah"' in page, Question.objects.count()) == (
        True,
        True,
        0,
    )


def test_set_aside_is_told_to_who_comes_back(operator: Officer) -> None:
    client = Client()
    asked(client)
    question = Question.objects.get()
    desk = at_the_desk(operator)
    assert desk.post(f"/meja/pertanyaan/{question.pk}/tutup/").status_code == 302
    assert "Petugas tidak bisa menjawab" in client.get(question.get_absolute_url()).content.decode()
    again = desk.post(f"/meja/pertanyaan/{question.pk}/tutup/", follow=True).content.decode()
    assert "Pertanyaan ini sudah dijawab atau ditutup." in again


def test_officer_without_the_permission_finds_nothing(operator: Officer) -> None:
    asked(Client())
    stranger = make_officer(permissions=("people.prove",))
    assert at_the_desk(stranger).get(f"/meja/pertanyaan/{Question.objects.get().pk}/").status_code == 404

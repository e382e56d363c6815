"""The officer's door: password, second factor, enrolment, and who stays outside."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from balai.desk.tests.door import CODE, ENROL, SIGN_IN, code_now, signed_in, type_password
from balai.people.models import Officer
from balai.people.tests.factories import enrol, make_citizen, make_officer
from balai.people.totp import code_at, current_step

pytestmark = pytest.mark.django_db


def test_desk_is_closed_until_both_steps_are_done() -> None:
    officer = make_officer()
    enrol(officer)
    client = Client()
    assert client.get("/meja/")["Location"] == "/meja/masuk/?lanjut=%2Fmeja%2F"
    assert type_password(client, officer)["Location"] == CODE
    assert client.get("/meja/")["Location"].startswith(SIGN_IN)
    answer = client.post(CODE, {"code": code_now(officer, steps=1)})
    assert answer["Location"] == "/meja/"
    assert client.get("/meja/").status_code == 200


def test_wrong_password_keeps_the_name_and_never_the_password() -> None:
    officer = make_officer()
    answer = type_password(Client(), officer, "bukan sandinya")
    html = answer.content.decode()
    assert (answer.status_code, "Nama pengguna atau kata sandi salah." in html) == (400, True)
    assert (officer.account.login_name in html, "bukan sandinya" in html) == (True, False)


@pytest.mark.parametrize(
    "typed", [{}, {"login_name": "", "password": ""}, {"login_name": "\x00", "password": "x"}]
)
def test_empty_or_broken_form_comes_back(typed: dict[str, str]) -> None:
    answer = Client().post(SIGN_IN, typed)
    assert (answer.status_code, "error-text" in answer.content.decode()) == (400, True)


def test_unknown_name_reads_like_a_wrong_password() -> None:
    answer = Client().post(SIGN_IN, {"login_name": "tidak.ada", "password": "x"})
    assert "Nama pengguna atau kata sandi salah." in answer.content.decode()


def test_password_guesses_are_stopped() -> None:
    officer = make_officer()
    statuses = [type_password(Client(), officer, f"tebakan {n}").status_code for n in range(11)]
    assert statuses == [400] * 10 + [429]
    assert type_password(Client(), officer).status_code == 429


def test_wrong_code_stays_outside_and_guesses_are_stopped() -> None:
    officer = make_officer()
    enrol(officer)
    client = Client()
    type_password(client, officer)
    wrong = "000000" if code_now(officer, steps=1) != "000000" else "111111"
    statuses = [client.post(CODE, {"code": wrong}).status_code for _ in range(7)]
    assert statuses == [400] * 6 + [429]
    assert client.get("/meja/").status_code == 302


def test_code_is_good_once() -> None:
    officer = make_officer()
    enrol(officer)
    code = code_now(officer, steps=1)
    first, second = Client(), Client()
    for client in (first, second):
        type_password(client, officer)
    assert first.post(CODE, {"code": code}).status_code == 302
    assert second.post(CODE, {"code": code}).status_code == 400


def test_recovery_code_opens_the_desk_once() -> None:
    officer = make_officer()
    codes = enrol(officer)
    for status in (302, 400):
        client = Client()
        type_password(client, officer)
        assert client.post(CODE, {"code": codes[0].lower()}).status_code == status


def test_first_visit_enrols_an_authenticator_and_shows_recovery_codes() -> None:
    officer = make_officer()
    client = Client()
    assert (
        type_password(client, officer, onward="/meja/akun/")["Location"] == f"{CODE}?lanjut=%2Fmeja%2Fakun%2F"
    )
    assert client.get(f"{CODE}?lanjut=/meja/akun/")["Location"] == f"{ENROL}?lanjut=%2Fmeja%2Fakun%2F"
    page = client.get(ENROL)
    secret = shown_secret(officer)
    assert (secret in page.content.decode(), "no-store" in page["Cache-Control"]) == (True, True)
    wrong = client.post(ENROL, {"code": "12345"})
    assert (wrong.status_code, secret in wrong.content.decode()) == (400, True)
    code = code_at(secret, current_step())
    done = client.post(ENROL, {"code": code, "lanjut": "/meja/akun/"})
    html = done.content.decode()
    assert len(re.findall(r"<li>[A-Z2-9]{5}-[A-Z2-9]{5}</li>", html)) == 10
    assert ('href="/meja/akun/"' in html, "no-store" in done["Cache-Control"]) == (True, True)
    assert client.get("/meja/").status_code == 200


def shown_secret(officer: Officer) -> str:
    officer.refresh_from_db()
    return str(officer.totp_secret.clear)


def test_enrolling_guesses_are_stopped() -> None:
    client = Client()
    type_password(client, make_officer())
    statuses = [client.post(ENROL, {"code": "000"}).status_code for _ in range(7)]
    assert statuses == [400] * 6 + [429]


def test_enrolled_officer_cannot_enrol_again_and_a_stranger_not_at_all() -> None:
    officer = make_officer()
    enrol(officer)
    client = Client()
    type_password(client, officer)
    assert client.get(ENROL)["Location"] == CODE
    assert Client().get(ENROL)["Location"] == CODE
    assert Client().get(CODE)["Location"] == SIGN_IN


@pytest.mark.parametrize(
    "target",
    [
        "https://jahat.example/meja/",
        "//jahat.example/meja/",
        "/\\jahat.example",
        "/saya/",
        "javascript:alert(1)",
    ],
)
def test_sign_in_leads_nowhere_else(target: str) -> None:
    officer = make_officer()
    enrol(officer)
    client = Client()
    assert type_password(client, officer, onward=target)["Location"] == CODE
    answer = client.post(CODE, {"code": code_now(officer, steps=1), "lanjut": target})
    assert answer["Location"] == "/meja/"


def test_sign_in_goes_on_to_where_the_officer_wanted() -> None:
    officer = make_officer()
    enrol(officer)
    client = Client()
    onward = "/meja/?kotak=late"
    type_password(client, officer, onward=onward)
    answer = client.post(CODE, {"code": code_now(officer, steps=1), "lanjut": onward})
    assert answer["Location"] == onward
    assert client.get(SIGN_IN)["Location"] == "/meja/"


def test_citizen_has_no_desk() -> None:
    make_citizen()
    assert Client().get("/meja/akun/")["Location"].startswith(SIGN_IN)


def test_signing_out_ends_the_session_and_needs_a_post() -> None:
    client = signed_in(make_officer())
    assert client.get("/meja/keluar/").status_code == 405
    assert client.post("/meja/keluar/")["Location"] == SIGN_IN
    assert client.get("/meja/").status_code == 302

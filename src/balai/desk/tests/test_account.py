"""The officer's own account."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from balai.desk.tests.door import CODE, signed_in, type_password
from balai.people.tests.factories import PASSWORD, SAWENTAR, make_area, make_officer

pytestmark = pytest.mark.django_db
NEW = "becak-hijau-di-alun-alun"


@pytest.mark.parametrize("path", ["/meja/akun/", "/meja/akun/sandi/"])
def test_account_is_closed_to_strangers(path: str) -> None:
    assert Client().get(path)["Location"].startswith("/meja/masuk/")


def test_account_shows_name_and_roles_of_today() -> None:
    make_area(SAWENTAR)
    officer = make_officer(office_code=SAWENTAR)
    officer.assignments.create(
        role=make_officer().assignments.get().role,
        office_code="35.05.99.2001",
        valid_from="2020-01-01",
        valid_to="2020-12-31",
    )
    html = signed_in(officer).get("/meja/akun/").content.decode()
    assert ("Kantor Sawentar" in html, "35.05.99.2001" in html) == (True, False)


def test_account_without_a_role_says_whom_to_ask() -> None:
    officer = make_officer()
    officer.assignments.all().delete()
    client = signed_in(officer)
    assert "Belum ada tugas" in client.get("/meja/akun/").content.decode()
    assert client.get("/meja/").status_code == 200


def test_new_password_keeps_this_session_and_ends_the_others() -> None:
    officer = make_officer()
    here = signed_in(officer)
    there = Client()
    there.cookies["sessionid"] = here.cookies["sessionid"].value  # a copy of the session as it is now
    typed = {"present": PASSWORD, "new": NEW, "again": NEW}
    assert here.post("/meja/akun/sandi/", typed)["Location"] == "/meja/akun/"
    assert here.get("/meja/").status_code == 200
    assert there.get("/meja/").status_code == 302
    assert type_password(Client(), officer, NEW)["Location"] == CODE
    assert type_password(Client(), officer, PASSWORD).status_code == 400


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"present": "bukan ini"}, "Kata sandi sekarang tidak cocok."),
        ({"again": "lain lagi sandi"}, "Kedua kata sandi baru belum sama."),
        ({"new": "pendek", "again": "pendek"}, "Kata sandi belum cukup kuat."),
        ({"new": "", "again": ""}, "Bidang ini tidak boleh kosong."),
    ],
)
def test_password_that_cannot_be_changed_says_why(changes: dict[str, str], sentence: str) -> None:
    officer = make_officer()
    client = signed_in(officer)
    answer = client.post("/meja/akun/sandi/", {"present": PASSWORD, "new": NEW, "again": NEW} | changes)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in html
    assert [secret for secret in (PASSWORD, NEW) if secret in html] == []
    assert type_password(Client(), officer, PASSWORD)["Location"] == CODE


def test_present_password_cannot_be_guessed_from_an_unlocked_screen() -> None:
    client = signed_in(make_officer())
    typed = {"present": "tebakan", "new": NEW, "again": NEW}
    statuses = [client.post("/meja/akun/sandi/", typed).status_code for _ in range(11)]
    assert statuses == [400] * 10 + [429]


def test_new_recovery_codes_replace_the_old_and_are_shown_once() -> None:
    officer = make_officer()
    client = signed_in(officer)
    officer.refresh_from_db()
    before = list(officer.recovery_hashes)
    answer = client.post("/meja/akun/kode-cadangan/")
    codes = re.findall(r"<li>([A-Z2-9]{5}-[A-Z2-9]{5})</li>", answer.content.decode())
    officer.refresh_from_db()
    assert (len(codes), set(before) & set(officer.recovery_hashes)) == (10, set())
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/meja/akun/kode-cadangan/").status_code == 405

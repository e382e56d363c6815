"""The citizen's door: NIK and contact, code, out again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory

from balai.notify import queries as notify
from balai.people.tests.factories import SITI_NIK, make_citizen
from balai.portal.views.door import safe_next

pytestmark = pytest.mark.django_db
WHO = {"nik": SITI_NIK, "contact": "0812-3456-7801"}


@pytest.fixture
def code(run_jobs: Callable[[], int]) -> Callable[[], str]:
    """The code last sent, as its receiver reads it."""

    def read() -> str:
        run_jobs()
        text = notify.demo_messages()[0].text.clear
        return re.findall(r"\b\d{6}\b", text)[0]

    return read


def test_door_to_code_to_the_page_one_came_for(client: Client, code: Callable[[], str]) -> None:
    sent = client.post("/masuk/", WHO | {"lanjut": "/layanan/surat-uji/"})
    assert (sent.status_code, sent["Location"]) == (302, "/masuk/kode/")
    assert "0812••••••01" in client.get("/masuk/kode/").content.decode()
    digits = code()
    entered = client.post("/masuk/kode/", {"code": f"{digits[:3]} {digits[3:]}"})
    assert (entered.status_code, entered["Location"]) == (302, "/layanan/surat-uji/")
    assert client.get("/saya/").status_code == 200


def test_door_answers_known_and_unknown_people_alike(client: Client) -> None:
    make_citizen()
    known = client.post("/masuk/", WHO)
    unknown = client.post("/masuk/", {"nik": "3505101708950001", "contact": "081298765432"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ({"nik": "12", "contact": "081234567801"}, "id_nik"),
        ({"nik": "3505103102950001", "contact": "081234567801"}, "id_nik"),
        ({"nik": "", "contact": "081234567801"}, "id_nik"),
        ({"nik": SITI_NIK, "contact": "halo"}, "id_contact"),
        ({"nik": SITI_NIK, "contact": "a@b"}, "id_contact"),
        ({"nik": SITI_NIK, "contact": ""}, "id_contact"),
    ],
)
def test_door_says_beside_the_field_what_is_wrong_and_keeps_what_was_typed(
    client: Client, typed: dict[str, str], target: str
) -> None:
    answer = client.post("/masuk/", typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert re.findall(r'<a href="#(\w+)">', html) == [target]
    assert f'id="{target}_error"' in html
    assert all(f'value="{value}"' in html for value in typed.values() if value)


def test_door_names_both_faults_at_once(client: Client) -> None:
    html = client.post("/masuk/", {"nik": "12", "contact": "0812"}).content.decode()
    assert re.findall(r'<a href="#(\w+)">', html) == ["id_nik", "id_contact"]


def test_code_wrong_gets_a_sentence_and_another_try(client: Client, code: Callable[[], str]) -> None:
    client.post("/masuk/", WHO)
    right = code()
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    answer = client.post("/masuk/kode/", {"code": wrong})
    assert answer.status_code == 422
    assert "Kode tidak cocok" in answer.content.decode()
    assert client.post("/masuk/kode/", {"code": right}).status_code == 302


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef"])
def test_code_malformed_does_not_count_as_a_try(client: Client, typed: str, code: Callable[[], str]) -> None:
    client.post("/masuk/", WHO)
    for _ in range(6):
        assert client.post("/masuk/kode/", {"code": typed}).status_code == 422
    assert client.post("/masuk/kode/", {"code": code()}).status_code == 302


def test_code_without_a_challenge_goes_back_to_the_door(client: Client) -> None:
    assert client.get("/masuk/kode/")["Location"] == "/masuk/"


def test_door_is_open_for_who_is_in(sign_in) -> None:
    assert sign_in(make_citizen()).get("/masuk/?lanjut=/bantuan/")["Location"] == "/bantuan/"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://jahat.example/",
        "//jahat.example/",
        "/\\jahat.example",
        "javascript:alert(1)",
        "saya/",
        "",
        "\x00/",
    ],
)
def test_next_page_elsewhere_is_refused(wanted: str) -> None:
    assert safe_next(RequestFactory().get("/"), wanted) == "/saya/"


def test_leaving_ends_the_session_and_needs_a_post(sign_in) -> None:
    client = sign_in(make_citizen())
    assert client.get("/keluar/").status_code == 405
    assert client.post("/keluar/")["Location"] == "/"
    assert client.get("/saya/")["Location"] == "/masuk/?lanjut=%2Fsaya%2F"

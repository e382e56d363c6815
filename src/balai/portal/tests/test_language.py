"""Indonesian, Javanese and English: the choice at the foot of every citizen's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from balai.notify import queries as notify
from balai.people.tests.factories import SITI_NIK, make_citizen

pytestmark = pytest.mark.django_db
COOKIE = settings.LANGUAGE_COOKIE_NAME
WORDS = {
    "/": {"id": "Mau urus apa hari ini?", "jv": "Kersa ngurus menapa", "en": "What do you need today?"},
    "/layanan/": {"id": "Cari", "jv": "Pados", "en": "Search"},
    "/layanan/surat-uji/": {"id": "Yang perlu disiapkan", "jv": "dipunsamektakaken", "en": "What to prepare"},
    "/masuk/": {"id": "Kirim kode", "jv": "Kintun kode", "en": "Send the code"},
    "/lacak/": {"id": "Nomor berkas", "jv": "Nomer berkas", "en": "Application number"},
    "/bantuan/": {"id": "Cara mengurus sendiri", "jv": "Caranipun ngurus", "en": "How to do it yourself"},
    "/bantuan/privasi/": {"id": "Hak Anda", "jv": "Hak panjenengan", "en": "Your rights"},
    "/periksa/": {"id": "Ada berkasnya", "jv": "Wonten berkasipun", "en": "Do you have the file"},
    "/tidak-ada/": {"id": "Halaman tidak ditemukan", "jv": "Kaca boten kapanggih", "en": "Page not found"},
}


def choose(client: Client, code: str, back: str = "/layanan/", **headers: str) -> Any:
    return client.post("/bahasa/", {"bahasa": code, "kembali": back}, headers=headers)


@pytest.mark.parametrize("code", ["id", "jv", "en"])
@pytest.mark.parametrize("path", WORDS)
def test_every_main_page_speaks_each_language(client: Client, path: str, code: str) -> None:
    client.cookies[COOKIE] = code
    answer = client.get(path)
    page = answer.content.decode()
    assert f'<html lang="{code}">' in page
    assert WORDS[path][code] in page
    assert "Cookie" in answer["Vary"]
    assert ("ditinjau" in page or "reviewed" in page or "dipuntliti" in page) == (code != "id")


def test_choice_is_kept_and_leads_back_to_the_same_page(client: Client) -> None:
    answer = choose(client, "jv", "/layanan/?q=usaha")
    assert (answer.status_code, answer["Location"]) == (302, "/layanan/?q=usaha")
    assert '<html lang="jv">' in client.get("/").content.decode()


def test_stranger_who_chose_still_gets_pages_that_may_be_kept(client: Client) -> None:
    choose(client, "en")
    assert "public" in client.get("/")["Cache-Control"]


def test_kept_page_is_not_answered_with_unchanged_in_another_language(client: Client) -> None:
    etag = client.get("/")["ETag"]
    choose(client, "en")
    assert client.get("/", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("back", ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)", ""])
def test_choice_leads_to_no_foreign_page(client: Client, back: str) -> None:
    assert choose(client, "en", back)["Location"] == "/"


@pytest.mark.parametrize("code", ["su", "", "../id", "EN"])
def test_unknown_language_is_refused(client: Client, code: str) -> None:
    answer = choose(client, code)
    assert answer.status_code == 400
    assert COOKIE not in answer.cookies


def test_unknown_language_in_the_cookie_is_the_town_s(client: Client) -> None:
    client.cookies[COOKIE] = "xx"
    assert '<html lang="id">' in client.get("/").content.decode()


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://jahat.example"}])
def test_form_of_another_site_chooses_nothing(client: Client, headers: dict[str, str]) -> None:
    answer = choose(client, "en", **headers)
    assert answer.status_code == 403
    assert COOKIE not in answer.cookies


def test_what_the_browser_prefers_is_not_a_choice(client: Client) -> None:
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="id">' in page


def test_choice_of_who_is_signed_in_is_her_own(sign_in: Callable[[Any], Client]) -> None:
    citizen = make_citizen()
    choose(sign_in(citizen), "jv")
    assert notify.chosen_language(citizen.as_subject()) == "jv"


def test_own_language_comes_back_with_signing_in(client: Client, run_jobs: Callable[[], int]) -> None:
    sign_in_here(client, run_jobs)
    choose(client, "en")
    other = Client()
    sign_in_here(other, run_jobs)
    assert '<html lang="en">' in other.get("/saya/").content.decode()


def test_code_comes_in_the_language_of_the_page(client: Client, run_jobs: Callable[[], int]) -> None:
    choose(client, "en")
    client.post("/masuk/", {"nik": SITI_NIK, "contact": "0812-3456-7801"})
    run_jobs()
    assert "is your" in notify.demo_messages()[0].text.clear


def test_desk_and_api_stay_in_the_town_s_language(client: Client) -> None:
    client.cookies[COOKIE] = "en"
    assert '<html lang="id">' in client.get("/meja/masuk/").content.decode()
    assert client.get("/api/v1/tidak-ada").json()["sentence"] == "Yang Anda cari tidak kami temukan."


def test_foot_offers_each_language_without_javascript(client: Client) -> None:
    page = client.get("/layanan/?q=usaha").content.decode()
    assert 'action="/bahasa/"' in page
    assert 'name="kembali" value="/layanan/?q=usaha"' in page
    for code, name in settings.LANGUAGES:
        assert f'lang="{code}"' in page
        assert name in page


def test_what_a_service_says_itself_is_marked_as_indonesian(client: Client) -> None:
    assert "<h1>" in client.get("/layanan/surat-uji/").content.decode()
    choose(client, "en")
    assert '<h1 lang="id">' in client.get("/layanan/surat-uji/").content.decode()


def sign_in_here(client: Client, run_jobs: Callable[[], int]) -> None:
    """Through the door, with the code that was sent."""
    client.post("/masuk/", {"nik": SITI_NIK, "contact": "0812-3456-7801"})
    run_jobs()
    text = notify.demo_messages()[0].text.clear
    digits = next(word for word in text.split() if len(word) == 6 and word.isdigit())
    client.post("/masuk/kode/", {"code": digits})

"""Home, search and the page of one service."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from balai.catalogue import engine, running
from balai.catalogue.catalogue import Catalogue
from balai.catalogue.models import Sought
from balai.people.tests.factories import SAWENTAR, make_area, make_citizen, make_proven_citizen
from balai.portal import service_page
from balai.portal.life_events import life_events
from balai.portal.tests.town import service

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def slugs(html: str) -> list[str]:
    return re.findall(r'class="card card-link" href="/layanan/([\w-]+)/"', html)


def test_home_shows_search_events_services_and_figures(client: Client) -> None:
    html = page(client, "/")
    assert 'action="/layanan/"' in html
    assert "Kerja &amp; usaha" in html
    assert slugs(html) == ["surat-uji", "surat-lain"]
    assert "Rp0 · 1 hari kerja" in html
    assert "Selesai hari ini" in html


def test_home_tile_of_an_event_with_one_service_opens_it(client: Client) -> None:
    tiles = re.findall(r'<li><a href="([^"]+)">', page(client, "/"))
    assert tiles == ["/layanan/surat-uji/", "/layanan/surat-lain/"]


def test_home_without_services_says_where_to_go(client: Client) -> None:
    with running.using(Catalogue([])):
        assert "Belum ada layanan yang dibuka" in page(client, "/")


def test_home_asks_the_database_nothing_for_a_stranger(client: Client, django_assert_num_queries) -> None:
    page(client, "/")
    with django_assert_num_queries(0):
        page(client, "/")


@pytest.mark.parametrize("path", ["/", "/layanan/", "/layanan/surat-uji/", "/bantuan/", "/bantuan/privasi/"])
def test_public_page_is_kept_a_minute_and_answered_304(client: Client, path: str) -> None:
    first = client.get(path)
    assert first["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in first["Vary"]
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_public_page_of_somebody_signed_in_is_not_shared(sign_in) -> None:
    client = sign_in(make_citizen())
    answer = client.get("/")
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Urusan saya" in answer.content.decode()


def test_menu_of_a_stranger_offers_the_door(client: Client) -> None:
    menu = re.findall(r'<nav class="bottom-nav".*?</nav>', page(client, "/"), re.S)[0]
    assert re.findall(r'href="([^"]+)"', menu) == ["/", "/layanan/", "/lapor/", "/lacak/", "/masuk/"]


@pytest.mark.parametrize("q", ["uji", "UJI", "surat uji", "keterngan uji"])
def test_search_finds_by_words_code_and_typo(client: Client, q: str) -> None:
    assert slugs(page(client, f"/layanan/?q={q}"))[0] == "surat-uji"


def test_search_without_fit_offers_the_nearest_and_help(client: Client) -> None:
    html = page(client, "/layanan/?q=ujxq")
    assert "Mungkin maksud Anda" in html or "Belum ada layanan itu" in html
    assert "Tanyakan kepada kami" in html
    assert re.search(r'href="tel:\+62', html)
    assert "Senin–Kamis 07.30–15.30, Jumat 07.30–14.30" in html


def test_search_in_vain_is_counted_when_asked_for_and_comes_back_to_the_words(client: Client) -> None:
    answer = client.post("/layanan/catat/", {"q": "  surat   bujang "}, follow=True)
    assert answer.redirect_chain == [("/layanan/?q=surat+bujang", 302)]
    assert "kami catat tanpa nama" in answer.content.decode()
    assert [(row.words, row.count) for row in Sought.objects.all()] == [("bujang surat", 1)]


def test_search_in_vain_may_be_kept_by_proxies_and_holds_no_token(client: Client) -> None:
    answer = client.get("/layanan/?q=zzzxq")
    assert ("csrf" in answer.content.decode(), answer.cookies.keys()) == (False, {}.keys())
    assert answer["Cache-Control"].startswith("public")


def test_form_of_another_site_counts_nothing(client: Client) -> None:
    answer = client.post("/layanan/catat/", {"q": "zzzxq"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_search_that_holds_a_number_is_not_counted(client: Client) -> None:
    answer = client.post("/layanan/catat/", {"q": "3505105708950001"}, follow=True)
    assert "tidak kami catat" in answer.content.decode()
    assert Sought.objects.count() == 0


@pytest.mark.parametrize("q", ["%00", "<script>alert(1)</script>", "x" * 5000, "%F0%9F%98%80", "   "])
def test_search_survives_any_text(client: Client, q: str) -> None:
    html = page(client, f"/layanan/?q={q}")
    assert "<script>alert" not in html


def test_services_of_one_event(client: Client) -> None:
    assert slugs(page(client, "/layanan/?peristiwa=work-business")) == ["surat-uji"]


def test_services_of_unknown_event_are_all(client: Client) -> None:
    assert slugs(page(client, "/layanan/?peristiwa=moon")) == ["surat-uji", "surat-lain"]


def test_service_page_says_cost_time_attendance_requirements_and_basis(client: Client) -> None:
    html = page(client, "/layanan/surat-uji/")
    wanted = [
        "<b>Rp0</b>",
        "<b>1 hari kerja</b>",
        "Datang satu kali untuk mengambil surat.",
        "KTP asli",
        "Foto tempat usaha",
        "Memeriksa berkas",
        "Perdes 1/2020",
        "SK 7/2020",
        "<strong>warga</strong>",
        'href="/layanan/surat-uji/ajukan/"',
    ]
    assert [text for text in wanted if text not in html] == []


def test_service_page_compares_with_the_counter_only_where_data_says_so(client: Client) -> None:
    assert "Kalau mengurus di loket" not in page(client, "/layanan/surat-uji/")
    html = page(client, "/layanan/surat-lain/")
    assert re.search(r"2 kali datang.*8 jam.*perkiraan.*wawancara 3 desa", html, re.S)


def test_service_page_names_open_offices_to_strangers(client: Client) -> None:
    make_area()
    assert "Kantor Sawentar" in page(client, "/layanan/surat-uji/")


def test_service_page_knows_the_office_and_papers_of_a_proven_citizen(sign_in) -> None:
    html = page(sign_in(make_proven_citizen()), "/layanan/surat-uji/")
    assert "Kantor Sawentar" in html
    assert "Sudah ada di data Anda" in html


def test_service_page_shows_a_newcomer_nothing_of_the_person_behind_the_nik(sign_in) -> None:
    make_proven_citizen()
    html = page(sign_in(make_citizen(contact="081298765432")), "/layanan/surat-uji/")
    assert "Sudah ada di data Anda" not in html


def test_service_page_of_unknown_slug_is_not_found(client: Client) -> None:
    assert client.get("/layanan/tidak-ada/").status_code == 404


def test_service_page_of_closed_service_has_no_start(client: Client) -> None:
    ended = [{"amount": 0, "basis": "x", "valid_from": date(2019, 1, 1), "valid_to": date(2019, 12, 31)}]
    with running.using(Catalogue([service(fee=ended)])):
        html = page(client, "/layanan/surat-uji/")
    assert "ajukan" not in html
    assert "belum dibuka atau sudah ditutup" in html


def test_service_without_its_engine_has_no_start() -> None:
    definition = service()
    engine.unregister(definition.engine)
    assert service_page.start_url(definition) == ""


def test_fees_add_up_and_are_not_called_free() -> None:
    today = date(2026, 11, 21)
    fees = [
        {"amount": 10_000, "basis": "a", "valid_from": date(2020, 1, 1)},
        {"amount": 2_500, "title": "Materai", "basis": "b", "valid_from": date(2020, 1, 1)},
    ]
    cost = service_page.facts(service(fee=fees), today)[0]
    assert (cost.value, cost.tone) == ("Rp12.500", "")


def test_steps_of_those_who_collect_say_so_where_others_download() -> None:
    steps = [
        {"id": "hand", "act": "check", "title": "Serah", "permission": "cases.check", "delivery": "pickup"}
    ]
    output = {"kind": "none", "title": "Surat", "delivery": ["self_print", "pickup"]}
    services = (service(step=steps), service(step=steps, output=output))
    texts = [[line.text for line in service_page.steps(each)] for each in services]
    assert texts == [[""], ["Hanya bila suratnya diambil di kantor."]]


def test_handling_office_is_of_the_citizens_village() -> None:
    make_area()
    office = service_page.handling_office(service(), {"area_code": SAWENTAR})
    assert office is not None
    assert office.name == "Kantor Sawentar"
    assert service_page.handling_office(service(), {}) is None


def test_life_events_come_in_the_order_of_a_life() -> None:
    made = [service(slug="b", life_event="death"), service(slug="c", life_event="birth")]
    assert [event.key for event in life_events(made)] == ["birth", "death"]

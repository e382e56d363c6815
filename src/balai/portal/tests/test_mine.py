"""What is mine, and who looked at it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from balai import audit
from balai.documents.wallet.tests.factories import make_letter
from balai.people.tests.factories import SITI, SITI_NIK, make_citizen, make_officer, make_proven_citizen
from balai.portal import my_data
from balai.portal.tests.town import NUMBER

pytestmark = pytest.mark.django_db


def test_me_is_closed_to_strangers(client: Client) -> None:
    assert client.get("/saya/")["Location"] == "/masuk/?lanjut=%2Fsaya%2F"


def test_me_is_kept_by_no_cache(sign_in) -> None:
    assert "no-store" in sign_in(make_citizen()).get("/saya/")["Cache-Control"]


def test_me_lists_affairs_of_the_engines(sign_in) -> None:
    html = sign_in(make_citizen()).get("/saya/").content.decode()
    assert f'href="/saya/berkas/{NUMBER}/"' in html
    assert "Diperiksa" in html


def test_me_leads_to_the_wallet_and_says_how_much_of_it_holds(sign_in) -> None:
    citizen = make_proven_citizen()
    make_letter(citizen)
    make_letter(citizen, valid_until_on=None)
    make_letter(citizen, valid_until_on=date(2020, 1, 1))
    make_letter(citizen, state="requested")
    html = sign_in(citizen).get("/saya/").content.decode()
    assert ('href="/saya/surat/"' in html, "2 surat berlaku" in html) == (True, True)


def test_me_shows_the_proven_their_data_with_identifiers_masked(sign_in) -> None:
    html = sign_in(make_proven_citizen()).get("/saya/").content.decode()
    assert "dibuktikan di loket" in html
    assert [
        text
        for text in ("Jalan Melati 7", "17 Agustus 1995", "Perempuan", "Desa Sawentar")
        if text not in html
    ] == []
    assert [clear for clear in (SITI_NIK, SITI["kk"], SITI["phone"], "081234567801") if clear in html] == []


def test_me_shows_who_merely_claims_a_nik_nothing_of_the_person(sign_in) -> None:
    make_proven_citizen()
    html = sign_in(make_citizen(contact="081298765432")).get("/saya/").content.decode()
    leaked = [text for text in ("Siti", "Melati", "1995", "Sawentar", "Wiraswasta") if text in html]
    assert leaked == []


def test_me_tells_who_looked_at_account_and_person_newest_first(sign_in) -> None:
    citizen, officer = make_proven_citizen(), make_officer(name="Bambang Sutejo")
    audit.record_reading(
        by=officer.as_actor(),
        about=citizen.as_subject(),
        what="nik",
        purpose="case_check",
        office="Desa Sawentar",
    )
    audit.record_reading(
        by=officer.as_actor(), about=citizen.person.as_subject(), what="kk", purpose="Menurut surat"
    )
    page = my_data.readings(citizen, 1)
    told = [(row.by_name, row.by_office, row.what, row.purpose) for row in page.rows[:2]]
    assert told == [
        ("Bambang Sutejo", "", "Nomor KK", "Menurut surat"),
        ("Bambang Sutejo", "Desa Sawentar", "NIK", "Memeriksa berkas permohonan"),
    ]
    assert "Bambang Sutejo" in sign_in(citizen).get("/saya/").content.decode()


def test_me_does_not_tell_a_claimant_who_looked_at_the_person(sign_in) -> None:
    proven, officer = make_proven_citizen(), make_officer()
    audit.record_reading(
        by=officer.as_actor(), about=proven.person.as_subject(), what="nik", purpose="case_check"
    )
    claimant = make_citizen(contact="081298765432")
    assert my_data.readings(claimant, 1).rows == []


def test_readings_come_in_pages(sign_in) -> None:
    citizen, officer = make_citizen(), make_officer()
    for _ in range(my_data.PER_PAGE + 1):
        audit.record_reading(by=officer.as_actor(), about=citizen.as_subject(), what="nik", purpose="contact")
    first, second = my_data.readings(citizen, 1), my_data.readings(citizen, 2)
    assert (len(first.rows), first.has_next) == (my_data.PER_PAGE, True)
    assert (len(second.rows), second.has_next) == (1, False)
    client = sign_in(citizen)
    assert "?halaman=2#readings" in client.get("/saya/").content.decode()
    assert "?halaman=1#readings" in client.get("/saya/?halaman=2").content.decode()


@pytest.mark.parametrize(
    ("typed", "number"),
    [("2", 2), ("", 1), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("99999999", 1), ("99999", 1000)],
)
def test_page_number_survives_nonsense(typed: str, number: int) -> None:
    assert my_data.page_number(typed) == number


@pytest.mark.parametrize("path", ["/bantuan/", "/bantuan/aksesibilitas/", "/bantuan/privasi/"])
def test_reading_pages_answer(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200

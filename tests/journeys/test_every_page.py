"""Pages beside the ways of the other stories are looked at too; and looking would find what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.citizen import Citizen, newcomer
from tests.journeys.desk import Officer

pytestmark = pytest.mark.journey

OPEN_PAGES = [
    "/layanan/",
    "/layanan/?q=tidak+ada+yang+begini",
    "/layanan/?peristiwa=work-business",
    "/layanan/surat-keterangan-domisili/",
    "/layanan/surat-keterangan-domisili/standar/",
    "/layanan/ktp-elektronik/",
    "/layanan/nomor-induk-berusaha/",
    "/maklumat/",
    "/tanya/?q=tidak+ada+yang+begini",
    "/lapor/",
    "/lapor/foto/",
    "/lapor/apa/?kelompok=roads",
    "/lapor/daftar/",
    "/lapor/peta/",
    "/lapor/kinerja/",
    "/bantuan/",
    "/bantuan/aksesibilitas/",
    "/bantuan/privasi/",
    "/demo/pesan/",
    "/demo/petugas/",
]
DESK_PAGES = [
    "/meja/?kotak=soon",
    "/meja/?kotak=late",
    "/meja/?kotak=waiting",
    "/meja/?kotak=done_today",
    "/meja/?q=tidak+ada",
    "/meja/laporan/",
    "/meja/laporan/?state=open&words=jalan",
    "/meja/laporan/catat/",
    "/meja/akun/",
    "/meja/akun/sandi/",
]
RECEPTION_PAGES = ["/meja/laporan/masuk/", "/meja/laporan/senyap/", "/meja/laporan/penilaian/"]
BAD_PAGE = f"""<!doctype html><html lang="id"><title>Contoh</title><main><h1>Contoh</h1>
<img src="data:,"><pre>{"lebar " * 200}</pre></main></html>"""


def test_looking_finds_a_picture_without_words_and_a_page_too_wide(citizen: Callable[..., Citizen]) -> None:
    person = citizen()
    person.page.set_content(BAD_PAGE)
    with pytest.raises(AssertionError, match=r"(?s)image-alt.*off the side"):
        person.look()


def test_pages_for_everybody_can_be_used_by_everybody(citizen: Callable[..., Citizen]) -> None:
    person = citizen()
    for path in OPEN_PAGES:
        person.open(path)
        expect(person.page.get_by_role("heading", level=1)).to_be_visible()
    person.open("/halaman/yang/tidak/ada/", status=404)
    person.track("SKU-2026-0000-0000", "000000")
    assert list(person.faults()) == ["Nomor berkas"]
    person.open("/masuk/")
    person.press("Kirim kode")
    assert list(person.faults()) == ["NIK", "Nomor HP atau e-mail"]


def test_pages_of_the_reception_can_be_used_by_everybody(officer: Callable[..., Officer]) -> None:
    reception = officer("penerima.blitar")
    for path in RECEPTION_PAGES:
        reception.open(path)
        expect(reception.page.get_by_role("heading", level=1)).to_be_visible()


def test_message_note_reveal_and_withdrawal(
    citizen: Callable[..., Citizen], officer: Callable[..., Officer], photo: Path
) -> None:
    person = newcomer(70)
    applicant, operator = citizen(), officer("operator.sawentar")
    applicant.start(person)
    applicant.fill_all(person, photo)
    number, _pin = applicant.send()
    applicant.follow("Lihat perkembangan")
    applicant.fill("Tulis pesan untuk petugas", "Apakah boleh diambil suami saya?")
    applicant.press("Kirim pesan")

    for path in DESK_PAGES:
        operator.open(path)
        expect(operator.page.get_by_role("heading", level=1)).to_be_visible()
    operator.open_case(number)
    operator.sees("Apakah boleh diambil suami saya?")
    operator.main.get_by_text("Tulis", exact=True).click()
    operator.look()
    operator.fill("Pesan atau catatan", "Boleh, dengan membawa KTP Anda.")
    operator.main.get_by_label("Pesan untuk warga").check()
    operator.press("Simpan", within=operator.main.locator("section", has_text="Pesan dan catatan"))
    operator.main.get_by_text("Buka NIK", exact=True).click()
    operator.look()
    operator.press("Buka, dan catat")
    operator.sees(person.nik)

    applicant.page.reload()
    applicant.sees("Boleh, dengan membawa KTP Anda.")
    applicant.open("/saya/")
    applicant.sees("Sri Wahyuni", "NIK")
    applicant.open(f"/saya/berkas/{number}/")
    applicant.follow("Tarik permohonan ini")
    applicant.press("Ya, tarik")
    applicant.sees("Ditarik kembali")

    applicant.open("/saya/pemberitahuan/")
    applicant.press("Simpan")
    applicant.is_told("Tersimpan")

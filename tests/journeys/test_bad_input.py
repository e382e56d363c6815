"""Bad input gets a sentence beside its field and on top, and nothing that was typed is lost."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.citizen import Citizen, Persona, newcomer
from tests.journeys.town import Town

pytestmark = pytest.mark.journey

PERSON = newcomer(30)

TYPED = [
    (
        "Tanggal lahir",
        "31-02-1990",
        "Tanggal ini tidak ada di kalender. Periksa kembali tanggal dan bulannya.",
    ),
    (
        "Tanggal lahir",
        "kemarin",
        "Tulis tanggal seperti 31-12-1990: tanggal, bulan, lalu tahun dengan empat angka.",
    ),
    (
        "NIK",
        "3505103102900030",
        "Angka ke-7 sampai ke-12 pada NIK ini bukan tanggal lahir. Periksa kembali angkanya.",
    ),
    ("NIK", "12345", "NIK terdiri atas 16 angka. Periksa kembali angka pada KTP atau KK Anda."),
    (
        "Nama lengkap",
        "Bagas\x1b[31m",
        "Nama hanya boleh berisi huruf, spasi, titik, koma, tanda petik, dan tanda hubung.",
    ),
    (
        "Alamat",
        "Jalan\x07 Melati",
        "Isian ini memuat tanda yang tidak dapat disimpan. Hapus lalu ketik ulang.",
    ),
    ("RT", "tujuh", "Tulis dengan angka bulat saja, dari 1 sampai 999."),
]


def not_a_photo(path: Path) -> None:
    """A text behind the name of a photo."""
    path.write_text("Ini bukan foto.\n" * 100)


def empty(path: Path) -> None:
    """Nothing at all."""
    path.touch()


def huge(path: Path) -> None:
    """50 MB that begin like a photo."""
    with path.open("wb") as file:
        file.write(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        file.truncate(50 * 1024 * 1024)


def bomb(path: Path) -> None:
    """A picture of 900 million pixels in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(30_001) * 300, 9)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def broken(path: Path) -> None:
    """A photo of which the line dropped half."""
    path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(5000))


FILES: list[tuple[str, Callable[[Path], None], str]] = [
    (
        "warung.jpg",
        not_a_photo,
        "Isi berkas ini bukan foto (jenis tidak dikenal). Kirim foto JPG, PNG, atau WebP.",
    ),
    ("kosong.jpg", empty, "Berkas ini kosong (0 byte). Pilih berkas lain."),
    ("besar.jpg", huge, "Berkas ini lebih besar dari 15 MB. Perkecil, atau foto ulang."),
    (
        "bom.png",
        bomb,
        "Gambar ini terlalu banyak pikselnya untuk dibuka. Kirim foto biasa dari kamera ponsel.",
    ),
    (
        "putus.jpg",
        broken,
        "Berkas ini rusak atau terpotong dan tidak dapat dibuka. Kirim ulang dari sumbernya.",
    ),
]


@pytest.fixture(scope="module")
def at_the_form(chromium: Browser, town: Town) -> Iterator[Citizen]:
    """Somebody at the first page of the form, without scripts: nothing stands between him and the server."""
    with ExitStack() as stack:
        person = stack.enter_context(Citizen.of(chromium, town, scripts=False))
        person.start(PERSON)
        yield person


@pytest.mark.parametrize(("label", "value", "sentence"), TYPED)
def test_bad_answer_gets_its_sentence_and_the_others_stay(
    at_the_form: Citizen, label: str, value: str, sentence: str
) -> None:
    person = at_the_form
    person.open("/layanan/surat-keterangan-usaha/ajukan/applicant/")
    person.fill_applicant(PERSON)
    person.fill(label, value)
    person.go_on()
    assert person.faults() == {label: sentence}
    assert kept(person, PERSON) == {**PERSON.typed, label: value}


@pytest.mark.parametrize(("name", "make", "sentence"), FILES, ids=[name for name, _make, _said in FILES])
def test_bad_photo_gets_its_sentence_and_the_answers_stay(
    at_the_form: Citizen, tmp_path: Path, name: str, make: Callable[[Path], None], sentence: str
) -> None:
    person = at_the_form
    make(tmp_path / name)
    person.open("/layanan/surat-keterangan-usaha/ajukan/applicant/")
    person.fill_applicant(PERSON)
    person.go_on()
    person.fill_business()
    person.go_on()
    person.attach(tmp_path / name)
    person.go_on()
    assert person.faults() == {"Foto tempat usaha": sentence}
    person.open("/layanan/surat-keterangan-usaha/ajukan/applicant/")
    assert kept(person, PERSON) == PERSON.typed


def test_summary_leads_to_the_field_and_takes_the_focus(citizen: Callable[..., Citizen]) -> None:
    person = citizen()
    person.start(newcomer(31))
    person.fill_applicant(newcomer(31))
    person.fill("Tanggal lahir", "31-02-1990")
    person.fill("RT", "")
    person.go_on()
    assert list(person.faults()) == ["Tanggal lahir", "RT"]
    expect(person.page.locator(".error-summary")).to_be_focused()
    person.page.locator(".error-summary").get_by_role("link", name="RT").click()
    expect(person.main.get_by_label("RT", exact=True)).to_be_focused()


def test_back_to_a_page_that_had_faults_shows_it_again(citizen: Callable[..., Citizen]) -> None:
    person = citizen()
    person.start(newcomer(38))
    person.fill_applicant(newcomer(38))
    person.fill("RT", "")
    person.go_on()
    assert list(person.faults()) == ["RT"]
    person.fill("RT", "9")
    person.go_on()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Usaha Anda")
    person.page.go_back()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Data diri")
    assert int(person.main.get_by_label("RT", exact=True).input_value()) == 9


def kept(person: Citizen, persona: Persona) -> dict[str, str]:
    """What stands in the controls now."""
    return {label: person.main.get_by_label(label, exact=True).input_value() for label in persona.typed}

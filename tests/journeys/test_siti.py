"""Siti gets a certified letter: from a search on her phone to a link that her bank opens; every step told."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys import errands
from tests.journeys.citizen import SITI, Citizen
from tests.journeys.desk import Officer
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.journey

TOLD = [
    "Permohonan diterima.",
    "Ada 2 hal yang perlu Anda perbaiki.",
    "Perbaikan diterima. Waktu pelayanan berjalan lagi.",
    "Semua syarat sudah diperiksa dan lengkap.",
    "Surat sudah dibaca dan diparaf.",
    "Permohonan disetujui dan suratnya ditandatangani.",
    "Surat sudah terbit dan bernomor.",
]


@pytest.mark.parametrize(
    "scripts",
    [pytest.param(True, marks=pytest.mark.on_postgresql, id="scripts"), pytest.param(False, id="no scripts")],
)
def test_siti_gets_her_letter_and_sees_every_step(
    scripts: bool,
    citizen: Callable[..., Citizen],
    officer: Callable[..., Officer],
    photo: Path,
    tmp_path: Path,
) -> None:
    siti, operator = citizen(scripts=scripts), officer("operator.sawentar", scripts=scripts)
    number, pin = apply(siti, photo)
    return_with_two_faults(operator, number)
    repair_just_those(siti, photo)
    operator.open_case(number)
    operator.sees("baru diperbaiki", "Mengajukan KUR di Bank Jatim Cabang Blitar")
    errands.check(operator, number)
    errands.initial(officer("sekretaris.sawentar", scripts=scripts), number)
    errands.sign(officer("kepala.sawentar", scripts=scripts, size=PHONE), number)

    siti.page.reload()
    siti.look()
    assert siti.history() == TOLD
    siti.follow("Unduh atau bagikan")
    file = siti.download("Unduh surat", tmp_path / "letter.pdf")
    letter = " ".join(page.extract_text() for page in PdfReader(file).pages)
    words = ("SURAT KETERANGAN USAHA", "Bank Jatim", "Bambang Sutejo")
    assert [word in letter for word in words] == [True] * 3
    link = share_with_her_bank(siti)
    its_bank = citizen(scripts=scripts)
    read_by_link(its_bank, link, file)
    siti.page.reload()
    siti.sees("dibuka 2 kali")  # its page and its file
    siti.press("Tutup tautan")
    its_bank.open(link, status=410)
    its_bank.sees("ditutup oleh pemilik surat")

    siti.open("/saya/")
    siti.sees(number, "Selesai", "Siapa melihat data saya", "Sri Wahyuni")
    stranger = citizen(scripts=scripts)
    stranger.track(number, pin)
    assert stranger.history() == TOLD
    assert hidden(stranger.page, "Siti Aminah", SITI.nik, "17 Agustus 1995") == []


def apply(siti: Citizen, photo: Path) -> tuple[str, str]:
    """From the search to the slip, where she is known already; number and PIN."""
    siti.start(SITI)
    siti.fill_all(SITI, photo)
    siti.sees("Siti Aminah", "17 Agustus 1995", "Warung Bu Siti")
    number, pin = siti.send()
    siti.follow("Lihat perkembangan")
    assert siti.history() == TOLD[:1]
    siti.sees("Sedang diperiksa petugas", "Selesai paling lambat")
    return number, pin


def return_with_two_faults(operator: Officer, number: str) -> None:
    """The operator lists all that is wrong, once."""
    operator.open_case(number)
    operator.sees("Terbukti di loket")
    operator.refuse_requirement("Foto tempat usaha", "Foto atau berkas tidak terbaca", "Terlalu gelap.")
    operator.refuse_answer("Untuk keperluan apa?", "Maksudnya kurang jelas", "Sebutkan nama banknya.")
    operator.press("Kembalikan ke warga")
    operator.is_told("dikembalikan")


def share_with_her_bank(siti: Citizen) -> str:
    """A link for a week: its path."""
    siti.choose("Berlaku selama", "7 hari")
    siti.fill("Untuk siapa? (tidak wajib)", "Bank Jatim")
    siti.press("Buat tautan")
    siti.sees("Bank Jatim")
    return urlsplit(siti.main.get_by_label("Alamat tautan").input_value()).path


def read_by_link(bank: Citizen, link: str, file: Path) -> None:
    """Without an account: who issued it to whom, and the very same file; then whether it is good."""
    bank.open(link)
    bank.sees("Siti Aminah", "Bambang Sutejo")
    copy = bank.download("Unduh surat (PDF)", file.with_name("copy.pdf"))
    assert copy.read_bytes() == file.read_bytes()
    bank.follow("Periksa keasliannya")
    bank.sees("Bambang Sutejo")


def repair_just_those(siti: Citizen, photo: Path) -> None:
    """She reads both faults, and is asked for nothing else."""
    siti.page.reload()
    siti.look()
    siti.sees("Foto atau berkas ini belum bisa kami baca.", "Terlalu gelap.", "Sebutkan nama banknya.")
    siti.sees("berhenti sampai Anda memperbaiki berkas")
    siti.follow("Perbaiki sekarang")
    asked = siti.main.locator("form .field > .label").all_inner_texts()
    assert asked == ["Untuk keperluan apa?", "Foto tempat usaha"]
    siti.fill("Untuk keperluan apa?", "Mengajukan KUR di Bank Jatim Cabang Blitar")
    siti.attach(photo)
    siti.press("Kirim perbaikan")
    siti.is_told("Perbaikan terkirim")


def hidden(page: Page, *secrets: str) -> list[str]:
    """Which of these words the page gives away, in its text or its source."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    source = re.sub(r"\s+", " ", page.content())
    return [secret for secret in secrets if secret in source]

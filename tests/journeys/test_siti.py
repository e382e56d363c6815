"""Siti gets a letter: from a search on her phone to the paper in her hand, and every step told to her."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.citizen import SITI, Citizen
from tests.journeys.desk import Officer

pytestmark = pytest.mark.journey

TOLD = [
    "Permohonan diterima.",
    "Ada 2 hal yang perlu Anda perbaiki.",
    "Perbaikan diterima. Waktu pelayanan berjalan lagi.",
    "Semua syarat sudah diperiksa dan lengkap.",
    "Permohonan disetujui. Surat sedang dibuat.",
    "Surat sudah terbit dan bernomor.",
    "Surat dicetak dan menunggu tanda tangan basah.",
    "Surat siap diambil di kantor.",
    "Surat sudah diserahkan.",
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
    siti = citizen(scripts=scripts)
    siti.start(SITI)
    siti.fill_all(SITI, photo)
    siti.sees("Siti Aminah", "17 Agustus 1995", "Warung Bu Siti")
    number, pin = siti.send()
    siti.follow("Lihat perkembangan")
    assert siti.history() == ["Permohonan diterima."]
    siti.sees("Sedang diperiksa petugas", "Selesai paling lambat")

    operator = officer("operator.sawentar", scripts=scripts)
    operator.open_case(number)
    operator.sees("Terbukti di loket")
    operator.refuse_requirement("Foto tempat usaha", "Foto atau berkas tidak terbaca", "Terlalu gelap.")
    operator.refuse_answer("Untuk keperluan apa?", "Maksudnya kurang jelas", "Sebutkan nama banknya.")
    operator.press("Kembalikan ke warga")
    operator.is_told("dikembalikan")

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

    operator.open_case(number)
    operator.sees("baru diperbaiki", "Mengajukan KUR di Bank Jatim Cabang Blitar")
    operator.accept("Foto tempat usaha")
    operator.press("Lengkap, teruskan")
    operator.is_told("diteruskan")

    head = officer("kepala.sawentar", scripts=scripts)
    head.open_case(number)
    head.press("Setujui dan terbitkan surat")
    head.is_told("isetujui")

    operator.open_case(number)
    letter_number = operator.wait_for_letter()
    letter = PdfReader(operator.download_letter(tmp_path / "letter.pdf")).pages[0].extract_text()
    assert [word in letter for word in (letter_number, "SURAT KETERANGAN USAHA", "Bank Jatim")] == [True] * 3
    operator.press("Sudah dicetak, menunggu tanda tangan")
    operator.fill("Nomor rak", "A-12")
    operator.press("Sudah ditandatangani dan di rak")
    operator.is_told("siap diambil")

    siti.page.reload()
    siti.sees("Surat siap diambil.", "A-12")

    operator.hand_over()
    operator.is_told("diserahkan")

    siti.page.reload()
    siti.look()
    assert siti.history() == TOLD
    siti.open("/saya/")
    siti.sees(number, "Selesai", "Siapa melihat data saya", "Sri Wahyuni")

    stranger = citizen(scripts=scripts)
    stranger.track(number, pin)
    assert stranger.history() == TOLD
    assert hidden(stranger.page, "Siti Aminah", SITI.nik, "17 Agustus 1995") == []


def hidden(page: Page, *secrets: str) -> list[str]:
    """Which of these words the page gives away, in its text or its source."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    source = re.sub(r"\s+", " ", page.content())
    return [secret for secret in secrets if secret in source]

"""Siti gets a letter signed in ink: approved, printed, signed by hand, fetched with her card."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.journeys import errands
from tests.journeys.citizen import RESIDENCE_LETTER, SITI, Citizen
from tests.journeys.desk import Officer

pytestmark = pytest.mark.journey

TOLD = [
    "Permohonan diterima.",
    "Semua syarat sudah diperiksa dan lengkap.",
    "Permohonan disetujui. Surat sedang dibuat.",
    "Surat sudah terbit dan bernomor.",
    "Surat dicetak dan menunggu tanda tangan basah.",
    "Surat siap diambil di kantor.",
    "Surat sudah diserahkan.",
]


def test_letter_in_ink_goes_from_the_form_to_the_hand(
    citizen: Callable[..., Citizen], officer: Callable[..., Officer], photo: Path, tmp_path: Path
) -> None:
    siti, operator = citizen(), officer("operator.sawentar")
    siti.start(SITI, RESIDENCE_LETTER)
    siti.fill_all(SITI, photo)
    number, _pin = siti.send()
    errands.check(operator, number, RESIDENCE_LETTER.photo)
    errands.approve(officer("kepala.sawentar"), number)
    operator.open_case(number)
    letter_number = operator.wait_for_letter()
    letter = PdfReader(operator.download_letter(tmp_path / "letter.pdf")).pages[0].extract_text()
    assert [word in letter for word in (letter_number, "SURAT KETERANGAN DOMISILI")] == [True, True]
    errands.shelve(operator, number, "A-12")
    siti.open(f"/saya/berkas/{number}/")
    siti.sees("Surat siap diambil.", "A-12")
    operator.hand_over()
    operator.is_told("diserahkan")
    siti.page.reload()
    assert siti.history() == TOLD
    siti.follow("Lihat di Surat saya")
    siti.sees("ditandatangani basah")

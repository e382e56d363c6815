"""Somebody claims Siti's NIK from another phone: nothing of her is shown before a counter has proven her."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import errands
from tests.journeys.citizen import SITI, Citizen, newcomer
from tests.journeys.desk import Officer

pytestmark = pytest.mark.journey

# What the village has on record of Siti, in the ways that a page could write it.
ON_RECORD = (
    "Siti Aminah",
    "17 Agustus 1995",
    "17-08-1995",
    "17-8-1995",
    "1995-08-17",
    "Dusun Krajan",
    "Pedagang",
    "081234567801",
    "0812-3456-7801",
    "0812••••••01",
    "3505101701100001",
)
CLAIMANT = newcomer(1, nik=SITI.nik, contact="081399990001", name="Siti Aminah")
CLAIMANT = replace(
    CLAIMANT,
    typed={**CLAIMANT.typed, "Tempat lahir": "Blitar", "Tanggal lahir": "17-08-1995"},
    chosen={**CLAIMANT.chosen, "Jenis kelamin": "Perempuan", "Status perkawinan": "Kawin"},
)


def test_claimed_nik_opens_nothing_until_the_operator_has_seen_the_card(
    citizen: Callable[..., Citizen], officer: Callable[..., Officer], photo: Path
) -> None:
    claimant = citizen()
    claimant.start(CLAIMANT)
    assert given_away(claimant) == []
    assert (
        claimant.main.locator("input:not([type=hidden]):not([type=radio])").evaluate_all(
            "controls => controls.map(each => each.value).filter(value => value)"
        )
        == []
    )
    assert claimant.main.locator(":checked:not(option[value=''])").count() == 0
    for path in ("/saya/", "/", "/layanan/surat-keterangan-usaha/"):
        claimant.open(path)
        assert given_away(claimant) == []
    claimant.open("/layanan/surat-keterangan-usaha/ajukan/")
    claimant.fill_all(CLAIMANT, photo)
    number, _pin = claimant.send()
    assert given_away(claimant) == []
    for path in (f"/saya/berkas/{number}/", "/saya/"):
        claimant.open(path)
        typed_by_herself = ON_RECORD[:4]
        assert [each for each in given_away(claimant) if each not in typed_by_herself] == []
    claimant.sees("Data kependudukan belum kami tampilkan")

    operator, head = officer("operator.sawentar"), officer("kepala.sawentar")
    errands.check(operator, number)
    errands.initial(officer("sekretaris.sawentar"), number)
    errands.sign(head, number)
    claimant.open("/saya/surat/")
    claimant.sees("Isi surat belum terbuka.")
    assert claimant.main.get_by_role("link", name="Unduh").count() == 0
    errands.shelve(operator, number, "B-1")
    operator.hand_over()
    operator.sees("Cocokkan dahulu identitas pemohon")
    expect(operator.main.get_by_label("Nomor kartu")).to_have_value("3505 1099 9999 0001")

    operator.follow("Cocokkan di loket")
    operator.main.get_by_label("Saya melihat orangnya").check()
    operator.press("Terbukti")
    settled = operator.main.locator("fieldset.field").filter(has_text="Catatan kantor:")
    assert "Dusun Krajan" in " ".join(settled.all_inner_texts())
    for difference in settled.all():
        difference.get_by_label("Catatan kantor:").check()
    operator.main.get_by_label("Saya melihat orangnya").check()
    operator.press("Terbukti")
    operator.is_told("terbukti di loket")
    operator.hand_over()
    operator.is_told("diserahkan")

    claimant.open("/saya/")
    claimant.sees("Identitas Anda sudah dibuktikan di loket", "Dusun Krajan")


def given_away(visitor: Citizen) -> list[str]:
    """What of Siti's record stands in the source of the page."""
    source = visitor.page.content()
    return [fact for fact in ON_RECORD if fact in source]

"""A family tells who the heirs are: rows added, typed, put right and removed, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.citizen import LESTARI, SITI, Citizen, Persona

pytestmark = pytest.mark.journey
HEIRS = "/layanan/surat-pernyataan-ahli-waris/ajukan/heirs_page/"


def fill_row(citizen: Citizen, number: int, **typed: str) -> None:
    row = citizen.main.get_by_role("group", name=f"Ahli waris {number}", exact=True)
    for label, value in {"Nama": f"Ahli {number}", "Alamat": "Dusun Sawentar", **typed}.items():
        row.get_by_label(label, exact=True).fill(value)


@pytest.mark.parametrize(("persona", "scripts"), [(SITI, True), (LESTARI, False)], ids=["scripts", "bare"])
def test_heirs_are_added_put_right_and_removed(
    citizen: Callable[..., Citizen], persona: Persona, scripts: bool
) -> None:
    siti = citizen(scripts=scripts)
    siti.open("/masuk/")
    siti.sign_in(persona)
    siti.open(HEIRS)
    fill_row(siti, 1, Nama="Siti Aminah")
    siti.press("Tambah ahli waris")
    fill_row(siti, 2, Nama="R2D2")
    siti.press("Tambah ahli waris")
    assert siti.faults() == {}
    siti.press("Simpan dan lanjut")
    faults = siti.faults()
    assert faults["Nama (Ahli waris 2)"].startswith("Nama hanya boleh berisi huruf")
    assert "Nama (Ahli waris 3)" not in faults
    siti.main.get_by_role("link", name="Nama (Ahli waris 2)").click()
    expect(siti.page.locator('[id="id_heirs.1.name"]')).to_be_focused()
    siti.press("Hapus ahli waris 2")
    expect(siti.main.get_by_label("Nama", exact=True).first).to_have_value("Siti Aminah")
    expect(siti.main.get_by_role("group", name="Ahli waris 3", exact=True)).to_have_count(0)


def test_enter_in_a_row_saves_and_changes_no_row(citizen: Callable[..., Citizen]) -> None:
    siti = citizen()
    siti.open("/masuk/")
    siti.sign_in(SITI)
    siti.open(HEIRS)
    rows = siti.main.locator(".row").count()
    fill_row(siti, 1, Alamat="")
    with siti.page.expect_navigation():
        siti.main.get_by_label("Nama", exact=True).first.press("Enter")
    assert siti.faults()
    expect(siti.main.locator(".row")).to_have_count(rows)

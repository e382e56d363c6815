"""What came in by telephone is written down, walked through by keys alone, and answered without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import Officer

pytestmark = pytest.mark.journey
WORDS = ("Lubang besar di tikungan dekat balai desa", "Aspal mengelupas di depan pasar lama")


def write_down(reception: Officer, words: str) -> None:
    reception.open("/meja/laporan/catat/")
    reception.fill("Apa yang dilaporkan", words)
    reception.page.get_by_label("Jenis").select_option(label="Jalan rusak atau berlubang")
    reception.page.get_by_label("Desa atau kelurahan").select_option("35.05.10.2011")
    reception.page.get_by_label("Tempat yang dikenal di dekatnya").fill(words)
    reception.press("Catat")
    same = reception.main.get_by_role("button", name="Bukan, catat sebagai laporan baru")
    if same.count():
        reception.press("Bukan, catat sebagai laporan baru")
    expect(reception.page.locator(".notice.good")).to_contain_text("PIN")


def turn_to(reception: Officer, words: str) -> None:
    """From one report to the next by a key, until this one lies on top: others wait there too."""
    while words not in reception.page.locator(".sheet-head h1").inner_text():
        with reception.page.expect_navigation():
            reception.page.keyboard.press("j")


def test_calls_are_routed_by_keys_and_answered_without_scripts(officer: Callable[..., Officer]) -> None:
    reception = officer("penerima.blitar")
    for words in WORDS:
        write_down(reception, words)
    reception.open("/meja/laporan/masuk/")
    keys, total = reception.page.keyboard, reception.main.get_by_text("1 dari")
    expect(total).to_be_visible()
    keys.press("a")
    expect(reception.main.get_by_label("Alasan", exact=True)).to_be_focused()
    keys.press("Escape")
    with reception.page.expect_navigation():
        keys.press("j")
    with reception.page.expect_navigation():
        keys.press("k")
    turn_to(reception, WORDS[0])
    keys.press("r")
    expect(reception.main.get_by_role("button", name="Teruskan ke").first).to_be_focused()
    with reception.page.expect_navigation():
        keys.press("Enter")
    reception.is_told("diteruskan")
    reception.look()

    agency = officer("petugas.dpupr", scripts=False)
    agency.open("/meja/laporan/?state=assigned")
    agency.page.locator("tr[data-row] a").first.click()
    agency.follow("Akan ditinjau")
    answer = agency.page.locator("#answer_text")
    assert "[hari, tanggal]" in answer.input_value()
    agency.press("Kirim jawaban")
    agency.sees("Isi dulu bagian [hari, tanggal]")
    answer.fill("Petugas kami meninjau lokasi besok pagi.")
    agency.press("Kirim jawaban")
    agency.is_told("Jawaban terkirim")
    agency.sees("Sedang ditangani")

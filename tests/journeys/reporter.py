"""Somebody who reports what is wrong: tells, shows where, sends or joins, follows, judges."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.citizen import Citizen

SAWENTAR, KANIGORO = "35.05.10.2011", "35.05.10.1008"


class Reporter(Citizen):
    """The reporter's walk; every method begins where the one before ended."""

    def tell(self, words: str, kind: str) -> None:
        """What happened, and what kind of trouble that is."""
        self.open("/lapor/")
        self.main.get_by_label("Ceritakan apa yang terjadi").fill(words)
        self.press("Lanjut")
        self.main.get_by_label(kind).first.check()
        self.press("Lanjut")

    def show_where(self, near: str, village: str) -> None:
        """By the village, and by what people know near by."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Di mana letaknya?")
        self.main.get_by_label("Desa atau kelurahan").select_option(village)
        self.fill("Dekat apa?", near)
        self.press("Lanjut")

    def is_another(self) -> None:
        """None of those that are shown."""
        if self.main.get_by_role("heading", name="Apakah laporan ini sama?").count():
            self.press("Bukan, laporan saya lain")

    def send_report(self, photo: Path, contact: str) -> tuple[str, str]:
        """With a photo, and a way to be told: number and PIN."""
        self.main.locator("input[type=file]").set_input_files(photo)
        self.main.get_by_label("Nomor HP atau e-mail untuk kabar").fill(contact)
        self.press("Kirim laporan")
        return self.receipt()

    def join_first(self) -> tuple[str, str]:
        """That is the one: its number, and a PIN of one's own."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Apakah laporan ini sama?")
        with self.page.expect_navigation():
            self.main.get_by_role("button", name="Ya, saya ikut laporan itu").first.click()
        self.look()
        return self.receipt()

    def judge(self, verdict: str, note: str = "") -> None:
        """What is to be said of the repair."""
        self.choose("Benar sudah beres?", verdict)
        self.main.get_by_label("Catatan untuk petugas").fill(note)
        self.press("Kirim penilaian")

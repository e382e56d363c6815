"""An officer at the desk: signs in, finds a case, judges, decides, hands over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import Browser, Locator, StorageState

from tests.journeys.town import Town
from tests.journeys.visitor import SCREEN, Visitor
from tests.journeys.waiting import wait_until

PASSWORD = "Balai-peragaan-2026"
PASSPHRASE = "TandaTangan2026"


class Officer(Visitor):
    """The officer's walk."""

    @classmethod
    def of(cls, browser: Browser, town: Town, state: StorageState | None = None, **options: Any) -> Officer:
        """An officer of this town; with `state`, signed in already."""
        return cls(browser, town.url, state=state, **{"size": SCREEN, **options})

    def sign_in(self, login_name: str, password: str, second_factor: str) -> None:
        """Password, then the code of the authenticator."""
        self.give_password(login_name, password)
        self.fill("Kode 6 angka", second_factor)
        self.press("Masuk")

    def give_password(self, login_name: str, password: str) -> None:
        """The first half of the door."""
        self.open("/meja/masuk/")
        self.fill("Nama pengguna", login_name)
        self.fill("Kata sandi", password)
        self.press("Lanjut")

    def enrol(self, login_name: str, password: str) -> None:
        """The first visit: put the secret of the page into an authenticator, and type what it shows."""
        self.give_password(login_name, password)
        secret = self.main.locator("figure.qr figcaption").inner_text()
        self.fill("Kode 6 angka", pyotp.TOTP(secret.replace(" ", "")).now())
        self.press("Pasang dan masuk")
        self.follow("Sudah saya simpan")

    def open_case(self, number: str) -> None:
        """From the inbox to the sheet of one case, as soon as it is there to be worked on."""
        self.open("/meja/")
        self.page.get_by_role("searchbox").fill(number)
        self.press("Cari")
        row = self.main.locator("tr", has_text=number)
        wait_until(lambda: row.count() or (self.page.reload() and row.count()), f"{number} in the inbox")
        self.follow("Surat keterangan", within=row)

    def open_report(self, number: str, title: str) -> None:
        """From the inbox to the sheet of one report."""
        self.open(f"/meja/?q={number}")
        self.follow(title, within=self.main.locator("tr", has_text=number))

    def open_act(self, title: str) -> None:
        """Unfold one of the things that can be done with a report."""
        act = self.main.locator("details.act", has=self.page.locator("summary", has_text=title))
        if act.get_attribute("open") is None:
            act.locator("summary").click()
        self.look()

    def write(self, act: str, label: str, words: str, *, send: str) -> None:
        """Unfold an act of one box, fill it and send it."""
        self.open_act(act)
        self.fill(label, words)
        self.press(send)

    def attach(self, form: str, photo: Path) -> None:
        """Add a photo to the form of an act."""
        self.page.locator(f"#{form} input[type=file]").first.set_input_files(photo)

    def line(self, title: str) -> Locator:
        """One requirement of the sheet."""
        return self.main.locator("fieldset.judge", has=self.page.locator("legend", has_text=title))

    def accept(self, *requirements: str) -> None:
        """Judge these requirements sound."""
        for title in requirements:
            self.line(title).get_by_label("Sesuai").check()

    def refuse_requirement(self, title: str, reason: str, note: str) -> None:
        """This file must come again."""
        line = self.line(title)
        line.get_by_label("Perlu diperbaiki").check()
        self._give_reason(line, reason, note)

    def refuse_answer(self, title: str, reason: str, note: str) -> None:
        """This answer must be given again."""
        line = self.main.locator("dl.summary > div", has=self.page.locator("dt", has_text=title))
        line.locator("summary").click()
        line.get_by_label("Ya, perlu diperbaiki").check()
        self._give_reason(line, reason, note)

    @staticmethod
    def _give_reason(line: Locator, reason: str, note: str) -> None:
        line.get_by_role("combobox").select_option(label=reason)
        line.get_by_role("textbox").fill(note)

    def wait_for_letter(self) -> str:
        """The letter's number, once the worker has made it."""

        def number() -> str:
            self.page.reload()
            found = self.main.locator("section", has_text="Cetak dan taruh di rak").locator("b.digits")
            return found.inner_text() if found.count() else ""

        found = wait_until(number, "the letter")
        self.look()
        return found

    def download_letter(self, path: Path) -> Path:
        """The PDF behind the button that prints."""
        link = self.main.get_by_role("link", name="Buka surat untuk dicetak")
        answer = self.context.request.get(self.url + (link.get_attribute("href") or ""))
        assert answer.headers["content-type"] == "application/pdf"
        path.write_bytes(answer.body())
        return path

    def hand_over(self, *, relation: str = "Pemohon sendiri") -> None:
        """Give the letter to whoever stands here, and write down whose card was seen."""
        section = self.main.locator("section", has_text="Serahkan surat")
        section.get_by_label("Hubungan dengan pemohon").select_option(label=relation)
        section.get_by_label("Kartu identitas yang dilihat").select_option(label="KTP-el")
        section.get_by_label("Nomor kartu").fill("3505 1099 9999 0001")
        self.press("Serahkan", within=section)

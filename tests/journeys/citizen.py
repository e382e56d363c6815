"""A citizen on her phone: finds a service, fills in, sends, follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Browser, expect

from tests.journeys.town import Town
from tests.journeys.visitor import Visitor


@dataclass(frozen=True)
class Letter:
    """A letter to apply for: its title, the words that find it, the photo that it asks for."""

    title: str
    words: str
    photo: str


# Certified: initialled, signed with a certificate, downloaded or fetched.
BUSINESS_LETTER = Letter("Surat keterangan usaha", "sku", "Foto tempat usaha")
# In ink: approved, printed, signed by hand, fetched.
RESIDENCE_LETTER = Letter("Surat keterangan domisili", "domisili", "Foto rumah dari depan")


@dataclass(frozen=True)
class Persona:
    """Who sits before the browser, and what is on her card."""

    nik: str
    contact: str
    name: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)


# Both are proven at the counter of the demo town: nobody asks them again who they are.
SITI = Persona("3505105708950001", "081234567801", "Siti Aminah")
LESTARI = Persona("3505104204990001", "081234567807", "Dewi Lestari")


def newcomer(serial: int, *, nik: str = "", contact: str = "", name: str = "Bagas Prakoso") -> Persona:
    """A man born on 12 March 1990 whom nobody has on record; each serial is another one."""
    number = nik or f"35051012039{0}{serial:04}"
    return Persona(
        number,
        contact or f"08130000{serial:04}",
        name,
        typed={
            "NIK": number,
            "Nama lengkap": name,
            "Tempat lahir": "Malang",
            "Tanggal lahir": "12-03-1990",
            "Pekerjaan": "Perajin",
            "Alamat": "Jalan Melati 5",
            "RT": "7",
            "RW": "3",
        },
        chosen={
            "Jenis kelamin": "Laki-laki",
            "Agama": "Islam",
            "Status perkawinan": "Belum kawin",
        },
    )


BUSINESS = {
    "Nama usaha": "Warung Bu Siti",
    "Berusaha sejak": "01-03-2019",
    "Untuk keperluan apa?": "Mengajukan KUR di BRI Unit Kanigoro",
}


class Citizen(Visitor):
    """The citizen's walk; every method begins where the one before ended."""

    town: Town
    letter: Letter = BUSINESS_LETTER

    @classmethod
    def of(cls, browser: Browser, town: Town, **options: Any) -> Self:
        """A citizen of this town."""
        visitor = cls(browser, town.url, **options)
        visitor.town = town
        return visitor

    def search(self, words: str) -> None:
        """From the home page to the page of the service."""
        self.open("/")
        self.page.get_by_role("searchbox").fill(words)
        self.press("Cari")
        self.follow(self.letter.title)

    def start(self, persona: Persona, letter: Letter = BUSINESS_LETTER) -> None:
        """Search, begin, and pass the door."""
        self.letter = letter
        self.search(letter.words)
        self.follow("Mulai mengajukan")
        self.sign_in(persona)

    def sign_in(self, persona: Persona) -> None:
        """NIK and contact, then the code that arrives."""
        self.fill("NIK", persona.nik)
        self.fill("Nomor HP atau e-mail", persona.contact)
        self.press("Kirim kode")
        self.fill("Kode 6 angka", self.town.code_sent_to(persona.contact))
        self.press("Masuk")

    def run_out_of_time(self) -> None:
        """The session ends, while the page stays open before her."""
        (key,) = [each["value"] for each in self.context.cookies() if each["name"] == "sessionid"]
        self.town.end_session(key)

    def go_on(self) -> None:
        """Keep this page and see the next."""
        self.press("Simpan dan lanjut")

    def fill_applicant(self, persona: Persona) -> None:
        """Who I am, as typed by somebody whom the town does not know."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Data diri")
        for label, value in persona.typed.items():
            self.fill(label, value)
        for question, answer in persona.chosen.items():
            self.choose(question, answer)
        self.main.get_by_label("Desa atau kelurahan").select_option("35.05.10.2011")

    def fill_business(self, **changes: str) -> None:
        """What my business is."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Usaha Anda")
        for label, value in {**BUSINESS, **changes}.items():
            self.fill(label, value)
        self.choose("Bidang usaha", "Perdagangan (warung, toko, penjual)")
        self.choose("Apakah tempat usaha sama dengan alamat rumah?", "Ya")

    def fill_residence(self) -> None:
        """Where I live, in a house of my own."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Tempat tinggal")
        self.fill("Tinggal di alamat ini sejak", "01-03-2019")
        self.choose("Status tempat tinggal", "Milik sendiri")
        self.fill("Untuk keperluan apa?", "Mendaftarkan anak ke sekolah dasar")

    def attach(self, photo: Path) -> None:
        """Choose a file as the photo that is asked for."""
        self.main.get_by_label(self.letter.photo).set_input_files(photo)
        if self.scripts:
            expect(self.page.locator(".file-preview:visible")).to_have_count(1)

    def fill_all(self, persona: Persona, photo: Path) -> None:
        """From the first page to the review; a person on record is not asked again who she is."""
        if persona.typed:
            self.fill_applicant(persona)
            self.go_on()
        if self.letter is RESIDENCE_LETTER:
            self.fill_residence()
        else:
            self.fill_business()
        self.go_on()
        self.attach(photo)
        self.go_on()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Periksa, lalu kirim")

    def send(self, *, fetch: bool = False) -> tuple[str, str]:
        """Send: case number and PIN of the slip; `fetch` chooses the counter where there is a choice."""
        if fetch:
            self.choose("Bagaimana surat sampai ke Anda?", "Ambil cetakannya di kantor, bawa KTP asli")
        self.press("Kirim permohonan")
        return self.receipt()

    def receipt(self) -> tuple[str, str]:
        """Case number and PIN, as the slip shows them."""
        number, pin = self.page.locator(".slip-number").all_inner_texts()
        return number, pin

    def track(self, number: str, pin: str) -> None:
        """Follow a case with the slip alone."""
        self.open(f"/lacak/?nomor={number}")
        self.fill("PIN", pin)
        self.press("Lihat perkembangan")

    def history(self) -> list[str]:
        """What happened to the case so far, in the order of the page."""
        return self.page.locator("h2:has-text('Riwayat') + .timeline > li b").all_inner_texts()

"""What officers do with an application when nothing goes wrong."""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.journeys.desk import PASSPHRASE, Officer
from tests.journeys.waiting import wait_until


def check(operator: Officer, number: str, photo: str = "Foto tempat usaha") -> None:
    """Find everything in order and pass it on."""
    operator.open_case(number)
    operator.accept(photo)
    operator.press("Lengkap, teruskan")
    operator.is_told("diteruskan")


def initial(secretary: Officer, number: str) -> None:
    """Read the letter as it will be, and initial it."""
    _to_the_letter(secretary, number, "Baca dan paraf surat")
    secretary.press("Paraf surat ini", within=_beside(secretary))
    secretary.is_told("diparaf")


def sign(head: Officer, number: str, passphrase: str = PASSPHRASE) -> None:
    """Read the letter as it will be, and sign it with the certificate's passphrase."""
    _to_the_letter(head, number, "Baca dan tanda tangani surat")
    _beside(head).get_by_label("Frasa sandi sertifikat").fill(passphrase)
    head.press("Tanda tangani surat ini", within=_beside(head))

    def is_signed() -> bool:
        head.page.reload()
        return head.main.get_by_text("Lihat yang sudah selesai").count() > 0

    wait_until(is_signed, f"the signature of {number}")


def _to_the_letter(officer: Officer, number: str, link: str) -> None:
    officer.open_case(number)
    officer.follow(link)
    officer.sees(number)


def _beside(officer: Officer) -> Locator:
    """What can be done with the letter: below it on a phone, beside it on a screen."""
    return officer.page.locator("body")


def approve(head: Officer, number: str) -> None:
    """Say yes."""
    head.open_case(number)
    head.press("Setujui dan terbitkan surat")
    head.is_told("isetujui")


def shelve(operator: Officer, number: str, shelf: str) -> str:
    """Print, have it signed where that takes ink, put it on the shelf: the letter's number."""
    operator.open_case(number)
    letter_number = operator.wait_for_letter()
    in_ink = "Sudah dicetak, menunggu tanda tangan"
    if operator.main.get_by_role("button", name=in_ink).count():
        operator.press(in_ink)
    operator.fill("Nomor rak", shelf)
    operator.press("dan di rak")
    operator.is_told("siap diambil")
    return letter_number

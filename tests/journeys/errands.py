"""What officers do with an application when nothing goes wrong."""

from __future__ import annotations

from tests.journeys.desk import Officer


def check(operator: Officer, number: str) -> None:
    """Find everything in order and pass it on."""
    operator.open_case(number)
    operator.accept("Foto tempat usaha")
    operator.press("Lengkap, teruskan")
    operator.is_told("diteruskan")


def approve(head: Officer, number: str) -> None:
    """Say yes."""
    head.open_case(number)
    head.press("Setujui dan terbitkan surat")
    head.is_told("isetujui")


def shelve(operator: Officer, number: str, shelf: str) -> str:
    """Print, have signed, put on the shelf: the letter's number."""
    operator.open_case(number)
    letter_number = operator.wait_for_letter()
    operator.press("Sudah dicetak, menunggu tanda tangan")
    operator.fill("Nomor rak", shelf)
    operator.press("Sudah ditandatangani dan di rak")
    operator.is_told("siap diambil")
    return letter_number

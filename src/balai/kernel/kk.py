"""Nomor Kartu Keluarga: 16 digits, six of the region of issue and ten of date and serial.

Only the length and a serial other than 0000 are checked: the split of the last ten digits is not
confirmed by any source at hand (domain.md §2.2 and §15).
"""

from __future__ import annotations

from balai.kernel.errors import ValueRefused
from balai.kernel.nik import sixteen_digits


def parse_kk(text: str) -> str:
    """The 16 digits; raise ValueRefused kk.digits or kk.serial."""
    digits = sixteen_digits(text)
    if digits is None:
        raise ValueRefused("kk.digits")
    if digits.endswith("0000"):
        raise ValueRefused("kk.serial")
    return digits

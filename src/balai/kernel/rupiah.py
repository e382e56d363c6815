"""Whole rupiah. Money is an int; sen have not been coin or account since before these services."""

from __future__ import annotations

import re

from balai.kernel.errors import ValueRefused

LARGEST = 999_999_999_999_999
_AMOUNT = re.compile(
    r"(?:rp\.?|idr)?\s*(?P<digits>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:\s[0-9]{3})+|[0-9]+)(?:,(?:0{1,2}|-+))?",
    re.IGNORECASE,
)


def parse_rupiah(text: str) -> int:
    """ "Rp1.500.000", "1500000", "1.500.000,00" or "Rp 1.500.000,-" to 1500000.

    Raises ValueRefused rupiah.shape (also for "1,500,000" and "1.5", which two readers would read
    differently, for sen and for negative amounts) or rupiah.large.
    """
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        raise ValueRefused("rupiah.shape")
    digits = re.sub(r"[.\s]", "", match["digits"]).lstrip("0") or "0"
    if len(digits) > len(str(LARGEST)):
        raise ValueRefused("rupiah.large", largest=LARGEST)
    return int(digits)


def format_rupiah(amount: int) -> str:
    """1500000 to "Rp1.500.000"; a negative amount gets its sign in front (EYD V: no blank after Rp)."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")

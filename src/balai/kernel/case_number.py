"""Numbers of cases that people read from paper, type on a phone and say at a counter.

"SKU-2026-4831-7762": the service's code, the year, seven random digits and a check digit. Random, so
that nobody can count a town's cases or walk along them; checked, so that a slip of the finger is told
apart from an unknown case.
"""

from __future__ import annotations

import re

from balai.kernel.errors import ValueRefused

RANDOM_DIGITS = 7
_PREFIX = re.compile(r"[A-Z]{2,6}")
_SEVEN = re.compile(r"[0-9]{7}")
_COMPACT = re.compile(r"([A-Z]{2,6})([0-9]{4})([0-9]{7})([0-9])")
# Number and PIN in one go, however they were spaced; people write "no" before one and "pin" before the other.
_WITH_PIN = re.compile(r"(?:NOMOR|NO)?([A-Z]{2,6}[0-9]{12})(?:PIN)?([0-9]{6})?")
_WITH_PIN_BARE = re.compile(r"([A-Z]{2,6}[0-9]{12})(?:PIN)?([0-9]{6})?")
_NOISE = re.compile(r"[^A-Z0-9]+")
_SEPARATORS = re.compile(r"[\s.\-/_\u2010-\u2015\u2212]+")


def make_case_number(prefix: str, year: int, digits: str) -> str:
    """Compose the number; `digits` are seven random digits chosen by the caller."""
    if not (_PREFIX.fullmatch(prefix) and _SEVEN.fullmatch(digits) and 1000 <= year <= 9999):
        raise ValueError("a case number needs 2 to 6 capitals, a year and seven digits")
    body = f"{prefix}{year}{digits}"
    return f"{prefix}-{year}-{digits[:4]}-{digits[4:]}{check_digit(body)}"


def parse_case_number(text: str) -> str:
    """The canonical number, whatever case, blanks and dashes were typed.

    Raises ValueRefused case_number.shape, or case_number.check when some character must be wrong.
    """
    match = _COMPACT.fullmatch(_SEPARATORS.sub("", text).upper())
    if match is None:
        raise ValueRefused("case_number.shape")
    prefix, year, digits, check = match.groups()
    if check_digit(f"{prefix}{year}{digits}") != check:
        raise ValueRefused("case_number.check")
    return f"{prefix}-{year}-{digits[:4]}-{digits[4:]}{check}"


def read_number_and_pin(text: str) -> tuple[str, str]:
    """Canonical number and PIN of a message such as "no SKU 2026 4831 7762 pin 482910".

    "" for what is not there or cannot be.
    """
    plain = _NOISE.sub("", text.upper())
    for pattern in (_WITH_PIN_BARE, _WITH_PIN):
        found = pattern.fullmatch(plain)
        if found is None:
            continue
        try:
            return parse_case_number(found[1]), found[2] or ""
        except ValueRefused:
            continue
    return "", ""


def check_digit(body: str) -> str:
    """ISO/IEC 7064 MOD 11,10 over the digits, letters counted as two digits (A = 10 … Z = 35).

    Finds every single wrong digit and nearly all swaps of neighbours.
    """
    remainder = 10
    for digit in "".join(str(int(character, 36)) for character in body):
        remainder = (remainder + int(digit)) % 10 or 10
        remainder = remainder * 2 % 11
    return str((11 - remainder) % 10)

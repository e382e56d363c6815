"""What applicants are told and may ask by message: the pieces of news, and how a question is read."""

from __future__ import annotations

import re

from balai.kernel.case_number import parse_case_number
from balai.kernel.errors import ValueRefused

# Each has its words in services/_shared/notices.toml.
NEWS = frozenset(
    {
        *("returned", "ready", "rejected", "issued", "finished", "revoked", "replacing", "kept"),
        *("reminder", "late", "made", "visit", "expiring", "expired", "upheld", "reopened"),
    }
)
STATUS_WORDS = ("STATUS", "CEK")
_NOISE = re.compile(r"[^A-Z0-9]+")
# Number and PIN in one go, however they were spaced; people write "no" before one and "pin" before the other.
_ASKED = re.compile(r"(?:NOMOR|NO)?([A-Z]{2,6}[0-9]{12})(?:PIN)?([0-9]{6})?")
_ASKED_BARE = re.compile(r"([A-Z]{2,6}[0-9]{12})(?:PIN)?([0-9]{6})?")


def read_status(text: str) -> tuple[str, str]:
    """Canonical number and PIN of what follows the word STATUS; "" for what is not there or cannot be."""
    plain = _NOISE.sub("", text.upper())
    for pattern in (_ASKED_BARE, _ASKED):
        found = pattern.fullmatch(plain)
        if found is None:
            continue
        try:
            return parse_case_number(found[1]), found[2] or ""
        except ValueRefused:
            continue
    return "", ""

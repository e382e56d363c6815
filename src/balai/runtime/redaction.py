"""Taking personal identifiers out of text that was not meant to hold any: logs, job errors, journal notes."""

from __future__ import annotations

import re

# NIK, No. KK and card numbers: sixteen digits, also typed in groups.
_SIXTEEN_DIGITS = re.compile(r"(?<![\d-])\d(?:[ .-]?\d){15}(?!\d)")
# Indonesian mobile numbers: 08…, 628…, +628…, 9 to 13 digits after the prefix's zero.
_PHONE = re.compile(r"(?<![\dA-Za-z-])(?:\+?62|0)[ .-]?8[1-9](?:[ .-]?\d){6,10}(?!\d)")


def redact(text: str) -> str:
    """The text with runs of sixteen digits and mobile numbers replaced by what they were."""
    return _PHONE.sub("[telepon]", _SIXTEEN_DIGITS.sub("[16 angka]", text))

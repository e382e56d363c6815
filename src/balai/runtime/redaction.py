"""Taking personal identifiers out of text that was not meant to hold any: logs, job errors, journal notes."""

from __future__ import annotations

import re

# UUIDs come first and stay: one of them in twenty-five hundred holds sixteen decimal digits in a row.
# Neighbours may not be hexadecimal either, so that digests and ids stay whole.
_PERSONAL = re.compile(
    r"""
    (?P<uuid>[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})
    | (?<![0-9a-fA-F])(?P<sixteen>\d(?:[ .-]?\d){15})(?![0-9a-fA-F])            # NIK, No. KK, card numbers
    | (?<![0-9a-fA-F])(?P<phone>(?:\+?62|0)[ .-]?8[1-9](?:[ .-]?\d){6,10})(?!\d)   # Indonesian mobile numbers
    """,
    re.VERBOSE,
)
_INSTEAD = {"sixteen": "[16 angka]", "phone": "[telepon]"}


def _replace(match: re.Match[str]) -> str:
    return _INSTEAD.get(match.lastgroup or "", match.group())


def redact(text: str) -> str:
    """The text with runs of sixteen digits and mobile numbers replaced by what they were."""
    return _PERSONAL.sub(_replace, text)


def is_personal(text: str) -> bool:
    """True when the text holds what `redact` would take out."""
    return redact(text) != text

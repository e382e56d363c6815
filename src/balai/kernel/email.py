"""E-mail addresses: enough checking to catch slips; the code that arrives proves the rest."""

from __future__ import annotations

import re

from balai.kernel.errors import ValueRefused

LONGEST = 254  # RFC 5321 §4.5.3.1.3, less the angle brackets
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_LOCAL})@(?:{_LABEL}\.)+(?P<top>[a-z][a-z0-9-]{{0,61}}[a-z0-9])")


def parse_email(text: str) -> str:
    """The address in lower case; raise ValueRefused email.shape.

    Phones capitalise the first letter by themselves and no known provider tells cases apart, so an
    address has one spelling here and is found again by its hash.
    """
    address = text.strip().lower()
    match = _ADDRESS.fullmatch(address)
    if match is None or len(address) > LONGEST or len(match["local"]) > 64:
        raise ValueRefused("email.shape")
    return address


def mask_email(address: str) -> str:
    """First letter and domain: "s•••@contoh.id"."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}•••@{domain}" if at else "•••"

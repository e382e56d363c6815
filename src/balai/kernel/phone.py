"""Telephone numbers of Indonesia, kept as +62… (E.164)."""

from __future__ import annotations

import re

from balai.kernel.errors import ValueRefused

_SEPARATORS = re.compile(r"[\s().\-\u2010-\u2015]+")
_PREFIX = re.compile(r"(?:\+62|0062|62|0)0?(?=[2-9])|(?=8)")
_MOBILE = re.compile(r"8[1-9][0-9]{7,10}")
_LANDLINE = re.compile(r"[2-79][0-9]{7,10}")


def parse_phone(text: str, *, landline_too: bool = False) -> str:
    """A number as typed ("0812-3456-7801", "+62 812…", "62812…") to "+62812…".

    Mobile numbers only, since codes are sent to them, unless `landline_too`. Raises ValueRefused
    phone.shape.
    """
    digits = _SEPARATORS.sub("", text)
    prefix = _PREFIX.match(digits)
    national = digits[prefix.end() :] if prefix else ""
    if _MOBILE.fullmatch(national) or (landline_too and _LANDLINE.fullmatch(national)):
        return f"+62{national}"
    raise ValueRefused("phone.shape")


def format_phone(phone: str) -> str:
    """ "+6281234567801" as people read it aloud: "0812-3456-7801"."""
    local = phone.replace("+62", "0", 1)
    if local.startswith("08"):
        return "-".join(filter(None, (local[:4], local[4:8], local[8:])))
    return local


def mask_phone(phone: str) -> str:
    """The first four and last two digits: "0812••••••01"."""
    local = phone.replace("+62", "0", 1)
    return local[:4] + "•" * max(0, len(local) - 6) + local[-2:] if len(local) > 8 else "•" * 8

"""Numbers of letters, made from a pattern that each office keeps as data (domain.md §3.2)."""

from __future__ import annotations

import re
from datetime import date

from balai.kernel.dates import roman_month
from balai.kernel.errors import ValueRefused

DEFAULT_PATTERN = "{classification}/{sequence:03}/{office}/{month_roman}/{year}"
LONGEST_PATTERN = 120
_TOKEN = re.compile(r"\{(classification|office|month_roman|month|year|sequence(?::0([2-6]))?)\}")
_LITERAL = re.compile(r"[A-Za-z0-9 ./\-]*")


def check_pattern(pattern: str) -> None:
    """Refuse a pattern that would make no or ambiguous numbers.

    Raises ValueRefused letter_number.token (unknown token or stray brace), letter_number.characters,
    letter_number.sequence or letter_number.year (missing: the sequence restarts each year, so both
    are what keeps two letters apart), or letter_number.long.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise ValueRefused("letter_number.long", longest=LONGEST_PATTERN)
    literal = _TOKEN.sub("", pattern)
    if "{" in literal or "}" in literal:
        raise ValueRefused("letter_number.token")
    if not _LITERAL.fullmatch(literal):
        raise ValueRefused("letter_number.characters")
    names = {match[1].partition(":")[0] for match in _TOKEN.finditer(pattern)}
    for needed in ("sequence", "year"):
        if needed not in names:
            raise ValueRefused(f"letter_number.{needed}")


def render_number(pattern: str, *, sequence: int, classification: str, office_code: str, on: date) -> str:
    """The number of one letter: "500.2.2.4/007/409.41.2011/XI/2026".

    `office_code` is the office's short code on letters, `on` the local day of the letter. Raises what
    check_pattern raises.
    """
    check_pattern(pattern)
    if sequence < 1:
        raise ValueError("letters are counted from 1")
    values = {
        "classification": classification,
        "office": office_code,
        "month_roman": roman_month(on),
        "month": f"{on.month:02}",
        "year": str(on.year),
    }

    def value(match: re.Match[str]) -> str:
        return values.get(match[1]) or str(sequence).zfill(int(match[2] or 1))

    return _TOKEN.sub(value, pattern)

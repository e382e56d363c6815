"""The code on a letter, as people type it."""

from __future__ import annotations

import re

# Crockford's base32 leaves out what is mistaken for something else; whoever typed it meant the digit.
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SHAPE = re.compile(r"[0-9A-HJKMNP-TV-Z]{12}")


def tidy_code(typed: str) -> str:
    """ "ab1o-…" as it is on record, "" for what can be no code."""
    plain = re.sub(r"[\s\-.]", "", typed[:60]).upper().translate(_MEANT)
    return plain if _SHAPE.fullmatch(plain) else ""

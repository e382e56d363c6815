"""Reading what people type on small phones: a first word, and what follows it."""

from __future__ import annotations

import re
import unicodedata

_FIRST_WORD = re.compile(r"[\W_]*([^\W\d_]{1,40})(?![^\W\d_])[\W_]*(.*)", re.DOTALL)


def first_word(text: str) -> tuple[str, str]:
    """("STATUS", "sku 2026 …") of "status: sku 2026 …"; ("", text) when no word stands first.

    Full-width letters and signs around the word are forgiven; a word glued to letters is another word.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _FIRST_WORD.match(plain)
    if found is None or not found[1].isalpha():  # the pattern takes numerals of old scripts for letters
        return "", plain
    return found[1].upper(), found[2].strip()

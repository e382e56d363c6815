"""Names as people write them: single names, titles, apostrophes, initials."""

from __future__ import annotations

import re
import unicodedata

from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text

LONGEST = 100
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u02bb\u02bf\u0060\u00b4", "'"))
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-"))
_MARKS = frozenset(" '.,-/()")
# Written before the name and not part of it; compared without case or full stop.
_TITLES = frozenset(
    {"h", "hj", "kh", "ki", "nyi", "r", "rr", "ra", "rm", "raden", "haji", "hajah", "ust", "prof", "dr"}
    | {"dra", "drs", "drg", "drh", "ir", "ny", "tn", "sdr", "sdri", "bpk", "ibu"}
)
_AFTER_COMMA = re.compile(r"\s*,.*$")


def _is_name_character(character: str) -> bool:
    return character in _MARKS or unicodedata.category(character)[0] in "LM"


def clean_name(text: str) -> str:
    """A name fit for a letter; raise ValueRefused name.empty, name.characters or name.long.

    Capitals stay as typed: nobody knows better than its bearer how a name is written.
    """
    try:
        name = clean_text(text, multiline=False).translate(_APOSTROPHES).translate(_DASHES)
    except ValueRefused:
        raise ValueRefused("name.characters") from None
    if not name:
        raise ValueRefused("name.empty")
    if len(name) > LONGEST:
        raise ValueRefused("name.long", longest=LONGEST)
    if not all(map(_is_name_character, name)) or not any(map(str.isalpha, name)):
        raise ValueRefused("name.characters")
    return name


def bare_name(name: str) -> str:
    """A name as it is compared: without titles and degrees, without case, accents and punctuation.

    "Drs. H. Bambang Sutejo, M.Si." and "BAMBANG SUTEJO" are both "bambang sutejo".
    """
    letters = unicodedata.normalize("NFKD", " ".join(_untitled(name)).casefold())
    kept = (each for each in letters if each.isalnum() or each.isspace())
    return " ".join("".join(kept).split())


def _untitled(name: str) -> list[str]:
    words = _AFTER_COMMA.sub("", name).split()
    while len(words) > 1 and words[0].rstrip(".").lower() in _TITLES:
        words = words[1:]
    return words


def short_name(name: str) -> str:
    """First name and an initial, without titles: "Siti Aminah" is "Siti A.".

    For lists that strangers may glimpse; a single name stays whole, because nothing shorter names it.
    """
    words = _untitled(name)
    if len(words) < 2:
        return " ".join(words)
    return f"{words[0]} {words[-1].lstrip('(')[:1].upper()}."

"""Indonesian words as people type them: plain letters, and what may be left when affixes are taken off.

A stemmer that gives one answer for each word goes astray where Indonesian has two ("menikah" may be
me-nikah or men-tikah). Here a word keeps every root that its affixes allow, and two words are related when
they share one. "nikah", "menikah", "pernikahan" and "dinikahkan" share "nikah".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_ENDINGS = ("nya", "lah", "kah", "pun", "ku", "mu")
_SUFFIXES = ("kan", "an", "i")
_PREFIXES = ("di", "ke", "se", "ter", "ber", "bel", "be", "per", "pel", "pe", "me")
# Nasal prefixes eat the first letter of a root: menyewa is sewa, memakai is pakai, mengirim is kirim.
_NASALS = (
    *(("meny", "s"), ("peny", "s"), ("ny", "s")),
    *(("meng", "k"), ("peng", "k"), ("ng", "k"), ("meng", ""), ("peng", ""), ("ng", "")),
    *(("menge", ""), ("penge", ""), ("nge", "")),
    *(("men", "t"), ("pen", "t"), ("n", "t"), ("men", ""), ("pen", "")),
    *(("mem", "p"), ("pem", "p"), ("m", "p"), ("mem", ""), ("pem", "")),
)
_SHORTEST = 4
_DEEPEST = 2


def words_of(text: str) -> list[str]:
    """Words in small letters without accents or marks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


@lru_cache(maxsize=20_000)
def roots(word: str) -> frozenset[str]:
    """The word itself, and what its affixes leave: at least four letters, at most two prefixes off."""
    found = set(_without_endings(word))
    for _ in range(_DEEPEST):
        found |= {left for each in found for left in _without_prefix(each)}
    return frozenset(found)


def _without_endings(word: str) -> Iterator[str]:
    """The word, without -nya and its like, and each of these without -kan, -an or -i."""
    bare = {word} | {left for ending in _ENDINGS if _is_root(left := word.removesuffix(ending))}
    yield from bare
    for each in bare:
        for suffix in _SUFFIXES:
            if each.endswith(suffix) and _is_root(left := each[: -len(suffix)]):
                yield left


def _without_prefix(word: str) -> Iterator[str]:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and _is_root(left := word[len(prefix) :]):
            yield left
    for nasal, eaten in _NASALS:
        rest = word[len(nasal) :]
        if word.startswith(nasal) and _is_root(left := eaten + rest) and (not eaten or rest[0] in "aeiou"):
            yield left


def _is_root(left: str) -> bool:
    return len(left) >= _SHORTEST and any(vowel in left for vowel in "aeiou")

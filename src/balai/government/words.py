"""What the places of a town are called: a kota has no desa, and some kabupaten no kelurahan.

Texts of all towns are written once, with "desa atau kelurahan" and "kepala desa atau lurah"; here these
phrases come to the words of one town. Translations keep both legal nouns ("desa or kelurahan").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balai.government.schema import AreaSpec, AreaWords, HeadTitles

_JOINED = r"(?P<by> (?:atau|dan|or|utawi|utawa) |/)"
_PLACES = re.compile(rf"\bdesa{_JOINED}kelurahan(?=(?:nya)?\b)", re.IGNORECASE)
_HEADS = re.compile(rf"\bkepala desa{_JOINED}lurah\b", re.IGNORECASE)


@dataclass(frozen=True)
class TownWords:
    """Words in small letters; "" for a kind of area that the town does not have."""

    village: str = "desa"
    kelurahan: str = "kelurahan"
    village_head: str = "kepala desa"
    kelurahan_head: str = "lurah"

    def set_in(self, text: str) -> str:
        """The text with the town's words, capitals kept as they were written."""
        text = _HEADS.sub(lambda found: _either(found, self.village_head, self.kelurahan_head), text)
        return _PLACES.sub(lambda found: _either(found, self.village, self.kelurahan), text)


def _either(found: re.Match[str], village: str, kelurahan: str) -> str:
    words = [word for word in (village, kelurahan) if word]
    said = found[0]
    if re.split("[ /]", said)[-1][0].isupper():
        return found["by"].join(word.title() for word in words)
    joined = found["by"].join(words)
    return joined[0].upper() + joined[1:] if said[0].isupper() else joined


def words_of_town(areas: Iterable[AreaSpec], words: AreaWords, heads: HeadTitles) -> TownWords:
    """By the kinds of its areas, and by what it calls them and their heads."""
    kinds = {area.kind for area in areas}
    has_village, has_kelurahan = "village" in kinds, "kelurahan" in kinds
    if not has_village and not has_kelurahan:
        return TownWords()
    return TownWords(
        village=words.village.lower() if has_village else "",
        kelurahan=words.kelurahan.lower() if has_kelurahan else "",
        village_head=heads.village.lower() if has_village else "",
        kelurahan_head=heads.kelurahan.lower() if has_kelurahan else "",
    )

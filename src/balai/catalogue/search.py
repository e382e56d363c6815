"""Finding a service by the words people use: short forms, typos, no accents, any order.

A query is cut into words, usual short forms are spelt out ("ket" is "keterangan"), and each word is
compared with the words of every service: title, code, keywords, summary. A word found in many services
("surat") says little and weighs little; one found in few says much. The vocabulary is compared once for
each word of the query, so the cost grows with the number of distinct words and not with services.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from balai.catalogue.schema import ServiceDefinition

LONGEST_QUERY = 100
MOST_WORDS = 8
_WORD = re.compile(r"[a-z0-9]+")
# What Indonesians leave out when they type on a phone.
_SHORT_FORMS = {
    "ket": "keterangan",
    "ktrngn": "keterangan",
    "srt": "surat",
    "sk": "surat keterangan",
    "dom": "domisili",
    "domisil": "domisili",
    "ush": "usaha",
    "usha": "usaha",
    "akte": "akta",
    "kk": "kartu keluarga",
    "lahiran": "kelahiran",
    "mati": "kematian",
    "ilang": "hilang",
    "ijin": "izin",
}
_EMPTY_WORDS = frozenset(
    (
        *("saya", "mau", "ingin", "bikin", "buat", "membuat", "mengurus", "urus", "cara", "untuk", "tolong"),
        *("yang", "di", "ke", "dari", "dan"),
    )
)
_TITLE, _CODE, _KEYWORD, _SUMMARY = 1.0, 1.2, 0.9, 0.35
_CLOSE, _NEAR = 78.0, 55.0
_ENOUGH = 0.5  # share of the query's weight that a hit must explain
_NEAREST = 3


@dataclass(frozen=True)
class Hit:
    """One service found. `score` is 0 to about 1.2; `is_nearest` marks a guess when nothing fits."""

    service: ServiceDefinition
    score: float
    is_nearest: bool = False


def words_of(text: str) -> list[str]:
    """Words in small letters without accents or marks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


class SearchIndex:
    """The words of a fixed set of services."""

    def __init__(self, services: Sequence[ServiceDefinition]) -> None:
        self._services = services
        self._places: dict[str, dict[int, float]] = defaultdict(dict)
        for at, service in enumerate(services):
            self._add(at, [service.code.lower()], _CODE)
            self._add(at, words_of(f"{service.title} {service.slug}"), _TITLE)
            self._add(at, words_of(" ".join(service.keywords)), _KEYWORD)
            self._add(at, words_of(service.summary), _SUMMARY)
        self._vocabulary = list(self._places)
        self._titles = [" ".join(words_of(service.title)) for service in services]

    def _add(self, at: int, words: Iterable[str], weight: float) -> None:
        for word in words:
            places = self._places[word]
            places[at] = max(weight, places.get(at, 0.0))

    def search(self, q: str, limit: int = 20) -> list[Hit]:
        """Hits, best first; when nothing fits, the nearest few, marked so; nothing for an empty query."""
        words = _query_words(q)
        if not words or not self._services:
            return []
        scores = self._scores(words, _CLOSE)
        hits = self._ranked({at: score for at, score in scores.items() if score >= _ENOUGH}, q, limit)
        return hits or self._nearest(words, q)

    def _scores(self, words: Sequence[str], cutoff: float) -> dict[int, float]:
        """Share of the query that each service explains."""
        found: dict[int, float] = defaultdict(float)
        total = 0.0
        for word in words:
            matches = self._matches(word, cutoff)
            rarity = max((self._rarity(match) for match in matches), default=1.0)
            total += rarity
            best: dict[int, float] = {}
            for match, likeness in matches.items():
                for at, weight in self._places[match].items():
                    best[at] = max(best.get(at, 0.0), likeness * weight)
            for at, weight in best.items():
                found[at] += rarity * weight
        return {at: score / total for at, score in found.items()}

    def _rarity(self, word: str) -> float:
        """1 for a word of one service, near 0 for a word of all."""
        services = len(self._services)
        return (math.log((services + 1) / len(self._places[word])) + 0.2) / (math.log(services + 1) + 0.2)

    def _matches(self, word: str, cutoff: float) -> dict[str, float]:
        """Words of the vocabulary like `word`, with likeness 0 to 1."""
        if word in self._places:
            found = {word: 1.0}
        else:
            close = process.extract(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=cutoff, limit=6)
            found = {match: (score / 100) ** 2 for match, score, _ in close}
        if len(word) >= 3:
            begun = (known for known in self._vocabulary if known.startswith(word))
            for known in begun:
                found.setdefault(known, 0.9)
        return found

    def _ranked(self, scores: dict[int, float], q: str, limit: int) -> list[Hit]:
        phrase = " ".join(words_of(q))

        def order(at: int) -> tuple[float, float, str]:
            return (-round(scores[at], 3), -fuzz.token_set_ratio(phrase, self._titles[at]), self._titles[at])

        return [Hit(self._services[at], round(scores[at], 3)) for at in sorted(scores, key=order)[:limit]]

    def _nearest(self, words: Sequence[str], q: str) -> list[Hit]:
        scores = self._scores(words, _NEAR)
        if not scores:
            phrase = " ".join(words)
            like = process.extract(phrase, self._titles, scorer=fuzz.partial_ratio, limit=_NEAREST)
            scores = {at: score / 1000 for _, score, at in like}
        return [Hit(hit.service, hit.score, is_nearest=True) for hit in self._ranked(scores, q, _NEAREST)]


def _query_words(q: str) -> list[str]:
    """The words that carry meaning, short forms spelt out; all words when none carries any."""
    words = words_of(q[:LONGEST_QUERY])
    spelt = [full for word in words for full in _SHORT_FORMS.get(word, word).split()]
    meaning = [word for word in spelt if word not in _EMPTY_WORDS] or spelt
    return list(dict.fromkeys(meaning))[:MOST_WORDS]

"""Finding a service by the words people use: short forms, typos, other words for the same, any order.

A query is cut into words and read twice: as typed, and with what people say put as services say it
(`synonyms`). Each word is compared with the words of every service: title, code, keywords, summary. Words
are the same, share a root ("nikah", "pernikahan"), begin alike, or differ by a slip of the finger. A word
found in many services ("surat") says little and weighs little; one found in few says much. The vocabulary
is compared once for each word of the query, so the cost grows with the number of distinct words and not
with services.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from balai.catalogue.schema.listed import Listed
from balai.catalogue.synonyms import Synonyms
from balai.catalogue.words import roots, words_of

LONGEST_QUERY = 100
MOST_WORDS = 8
_TITLE, _CODE, _KEYWORD, _SUMMARY = 1.0, 1.2, 0.9, 0.35
_ROOT, _BEGUN = 0.95, 0.9
_CALLED = 0.2  # when the whole query is a service's title or one of its keywords
_CLOSE, _NEAR = 78.0, 55.0
_ENOUGH = 0.55  # share of the query's weight that a hit must explain
_NEAREST = 3
_SURE = 82.0  # in a sentence, where most words are about something else, only what is nearly the same
_LONG_ENOUGH = 4


@dataclass(frozen=True)
class Hit:
    """One service found. `score` is 0 to about 1.4; `is_nearest` marks a guess when nothing fits."""

    service: Listed
    score: float
    is_nearest: bool = False


class SearchIndex:
    """The words of a fixed set of services."""

    def __init__(self, services: Sequence[Listed], synonyms: Synonyms | None = None) -> None:
        self._services = services
        self._synonyms = synonyms or Synonyms()
        self._places: dict[str, dict[int, float]] = defaultdict(dict)
        for at, service in enumerate(services):
            self._add(at, words_of(getattr(service, "code", "")), _CODE)
            self._add(at, words_of(f"{service.title} {service.slug}"), _TITLE)
            self._add(at, words_of(" ".join(service.keywords)), _KEYWORD)
            self._add(at, words_of(service.summary), _SUMMARY)
        self._vocabulary = list(self._places)
        self._related: dict[str, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            for root in roots(word):
                self._related[root].append(word)
        self._titles = [" ".join(words_of(service.title)) for service in services]
        self._called = [
            {" ".join(words_of(each)) for each in (service.title, *service.keywords)} for service in services
        ]

    def _add(self, at: int, words: Iterable[str], weight: float) -> None:
        for word in words:
            places = self._places[word]
            places[at] = max(weight, places.get(at, 0.0))

    def search(self, q: str, limit: int = 20) -> list[Hit]:
        """Hits, best first; when nothing fits, the nearest few, marked so; nothing for an empty query."""
        readings = self._readings(q)
        if not readings or not self._services:
            return []
        scores = self._best(readings, _CLOSE)
        hits = self._ranked({at: score for at, score in scores.items() if score >= _ENOUGH}, readings, limit)
        return hits or self._nearest(readings)

    def explain(self, words: Iterable[str]) -> list[dict[str, float]]:
        """For each service, by its place: which of the words speak for it, and how much.

        For a sentence, of which nobody expects that all of it is about one service.
        """
        found: list[dict[str, float]] = [{} for _ in self._services]
        for word in dict.fromkeys(words):
            matches = self._alike(word, _SURE if len(word) >= _LONG_ENOUGH else 100.0)
            for match, likeness in matches.items():
                rarity = self._rarity(match)
                for at, weight in self._places[match].items():
                    found[at][word] = max(found[at].get(word, 0.0), likeness * weight * rarity)
        return found

    def _readings(self, q: str) -> list[list[str]]:
        """The words that carry meaning, as typed and as services say it, each reading once."""
        typed = words_of(q[:LONGEST_QUERY])
        readings = (self._synonyms.meaningful(self._synonyms.spelt(typed)), self._synonyms.meaningful(typed))
        cut = [list(dict.fromkeys(words))[:MOST_WORDS] for words in readings]
        return [words for at, words in enumerate(cut) if words and words not in cut[:at]]

    def _best(self, readings: Sequence[Sequence[str]], cutoff: float) -> dict[int, float]:
        """The better score of both readings for each service."""
        best: dict[int, float] = {}
        for words in readings:
            for at, score in self._scores(words, cutoff).items():
                best[at] = max(score, best.get(at, 0.0))
        return best

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
        """Words of the vocabulary like `word` or begun by it, with likeness 0 to 1."""
        found = self._alike(word, cutoff)
        if len(word) >= 3:
            for known in self._vocabulary:
                if known.startswith(word):
                    found.setdefault(known, _BEGUN)
        return found

    def _alike(self, word: str, cutoff: float) -> dict[str, float]:
        """The word itself, words of its root, or else words that a slip of the finger makes of it."""
        found = {word: 1.0} if word in self._places else {}
        self._add_related(found, word, 1.0)
        if not found:
            close = process.extract(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=cutoff, limit=6)
            found = {match: (score / 100) ** 2 for match, score, _ in close}
            for match, likeness in list(found.items()):
                self._add_related(found, match, likeness)
        return found

    def _add_related(self, found: dict[str, float], word: str, likeness: float) -> None:
        for root in roots(word):
            for known in self._related.get(root, ()):
                found.setdefault(known, likeness * _ROOT)

    def _ranked(
        self, scores: Mapping[int, float], readings: Sequence[Sequence[str]], limit: int
    ) -> list[Hit]:
        phrases = [" ".join(words) for words in readings]

        def order(at: int) -> tuple[float, float, str]:
            title = self._titles[at]
            return (-said[at], -fuzz.token_sort_ratio(phrases[0], title), title)

        said = {
            at: round(score + _CALLED * any(phrase in self._called[at] for phrase in phrases), 2)
            for at, score in scores.items()
        }
        return [Hit(self._services[at], said[at]) for at in sorted(scores, key=order)[:limit]]

    def _nearest(self, readings: Sequence[Sequence[str]]) -> list[Hit]:
        scores = self._best(readings, _NEAR)
        if not scores:
            phrase = " ".join(readings[0])
            like = process.extract(phrase, self._titles, scorer=fuzz.partial_ratio, limit=_NEAREST)
            scores = {at: score / 1000 for _, score, at in like}
        hits = self._ranked(scores, readings, _NEAREST)
        return [Hit(hit.service, hit.score, is_nearest=True) for hit in hits]

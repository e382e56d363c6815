"""Which kinds of trouble a citizen may mean by what she writes: "lampu jalan mati depan masjid".

Every word speaks for the kinds that know it, a rare one louder ("got") than one that many know ("jalan").
Where the words of a whole keyword are said, that weighs more than its words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from balai.catalogue.schema.listed import Entry
from balai.catalogue.search import SearchIndex
from balai.catalogue.synonyms import Synonyms
from balai.catalogue.words import roots, words_of
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries.definitions import Definitions
from balai.engines.reports.rules.categories import Category
from balai.engines.reports.rules.words import phrases_of, without_places

ADDRESS = "/lapor/?jenis="
MOST_WORDS = 24
"""A long story says in its first words what it is about."""
_PHRASE = 0.45
_LEAST = 0.5
_FULL = 2.5


@dataclass(frozen=True)
class Suggestion:
    """A kind that fits; `score` is 0 to 1, `why` are the words of the text that speak for it."""

    category: Category
    score: float
    why: tuple[str, ...]


class Suggester:
    """Ready for the kinds that one town offers."""

    def __init__(self, found: Definitions) -> None:
        self._categories = list(found.offered.values())
        self._ignored = frozenset(word for line in found.words.ignore for word in words_of(line))
        self._before = frozenset(word for line in found.words.before_places for word in words_of(line))
        self._synonyms = Synonyms(found.words)
        self._index = SearchIndex([entry_of(each) for each in self._categories])
        self._phrases = [phrases_of((each.title, *each.keywords)) for each in self._categories]

    def suggest(self, text: str, most: int = 3) -> list[Suggestion]:
        """The kinds that fit best, best first; nothing where the words say nothing."""
        typed = words_of(text)[: 4 * MOST_WORDS]
        about = list(without_places(typed, self._before)) or typed
        readings = {self._meaningful(each) for each in (about, self._synonyms.spelt(about))}
        best: dict[int, Suggestion] = {}
        for words in readings:
            for at, found in self._weighed(words):
                if at not in best or best[at].score < found.score:
                    best[at] = found
        return sorted(best.values(), key=lambda each: (-each.score, each.category.title))[:most]

    def _meaningful(self, words: Sequence[str]) -> tuple[str, ...]:
        return tuple([word for word in words if word not in self._ignored][:MOST_WORDS])

    def _weighed(self, words: Sequence[str]) -> list[tuple[int, Suggestion]]:
        said = frozenset(root for word in words for root in (word, *roots(word)))
        found = []
        for at, spoken in enumerate(self._index.explain(words)):
            weight = sum(spoken.values()) + _PHRASE * self._longest(at, said)
            if weight >= _LEAST:
                why = tuple(word for word in words if spoken.get(word, 0.0) >= 0.2)
                found.append((at, Suggestion(self._categories[at], round(weight / (weight + _FULL), 3), why)))
        return found

    def _longest(self, at: int, said: frozenset[str]) -> int:
        """Words of the longest keyword that is said as a whole."""
        return max((len(phrase) for phrase in self._phrases[at] if phrase <= said), default=0)


_ready: tuple[Definitions, Suggester] | None = None


def suggest(text: str, most: int = 3) -> list[Suggestion]:
    """The kinds that this town offers and that fit the text, best first."""
    global _ready
    found = definitions.current()
    if _ready is None or _ready[0] is not found:
        _ready = (found, Suggester(found))
    return _ready[1].suggest(text, most)


def entry_of(category: Category) -> Entry:
    """The kind as the single search lists it."""
    return Entry(
        id=f"reports/{category.slug}",
        engine="reports",
        slug=category.slug,
        title=category.title,
        summary=category.summary,
        keywords=category.keywords,
        url=f"{ADDRESS}{category.slug}",
        icon=category.icon,
    )

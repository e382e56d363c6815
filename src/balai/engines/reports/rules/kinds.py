"""Which kinds of trouble a text may mean, by the words that people use for each."""

from __future__ import annotations

from collections.abc import Iterable

from balai.catalogue.words import words_of
from balai.engines.reports.rules.categories import Category


def fitting(text: str, kinds: Iterable[Category], most: int) -> list[Category]:
    """Kinds with a keyword whose words are all said, longer ones first; then those that share words."""
    said = frozenset(words_of(text))
    scored = [(_score(each, said), each) for each in kinds]
    best = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].title))
    return [each for _score, each in best[:most]]


def _score(kind: Category, said: frozenset[str]) -> float:
    phrases = [frozenset(words_of(line)) for line in (*kind.keywords, kind.title)]
    whole = max((len(phrase) for phrase in phrases if phrase <= said), default=0)
    shared = frozenset().union(*phrases) & said
    return whole * 2 + len(shared) / 2

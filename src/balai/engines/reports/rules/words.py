"""The shape of `services/reports/words.toml`, and a citizen's sentence cut down to what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from balai.catalogue.schema.base import Line
from balai.catalogue.synonyms import SynonymFile
from balai.catalogue.words import words_of


class WordBook(SynonymFile):
    """Words that say nothing, words of people for words of categories, and what a place stands behind."""

    before_places: tuple[Line, ...] = ()


def without_places(words: Iterable[str], before: frozenset[str]) -> Iterator[str]:
    """The words without "depan masjid": where it is says nothing about what it is."""
    skips = False
    for word in words:
        if word in before:
            skips = True
        elif skips:
            skips = False
        else:
            yield word


def phrases_of(keywords: Iterable[str]) -> list[frozenset[str]]:
    """Each keyword as the set of its words."""
    return [phrase for each in keywords if (phrase := frozenset(words_of(each)))]

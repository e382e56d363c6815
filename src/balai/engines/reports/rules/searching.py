"""How words are kept and asked for, the same for both databases."""

from __future__ import annotations

from balai.catalogue.words import words_of

MOST_WORDS = 8
_LONGEST_WORD = 40


def plain(*texts: str) -> str:
    """Small words without marks, one blank between."""
    return " ".join(word[:_LONGEST_WORD] for text in texts for word in words_of(text))


def asked(q: str) -> list[str]:
    """The words of a query that are long enough to find something; letters and digits only."""
    return [word[:_LONGEST_WORD] for word in words_of(q) if len(word) > 1][:MOST_WORDS]

"""What may be kept of a search in vain: plain words that name nobody, and for how long."""

from __future__ import annotations

from datetime import date

from balai.catalogue.words import words_of

KEPT_MONTHS = 12
# Words are shown only when so many searches agree: what one person alone types may be about that person.
SHOWN_FROM = 3
MOST_WORDS = 4
LONGEST = 60


def plain_words(q: str) -> str:
    """The words of a query without any that holds a digit, by the alphabet; "" when none is left.

    A query with a long number is about somebody, and is not kept at all.
    """
    words = words_of(q)
    if sum(sign.isdigit() for word in words for sign in word) > 4:
        return ""
    plain = [word for word in words if len(word) > 1 and not any(sign.isdigit() for sign in word)]
    return " ".join(sorted(dict.fromkeys(plain))[:MOST_WORDS])[:LONGEST].strip()


def months_before(month_on: date, months: int) -> date:
    """The first day of the month so many months earlier."""
    number = month_on.year * 12 + month_on.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)

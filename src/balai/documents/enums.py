"""The lives of a number and of a letter, as tables."""

from __future__ import annotations

from django.db.models import TextChoices


class NumberState(TextChoices):
    """Reserved for a letter in the making, issued with a published one, or visibly void."""

    RESERVED = "reserved", "Dipesan"
    ISSUED = "issued", "Terpakai"
    VOID = "void", "Batal"


class LetterState(TextChoices):
    """Each step is one short transaction; a job killed between two of them goes on from the last."""

    REQUESTED = "requested", "Diminta"
    RESERVED = "reserved", "Bernomor"
    RENDERED = "rendered", "Tercetak"
    PUBLISHED = "published", "Terbit"
    VOID = "void", "Batal"


MOVES: dict[LetterState, frozenset[LetterState]] = {
    LetterState.REQUESTED: frozenset({LetterState.RESERVED, LetterState.VOID}),
    LetterState.RESERVED: frozenset({LetterState.RENDERED, LetterState.VOID}),
    LetterState.RENDERED: frozenset({LetterState.PUBLISHED, LetterState.VOID}),
    LetterState.PUBLISHED: frozenset(),
    LetterState.VOID: frozenset(),
}
IN_THE_MAKING = frozenset({LetterState.REQUESTED, LetterState.RESERVED, LetterState.RENDERED})

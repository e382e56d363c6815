"""Batches of letters as the tests begin and resume them, and what became of their numbers."""

from __future__ import annotations

from datetime import UTC, datetime

from balai.documents import actions, queries
from balai.documents.models import Letter, SigningBatch, Turn
from balai.documents.tests.partner import PASSPHRASE, ask_certified
from balai.people.models import Officer

SEVEN = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)


def asked(count: int) -> list[Turn]:
    """So many letters, each open for the head."""
    return [turn_of(ask_certified()) for _ in range(count)]


def turn_of(letter: Letter) -> Turn:
    turn = queries.open_turn(letter)
    assert turn is not None
    return turn


def sequences(turns: list[Turn]) -> list[int | None]:
    """The number of each turn's letter, in the order of the turns."""
    rows = {row.pk: row for row in Letter.objects.select_related("number")}
    numbers = [rows[turn.letter_id].number for turn in turns]
    return [number.sequence if number else None for number in numbers]


def begin(officer: Officer, turns: list[Turn]) -> SigningBatch:
    batch = actions.begin_batch(by=officer, turns=turns, passphrase=PASSPHRASE)
    batch.refresh_from_db()
    return batch


def resume(officer: Officer) -> SigningBatch:
    batch = actions.resume(by=officer, passphrase=PASSPHRASE)
    batch.refresh_from_db()
    return batch


def published() -> int:
    return Letter.objects.filter(state="published").count()

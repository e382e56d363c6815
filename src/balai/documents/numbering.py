"""Gapless numbers in two steps (house rule 13): reserved here, in a transaction of their own, then issued
with the published letter or made void with a reason. A number is never taken back and given again."""

from __future__ import annotations

from datetime import date, datetime

from balai import audit
from balai.documents.enums import IN_THE_MAKING, LetterState, NumberState
from balai.documents.errors import NumberIssued, ReasonMissing
from balai.documents.models import Letter, Number, Series
from balai.government import current
from balai.kernel.letter_number import render_number
from balai.kernel.references import SYSTEM, Actor
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction


def local_day(moment: datetime) -> date:
    """The day on the wall calendar of this government; the series turns with this year, not with UTC's."""
    return moment.astimezone(current().tzinfo).date()


@write_transaction(locks=("letter", "series"))
def reserve_number(*, letter: Letter) -> Letter:
    """Give the letter its number and date, once; a letter past this step comes back as it is."""
    fresh = lock(letter)
    if fresh.state != LetterState.REQUESTED:
        return fresh
    moment = clock.now()
    today = local_day(moment)
    series = _locked_series(fresh, today.year)
    number = _next_number(fresh, series, today, moment)
    fresh.enter(LetterState.RESERVED, number=number, dated_on=today)
    audit.record("documents.number_reserved", by=SYSTEM, about=fresh.owner, data={"number": number.text})
    return fresh


def _locked_series(letter: Letter, year: int) -> Series:
    """The series of this office, book and year, begun when it is the year's first letter."""
    key = {"office_code": letter.office_code, "book": letter.book, "year": year}
    Series.objects.bulk_create([Series(**key)], ignore_conflicts=True)
    return lock(Series.objects.filter(**key))[0]


def _next_number(letter: Letter, series: Series, today: date, moment: datetime) -> Number:
    series.last += 1
    series.save(update_fields=["last"])
    text = render_number(
        letter.pattern,
        sequence=series.last,
        classification=letter.classification,
        office_code=letter.office_number_code,
        on=today,
    )
    return Number.objects.create(series=series, sequence=series.last, text=text, reserved_at=moment)


@write_transaction(locks=("letter", "number"))
def void_number(*, by: Actor, number: Number, reason: str) -> Letter:
    """Make a reserved number visibly void, and its letter with it; nothing is published under it.

    Raises NumberIssued when the letter is out already, ReasonMissing without a reason. Again is no error.
    """
    return void_letter(by=by, letter=Letter.objects.get(number=number), reason=reason)


@write_transaction(locks=("letter", "number"))
def void_letter(*, by: Actor, letter: Letter, reason: str) -> Letter:
    """Stop a letter in the making, with its number if it has one. Raises as void_number does."""
    why = " ".join(reason.split())[:300]
    if not why:
        raise ReasonMissing()
    fresh = lock(letter)
    if fresh.state == LetterState.VOID:
        return fresh
    if fresh.state not in IN_THE_MAKING:
        raise NumberIssued(number=fresh.number.text if fresh.number else "")
    if fresh.number_id is not None:
        _settle(fresh, NumberState.VOID, reason=why)
    fresh.enter(LetterState.VOID)
    text = fresh.number.text if fresh.number else ""
    audit.record("documents.number_void", by=by, about=fresh.owner, note=why, data={"number": text})
    return fresh


def settle_issued(letter: Letter) -> None:
    """The number is out; called within the publishing transaction, which holds the letter's lock."""
    _settle(letter, NumberState.ISSUED)


def _settle(letter: Letter, state: NumberState, *, reason: str = "") -> None:
    number = lock(Number.objects.filter(letter=letter))[0]
    if number.state != NumberState.RESERVED:
        raise ValueError(f"number {number.text} is {number.state} already")
    number.state, number.reason, number.settled_at = state, reason, clock.now()
    number.save(update_fields=["state", "reason", "settled_at"])
    letter.number = number

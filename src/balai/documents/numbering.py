"""Gapless numbers in two steps (house rule 13): reserved here, in a transaction of their own, then issued
with the published letter or made void with a reason. A number is never taken back and given again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from balai import audit
from balai.documents import turning
from balai.documents.enums import IN_THE_MAKING, LetterState, News, NumberState, TurnState
from balai.documents.errors import BeingSigned, NumberIssued, ReasonMissing
from balai.documents.models import Letter, Number, Series
from balai.documents.news import announce
from balai.government import current
from balai.kernel.letter_number import render_number
from balai.kernel.references import SYSTEM, Actor
from balai.runtime import clock
from balai.runtime.statements import Rows, add, save
from balai.runtime.transaction import lock, write_transaction

_SERIES = Rows(Series, "office_code = %s AND book = %s AND year = %s", "office_code", "book", "year")


def local_day(moment: datetime) -> date:
    """The day on the wall calendar of this government; the series turns with this year, not with UTC's."""
    return moment.astimezone(current().tzinfo).date()


@write_transaction(locks=("letter", "series"))
def reserve_number(*, letter: Letter) -> Letter:
    """Give the letter its number and date, once; a letter past this step comes back as it is."""
    fresh = lock(letter)
    if fresh.state == LetterState.REQUESTED:
        reserve_or_keep(fresh)
    return fresh


def reserve_or_keep(letter: Letter, *, also: Sequence[str] = ()) -> None:
    """Give a requested letter its number, one past this step what it has; the fields of `also` are saved.

    Within the transaction that holds its lock.
    """
    if letter.state != LetterState.REQUESTED:
        save(letter, *also)
        return
    moment = clock.now()
    today = local_day(moment)
    number = _next_number(letter, _locked_series(letter, today.year), today, moment)
    changed = {name: getattr(letter, name) for name in also}
    changed |= {"number": number, "dated_on": today, "valid_until_on": valid_until(letter, today)}
    letter.enter(LetterState.RESERVED, **changed)
    audit.record("documents.number_reserved", by=SYSTEM, about=letter.owner, data={"number": number.text})


def valid_until(letter: Letter, dated_on: date) -> date | None:
    """Until when a letter holds that is given this date now; one that has its date keeps what it says.

    From its own date as long as it was asked to hold from the day that it was asked for.
    """
    if letter.valid_until_on is None or letter.dated_on is not None:
        return letter.valid_until_on
    return letter.valid_until_on + (dated_on - local_day(letter.requested_at))


def _locked_series(letter: Letter, year: int) -> Series:
    """The series of this office, book and year, begun when it is the year's first letter."""
    key = letter.office_code, letter.book, year
    found = lock(_SERIES, *key)
    if not found:
        begun = Series(office_code=letter.office_code, book=letter.book, year=year)
        Series.objects.bulk_create([begun], ignore_conflicts=True)
        found = lock(_SERIES, *key)
    return found[0]


def _next_number(letter: Letter, series: Series, today: date, moment: datetime) -> Number:
    series.last += 1
    save(series, "last")
    text = render_number(
        letter.pattern,
        sequence=series.last,
        classification=letter.classification,
        office_code=letter.office_number_code,
        on=today,
    )
    number = Number(series=series, sequence=series.last, text=text, reserved_at=moment)
    add(number)
    return number


@write_transaction(locks=("letter", "turn", "number"))
def void_number(*, by: Actor, number: Number, reason: str) -> Letter:
    """Make a reserved number visibly void, and its letter with it; nothing is published under it.

    Raises NumberIssued when the letter is out already, ReasonMissing without a reason, BeingSigned while its
    signature may come any moment. Again is no error. The owner is told (`News.VOIDED`).
    """
    return void_letter(by=by, letter=Letter.objects.get(number=number), reason=reason)


@write_transaction(locks=("letter", "turn", "number"))
def void_letter(*, by: Actor, letter: Letter, reason: str) -> Letter:
    """Stop a letter in the making, number included, and tell its owner. Raises as void_number."""
    stopped = withdraw_letter(by=by, letter=letter, reason=reason)
    announce(stopped, News.VOIDED)
    return stopped


@write_transaction(locks=("letter", "turn", "number"))
def withdraw_letter(*, by: Actor, letter: Letter, reason: str) -> Letter:
    """The owner needs the letter no more: void_letter without telling the owner what it does itself."""
    why = " ".join(reason.split())[:300]
    if not why:
        raise ReasonMissing()
    fresh = lock(letter)
    if fresh.state == LetterState.VOID:
        return fresh
    if fresh.state not in IN_THE_MAKING:
        raise NumberIssued(number=fresh.number.text if fresh.number else "")
    if any(turn.state == TurnState.QUEUED and turn.attempts for turn in lock(fresh.turns.all())):
        raise BeingSigned()
    stop(fresh, by=by, why=why)
    return fresh


def stop(letter: Letter, *, by: Actor, why: str) -> None:
    """The letter will not be: number void, turns cancelled. Within the transaction that holds its lock.

    What it was to replace stays in force, and may be replaced by another.
    """
    if letter.number_id is not None:
        _settle(letter, NumberState.VOID, reason=why[:300])
    turning.cancel_rest(letter)
    letter.enter(LetterState.VOID, replaces=None)
    text = letter.number.text if letter.number else ""
    audit.record("documents.number_void", by=by, about=letter.owner, note=why, data={"number": text})


def settle_issued(letter: Letter) -> None:
    """The number is out; called within the publishing transaction, which holds the letter's lock."""
    _settle(letter, NumberState.ISSUED)


def _settle(letter: Letter, state: NumberState, *, reason: str = "") -> None:
    number = lock(Number(pk=letter.number_id))
    if number.state != NumberState.RESERVED:
        raise ValueError(f"number {number.text} is {number.state} already")
    number.state, number.reason, number.settled_at = state, reason, clock.now()
    save(number, "state", "reason", "settled_at")
    letter.number = number

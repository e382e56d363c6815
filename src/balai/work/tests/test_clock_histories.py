"""Histories of a clock, against the model that walks through every minute: they must be identical."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.kernel.calendars import Duration, Interval, WorkingCalendar
from balai.kernel.references import SYSTEM, Subject
from balai.kernel.uuid7 import uuid7
from balai.region import calendars
from balai.region.models import OfficeHours
from balai.work import actions, queries, reminding
from balai.work.models import Clock
from balai.work.rules import Timer
from balai.work.tests.clock_model import ClockModel, Minutes, Openings, office_minutes
from balai.work.timers import timer_of

FIRST, DAYS = date(2026, 12, 21), 60  # a Monday, four days before Christmas
LONGEST = 14 * 1440
ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
# A dinas with a lunch break, a post that never closes, one with Saturdays, a night watch over midnight.
WEEKS: dict[str, dict[int, Openings]] = {
    "dinas": {day: [(450, 720), (780, 930)] for day in range(4)} | {4: [(450, 690), (780, 870)]},
    "siaga": {day: [(0, 1440)] for day in range(7)},
    "puskesmas": {day: [(480, 840)] for day in range(6)},
    "malam": {day: [(0, 240), (1200, 1440)] for day in range(7)},
}
HOLIDAYS = [FIRST + timedelta(days=number) for number in (1, 3, 4, 8, 11, 14)]
SPECIAL: list[Openings] = [[], [(600, 720)], [(0, 30), (1380, 1440)]]
UNITS = {"minutes": 3000, "hours": 100, "days": 6, "working_minutes": 2500, "working_days": 6}

durations = st.sampled_from(sorted(UNITS)).flatmap(
    lambda unit: st.tuples(st.integers(0, UNITS[unit]), st.just(unit))
)
levels = st.lists(
    st.tuples(st.integers(0, 2000), st.sampled_from(["minutes", "working_minutes"])), max_size=3
).map(tuple)
acts = st.one_of(
    st.tuples(st.just("pause"), st.none() | st.integers(0, 6000)),
    st.tuples(st.just("resume"), st.none()),
    st.tuples(st.just("stop"), st.none()),
    st.tuples(st.just("restart"), durations),
    st.tuples(st.just("move"), st.sampled_from(sorted(WEEKS))),
)
histories = st.fixed_dictionaries(
    {
        "office": st.sampled_from(sorted(WEEKS)),
        "zone": st.sampled_from(sorted(ZONES)),
        "free": st.sets(st.sampled_from(HOLIDAYS)),
        "special": st.dictionaries(st.sampled_from(HOLIDAYS), st.sampled_from(SPECIAL), max_size=2),
        "start": st.integers(0, 2 * 1440),
        "promise": durations,
        "levels": levels,
        "acts": st.lists(st.tuples(st.integers(0, 3000) | st.just(0), acts), max_size=9),
        "rest": st.integers(0, 3000),
    }
)


class Pure:
    """The clock as the value that the actions keep."""

    def __init__(self, calendars: dict[str, WorkingCalendar], history: dict[str, Any]) -> None:
        self.calendars, self.office, self.levels = calendars, history["office"], history["levels"]
        self.rounds: list[Timer] = []

    def begin(self, at: datetime, promise: tuple[int, Any]) -> None:
        beyond = tuple(Duration(amount, unit) for amount, unit in self.levels)
        timer = Timer.start(Duration(*promise), self.calendars[self.office], at, levels=beyond)
        self.rounds.append(timer)

    def act(self, at: datetime, act: str, what: Any) -> None:
        timer = self.rounds[-1]
        if act == "restart":
            if timer.stopped_at is not None:
                self.begin(at, what)
            return
        if act == "move":
            self.office = what if timer.stopped_at is None else self.office
            self.rounds[-1] = timer.moved(self.calendars[what], at)
        elif act == "pause":
            self.rounds[-1] = timer.paused(at, None if what is None else at + timedelta(minutes=what))
        else:
            self.rounds[-1] = timer.resumed(at) if act == "resume" else timer.stopped(at)


def offices_of(history: dict[str, Any]) -> set[str]:
    return {history["office"], *(what for _after, (act, what) in history["acts"] if act == "move")}


def minutes_of(history: dict[str, Any]) -> dict[str, Minutes]:
    given = {"first": FIRST, "days": DAYS, "free": history["free"], "special": history["special"]}
    return {office: office_minutes(week=WEEKS[office], **given) for office in offices_of(history)}


def calendars_of(history: dict[str, Any]) -> dict[str, WorkingCalendar]:
    free = dict.fromkeys(history["free"], "Libur")
    special = as_week(history["special"])
    return {
        office: WorkingCalendar(history["zone"], as_week(WEEKS[office]), free, special)
        for office in offices_of(history)
    }


def as_week(openings: Mapping[Any, Openings]) -> dict[Any, tuple[Interval, ...]]:
    return {day: tuple(Interval(*each) for each in hours) for day, hours in openings.items()}


def play(history: dict[str, Any], clock: Any, instant: Any) -> ClockModel:
    """The same history for the model and for the other; the model stands at its end."""
    model = ClockModel(minutes_of(history), history["office"])
    model.now = history["start"]
    model.start(*history["promise"], history["levels"])
    clock.begin(instant(model.now), history["promise"])
    for after, (act, what) in history["acts"]:
        if model.now + after > history["start"] + LONGEST:
            break
        model.walk_to(model.now + after)
        if act == "restart":
            model.restart(*what, history["levels"])
        else:
            getattr(model, act)(*([what] if act in ("pause", "move") else []))
        clock.act(instant(model.now), act, what)
    model.walk_to(model.now + history["rest"])
    return model


def instants_of(history: dict[str, Any]) -> Callable[[int], datetime]:
    midnight = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) - timedelta(
        hours=ZONES[history["zone"]]
    )

    def instant(minute: int) -> datetime:
        return midnight + timedelta(minutes=minute)

    return instant


def check(history: dict[str, Any]) -> None:
    instant = instants_of(history)
    pure = Pure(calendars_of(history), history)
    model = play(history, pure, instant)
    now = instant(model.now)
    assert len(pure.rounds) == len(model.rounds)
    for timer, one in zip(pure.rounds, model.rounds, strict=True):
        assert timer.elapsed_minutes(now) == one.elapsed
    for timer, one in zip(pure.rounds[:-1], model.rounds[:-1], strict=True):
        assert (timer.stopped_at, timer.due_at) == (instant(one.stopped or 0), instant(one.due or 0))
    last, one = pure.rounds[-1].settled(now), model.last
    assert last.is_running is one.is_running
    if one.is_paused:
        assert (last.remaining, last.has_passed(now)) == (max(0, one.left), one.left <= 0)
    else:
        due = model.due()
        assert last.due_at == instant(due)
        assert last.has_passed(now) is (due < one.stopped if one.stopped is not None else due <= model.now)
    check_levels(last, model, instant)


def check_levels(timer: Timer, model: ClockModel, instant: Any) -> None:
    if model.last.stopped is not None or (model.last.is_paused and model.last.left > 0):
        return
    for number in range(1, len(timer.levels) + 1):
        reached = model.level(number)
        if reached is not None:
            assert timer.level_at(number) == instant(reached)
    assert timer.level_at(len(timer.levels) + 1) is None


FAST = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=300, suppress_health_check=FAST)
@given(history=histories)
def test_every_history_counts_as_the_model_counts(history: dict[str, Any]) -> None:
    check(history)


@pytest.mark.parametrize("seed", range(17))
def test_a_hundred_histories_from_a_seed_count_as_the_model_counts(seed: int) -> None:
    """Drawn without hypothesis, which takes twice as long to draw as the walk takes to walk."""
    dice = random.Random(seed)
    for _number in range(100):
        check(rolled(dice))


@pytest.mark.deep
@settings(max_examples=20_000, suppress_health_check=FAST)
@given(history=histories)
def test_very_many_histories_count_as_the_model_counts(history: dict[str, Any]) -> None:
    check(history)


@pytest.mark.deep
def test_very_many_histories_from_a_seed_count_as_the_model_counts() -> None:
    dice = random.Random(2026)
    for _number in range(80_000):
        check(rolled(dice))


def rolled(dice: random.Random) -> dict[str, Any]:
    """A history of the same kind as `histories`."""
    days = range(dice.randrange(3))
    return {
        "office": dice.choice(sorted(WEEKS)),
        "zone": dice.choice(sorted(ZONES)),
        "free": {day for day in HOLIDAYS if dice.random() < 0.4},
        "special": {dice.choice(HOLIDAYS): dice.choice(SPECIAL) for _day in days},
        "start": dice.randrange(2 * 1440),
        "promise": rolled_promise(dice),
        "levels": tuple(
            (dice.randrange(2000), dice.choice(["minutes", "working_minutes"]))
            for _level in range(dice.randrange(4))
        ),
        "acts": [
            (dice.choice([0, dice.randrange(120), dice.randrange(3000)]), rolled_act(dice))
            for _act in range(dice.randrange(10))
        ],
        "rest": dice.randrange(3000),
    }


def rolled_promise(dice: random.Random) -> tuple[int, str]:
    unit = dice.choice(sorted(UNITS))
    return dice.randrange(UNITS[unit] + 1), unit


def rolled_act(dice: random.Random) -> tuple[str, Any]:
    act = dice.choice(["pause", "resume", "stop", "restart", "move", "pause"])
    given_with = {
        "pause": dice.choice([None, 0, dice.randrange(6000)]),
        "restart": rolled_promise(dice),
        "move": dice.choice(sorted(WEEKS)),
    }
    return act, given_with.get(act)


CODES = {office: f"35.05.{office}" for office in WEEKS}


class Kept:
    """The clock in rows, changed by the actions; the worker looks now and then."""

    def __init__(self, history: dict[str, Any], standing: Any) -> None:
        self.about = Subject("work.sample", str(uuid7()))
        self.office, self.levels, self.standing = history["office"], history["levels"], standing
        self.whole: dict[str, Any] = {"by": SYSTEM, "subject": self.about}

    def begin(self, at: datetime, promise: tuple[int, Any]) -> None:
        self._begin(actions.start_clock, at, promise)

    def _begin(self, start: Any, at: datetime, promise: tuple[int, Any]) -> None:
        beyond = tuple(Duration(amount, unit) for amount, unit in self.levels)
        office, promised = CODES[self.office], Duration(*promise)
        start(**self.whole, name="x", duration=promised, office_code=office, at=at, escalate_after=beyond)

    def act(self, at: datetime, act: str, what: Any) -> None:
        self.standing.set(at)
        if act == "restart":
            return self._begin(actions.restart_clock, at, what)
        if act == "move":
            live = queries.clock_of(self.about, "x")
            self.office = what if live and live.stopped_at is None else self.office
            return actions.move_clock(**self.whole, name="x", office_code=CODES[what], at=at)
        if act == "pause":
            cap = None if what is None else at + timedelta(minutes=what)
            return actions.pause_clock(**self.whole, reason="asked", names=("x",), at=at, until_at=cap)
        if act == "resume":
            return actions.resume_clock(**self.whole, names=("x",), at=at)
        actions.stop_clock(**self.whole, name="x", at=at)
        return None


@pytest.fixture
def kept_offices() -> Iterator[None]:
    """Offices with the hours of `WEEKS`, in a town without free days."""
    for position, (office, week) in enumerate(WEEKS.items()):
        hours = {str(day): [str(Interval(*each)) for each in week.get(day, [])] for day in range(7)}
        for code in ("", CODES[office]) if not position else (CODES[office],):
            OfficeHours.objects.create(
                position=2 * position + bool(code),
                office_code=code,
                valid_from="2020-01-01",
                week=hours,
                basis="contoh",
            )
    calendars.forget()
    yield
    calendars.forget()


@pytest.mark.django_db
@pytest.mark.usefixtures("kept_offices")
@settings(max_examples=100, suppress_health_check=[*FAST, HealthCheck.function_scoped_fixture])
@given(history=histories, looks=st.booleans())
def test_rows_that_the_actions_keep_are_what_the_model_says(
    frozen_clock: Any, history: dict[str, Any], looks: bool
) -> None:
    history = history | {"zone": "Asia/Jakarta", "free": set(), "special": {}}
    instant = instants_of(history)
    kept = Kept(history, frozen_clock(instant(0)))
    model = play(history, kept, instant)
    now = instant(model.now)
    kept.standing.set(now)
    if looks:
        reminding.end_pauses()
        reminding.remind()
    rows = list(queries.rounds_of(kept.about, "x"))
    assert [queries.elapsed_minutes(row, now) for row in rows] == [one.elapsed for one in model.rounds]
    ended = [one for one in model.rounds if one.stopped is not None]
    assert [(row.due_at, row.stopped_at, row.was_in_time) for row in rows[: len(ended)]] == [
        (instant(one.due or 0), instant(one.stopped or 0), (one.stopped or 0) <= (one.due or 0))
        for one in ended
    ]
    if model.last.is_running:
        assert timer_of(rows[-1]).settled(now).due_at == instant(model.due())
    if looks:
        check_told(rows[-1], model, now)


def check_told(row: Clock, model: ClockModel, now: datetime) -> None:
    """After the worker's look the row itself is up to date, and every level that was reached is told."""
    assert row.state == (
        "running" if model.last.is_running else "paused" if model.last.is_paused else "stopped"
    )
    if not model.last.is_running:
        return
    assert (row.late_told_at is not None) is (model.due() <= model.now)
    reached = [model.level(number + 1) for number in range(len(model.last.levels))]
    in_a_row = [minute is not None and minute <= model.now for minute in reached]
    assert row.levels_told == (in_a_row.index(False) if False in in_a_row else len(in_a_row))

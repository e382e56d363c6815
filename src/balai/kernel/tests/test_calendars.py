"""Working time by table, and against the minute-by-minute model."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.kernel.calendars import ALWAYS, Duration, Interval, Season, WorkingCalendar, check_intervals
from balai.kernel.tests.brief import brief
from balai.kernel.tests.minute_model import MinuteModel

JAKARTA = ZoneInfo("Asia/Jakarta")
OFFICE_WEEK = {**dict.fromkeys(range(4), (Interval(450, 930),)), 4: (Interval(450, 870),)}
FREE = {date(2026, 12, 24): "Cuti Bersama", date(2026, 12, 25): "Natal", date(2027, 1, 1): "Tahun Baru"}
BLITAR = WorkingCalendar("Asia/Jakarta", OFFICE_WEEK, FREE)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-23T07:29:59", False),
        ("2026-11-23T07:30", True),
        ("2026-11-23T15:29:59", True),
        ("2026-11-23T15:30", False),  # at closing time it is closed
        ("2026-11-27T14:29", True),  # Friday
        ("2026-11-27T14:30", False),
        ("2026-11-21T10:00", False),  # Saturday
        ("2026-12-24T10:00", False),  # joint leave
        ("2026-12-31T10:00", True),
    ],
)
def test_is_open_at(at: str, expected: bool) -> None:
    assert BLITAR.is_open(wib(at)) is expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-23T10:00", "2026-11-23T10:00"),
        ("2026-11-23T00:00", "2026-11-23T07:30"),
        ("2026-11-23T15:30", "2026-11-24T07:30"),
        ("2026-11-27T14:30", "2026-11-30T07:30"),
        ("2026-12-23T16:00", "2026-12-28T07:30"),  # over joint leave, Christmas and a week-end
        ("2026-12-31T23:59", "2027-01-04T07:30"),  # over the year's end
    ],
)
def test_next_open_after(at: str, expected: str) -> None:
    assert BLITAR.next_open(wib(at)) == wib(expected)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-23T10:00", 1, "2026-11-24T15:30"),
        ("2026-11-23T06:00", 1, "2026-11-24T15:30"),  # before opening is the same day
        ("2026-11-23T15:30", 1, "2026-11-25T15:30"),  # at closing is the next day
        ("2026-11-26T10:00", 1, "2026-11-27T14:30"),  # Friday closes earlier
        ("2026-11-27T10:00", 1, "2026-11-30T15:30"),
        ("2026-11-21T08:12", 1, "2026-11-24T15:30"),  # filed on Saturday, received on Monday
        ("2026-11-23T10:00", 0, "2026-11-23T15:30"),
        ("2026-12-23T10:00", 1, "2026-12-28T15:30"),
        ("2026-12-31T10:00", 1, "2027-01-04T15:30"),
        ("2026-12-18T10:00", 10, "2027-01-06T15:30"),
    ],
)
def test_add_days_counts_from_the_day_of_receipt(start: str, days: int, due: str) -> None:
    assert BLITAR.add_days(wib(start), days) == wib(due)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-23T10:00", 0, "2026-11-23T10:00"),
        ("2026-11-23T23:00", 0, "2026-11-23T23:00"),
        ("2026-11-23T15:00", 30, "2026-11-23T15:30"),  # due at closing, not next morning
        ("2026-11-23T15:00", 31, "2026-11-24T07:31"),
        ("2026-11-23T15:29:30", 1, "2026-11-24T07:30:30"),
        ("2026-11-27T14:00", 60, "2026-11-30T08:00"),
        ("2026-11-23T00:00", 480, "2026-11-23T15:30"),
        ("2026-12-31T15:20", 20, "2027-01-04T07:40"),
    ],
)
def test_add_minutes_runs_only_while_open(start: str, minutes: int, due: str) -> None:
    assert BLITAR.add_minutes(wib(start), minutes) == wib(due)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-23T07:30", "2026-11-23T15:30", 480),
        ("2026-11-23T00:00", "2026-11-24T00:00", 480),
        ("2026-11-23T00:00", "2026-11-30T00:00", 4 * 480 + 420),
        ("2026-11-23T15:30", "2026-11-24T07:30", 0),
        ("2026-11-23T10:00:30", "2026-11-23T10:02:29", 1),
        ("2026-11-23T10:10", "2026-11-23T10:00", -10),
        ("2026-12-23T15:00", "2026-12-28T08:00", 60),
    ],
)
def test_minutes_between(start: str, end: str, minutes: int) -> None:
    assert BLITAR.minutes_between(wib(start), wib(end)) == minutes


def test_open_time_is_exact_and_never_negative() -> None:
    start, end = wib("2026-11-23T10:00:30"), wib("2026-11-23T10:02:29")
    assert BLITAR.open_time(start, end) == timedelta(seconds=119)
    assert BLITAR.open_time(end, start) == timedelta()


def test_minutes_run_day_and_night() -> None:
    assert Duration(10, "minutes").due(BLITAR, wib("2026-12-24T23:55")) == wib("2026-12-25T00:05")


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-11-23T10:00", "2026-11-23T15:00", 0),
        ("2026-11-23T10:00", "2026-11-24T00:00", 1),
        ("2026-11-27T10:00", "2026-11-30T10:00", 1),
        ("2026-11-28T10:00", "2026-11-30T10:00", 0),  # filed on Saturday, received on Monday
        ("2026-11-27T15:00", "2026-12-01T10:00", 1),
        ("2026-12-23T10:00", "2026-12-28T10:00", 1),
        ("2026-11-24T10:00", "2026-11-23T10:00", 0),
    ],
)
def test_days_between(start: str, end: str, days: int) -> None:
    assert BLITAR.days_between(wib(start), wib(end)) == days


@pytest.mark.parametrize(
    ("zone", "opens_utc"),
    [("Asia/Jakarta", "00:30"), ("Asia/Makassar", "23:30"), ("Asia/Jayapura", "22:30")],
)
def test_office_opens_by_its_own_wall_clock(zone: str, opens_utc: str) -> None:
    """07.30 WIB, WITA and WIT are three instants; the last two lie on Sunday in UTC."""
    calendar = WorkingCalendar(zone, OFFICE_WEEK)
    opened = calendar.next_open(datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert (f"{opened:%H:%M}", opened.tzinfo) == (opens_utc, UTC)
    assert opened.astimezone(ZoneInfo(zone)).date() == date(2026, 11, 23)


def test_exception_beats_holiday_season_and_week() -> None:
    calendar = WorkingCalendar(
        "Asia/Jakarta",
        OFFICE_WEEK,
        FREE,
        {
            date(2026, 12, 25): (Interval(600, 720),),
            date(2026, 11, 28): (Interval(480, 600),),
            date(2026, 11, 23): (),
        },
    )
    assert calendar.intervals(date(2026, 12, 25)) == (Interval(600, 720),)
    assert calendar.intervals(date(2026, 11, 28)) == (Interval(480, 600),)
    assert not calendar.is_working_day(date(2026, 11, 23))
    assert not calendar.is_working_day(date(2026, 12, 24))


def test_season_changes_the_week_for_its_days_and_the_later_wins() -> None:
    ramadan = Season(date(2027, 2, 8), date(2027, 3, 9), {day: (Interval(480, 900),) for day in range(5)})
    one_day = Season(date(2027, 2, 10), date(2027, 2, 10), {2: (Interval(540, 600),)})
    forever = Season(date(2028, 1, 1), None, {0: (Interval(0, 60),)})
    calendar = WorkingCalendar("Asia/Jakarta", OFFICE_WEEK, seasons=(ramadan, one_day, forever))
    assert [calendar.intervals(date(2027, *day)) for day in ((2, 5), (2, 8), (2, 10), (3, 9), (3, 10))] == [
        (Interval(450, 870),),
        (Interval(480, 900),),
        (Interval(540, 600),),
        (Interval(480, 900),),
        (Interval(450, 930),),
    ]
    assert calendar.intervals(date(2040, 1, 3)) == ()
    assert calendar.intervals(date(2040, 1, 2)) == (Interval(0, 60),)


@pytest.mark.parametrize(
    ("week", "message"),
    [
        ({}, "at least one opening"),
        ({0: ()}, "at least one opening"),
        ({0: (Interval(600, 600),)}, "end after it begins"),
        ({0: (Interval(900, 600),)}, "end after it begins"),
        ({0: (Interval(-1, 600),)}, "end after it begins"),
        ({0: (Interval(0, 1441),)}, "end after it begins"),
        ({0: (Interval(0, 600), Interval(599, 700))}, "overlap"),
        ({0: (Interval(600, 700), Interval(0, 100))}, "overlap"),
    ],
)
def test_calendar_refuses_impossible_week(week: dict[int, tuple[Interval, ...]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        WorkingCalendar("Asia/Jakarta", week)


def test_calendar_refuses_to_search_for_ever() -> None:
    never = Season(date(2026, 1, 1), None, {})
    calendar = WorkingCalendar("Asia/Jakarta", OFFICE_WEEK, seasons=(never,))
    with pytest.raises(ValueError, match="no working day"):
        calendar.next_open(wib("2026-11-23T10:00"))


@pytest.mark.parametrize("method", ["add_minutes", "add_days"])
def test_calendar_adds_forward_only(method: str) -> None:
    with pytest.raises(ValueError, match="forward"):
        getattr(BLITAR, method)(wib("2026-11-23T10:00"), -1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07.30-15.30", Interval(450, 930)),
        ("07:30–15:30", Interval(450, 930)),
        ("0.00-24.00", Interval(0, 1440)),
        (" 8.00 - 9.15 ", Interval(480, 555)),
    ],
)
def test_interval_parse_reads(text: str, expected: Interval) -> None:
    assert Interval.parse(text) == expected
    assert Interval.parse(str(expected)) == expected


@pytest.mark.parametrize(
    "text", ["", "07.30", "7-8", "07.30-15.60", "07.3-15.30", "a.00-b.00", "1.00-2.00-3.00"]
)
def test_interval_parse_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="reads"):
        Interval.parse(text)


def test_check_intervals_accepts_touching_openings() -> None:
    check_intervals((Interval(0, 60), Interval(60, 120)))


@pytest.mark.parametrize(
    ("duration", "due", "label"),
    [
        (Duration(1, "working_days"), "2026-11-24T15:30", "1 hari kerja"),
        (Duration(120, "working_minutes"), "2026-11-23T16:00", "2 jam kerja"),
        (Duration(90, "working_minutes"), "2026-11-23T15:30", "90 menit kerja"),
        (Duration(30, "working_minutes"), "2026-11-23T14:30", "30 menit kerja"),
        (Duration(0, "working_minutes"), "2026-11-23T14:00", "0 menit kerja"),
        (Duration(14, "days"), "2026-12-07T14:00", "14 hari"),
        (Duration(24, "hours"), "2026-11-24T14:00", "24 jam"),
        (Duration(10, "minutes"), "2026-11-23T14:10", "10 menit"),
    ],
)
def test_duration_due_and_label(duration: Duration, due: str, label: str) -> None:
    calendar = WorkingCalendar("Asia/Jakarta", {day: (Interval(450, 960),) for day in range(7)})
    expected = wib(due).replace(minute=0, hour=16) if duration.unit == "working_days" else wib(due)
    assert (duration.due(calendar, wib("2026-11-23T14:00")), duration.label()) == (expected, label)


def test_duration_refuses_nonsense() -> None:
    for amount, unit in ((-1, "days"), (1, "weeks")):
        with pytest.raises(ValueError, match="no duration"):
            Duration(amount, unit)  # type: ignore[arg-type]  # refused on purpose


def test_days_keep_the_wall_clock_where_clocks_are_moved() -> None:
    """Not in Indonesia, but the arithmetic must not lean on that."""
    berlin = WorkingCalendar("Europe/Berlin", OFFICE_WEEK)
    start = datetime(2026, 3, 28, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    assert Duration(1, "days").due(berlin, start) - start.astimezone(UTC) == timedelta(hours=23)
    assert Duration(24, "hours").due(berlin, start) - start.astimezone(UTC) == timedelta(hours=24)


def test_always_is_open_at_every_minute() -> None:
    start = wib("2026-12-31T23:59")
    assert ALWAYS.add_minutes(start, 3 * 1440 + 1) == start + timedelta(days=3, minutes=1)
    assert ALWAYS.minutes_between(start, start + timedelta(days=366)) == 366 * 1440


# --- against the model: random weeks, holidays, zones; over the year's end -----------------------------

FIRST = date(2026, 12, 21)
DAYS = 35
ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}


@st.composite
def openings(draw: st.DrawFn, *, least: int = 0) -> tuple[Interval, ...]:
    """Up to two openings of one day, edges on quarters and at midnight included."""
    edges = sorted(draw(st.sets(st.sampled_from(range(0, 1441, 15)), min_size=2, max_size=4)))
    intervals = tuple(Interval(*edges[at : at + 2]) for at in range(0, len(edges) - 1, 2))
    return intervals if least or draw(st.booleans()) else ()


@st.composite
def towns(draw: st.DrawFn) -> tuple[WorkingCalendar, MinuteModel]:
    zone = draw(st.sampled_from(sorted(ZONES)))
    week = {day: draw(openings()) for day in range(6)} | {6: draw(openings(least=1))}
    days = st.integers(0, 16).map(lambda n: FIRST + timedelta(days=n))
    free = draw(st.sets(days, max_size=5))
    special = draw(st.dictionaries(days, openings(), max_size=3))
    calendar = WorkingCalendar(zone, week, dict.fromkeys(free, "libur"), special)
    plain_week = {day: [tuple(one) for one in intervals] for day, intervals in week.items()}
    plain_special = {day: [tuple(one) for one in intervals] for day, intervals in special.items()}
    model = MinuteModel(
        first=FIRST, days=DAYS, hours_east=ZONES[zone], week=plain_week, free=free, special=plain_special
    )
    return calendar, model


MOMENTS = st.integers(0, 12 * 1440)


@brief
@given(town=towns(), start=MOMENTS, minutes=st.integers(0, 600))
def test_add_minutes_agrees_with_the_model(
    town: tuple[WorkingCalendar, MinuteModel], start: int, minutes: int
) -> None:
    calendar, model = town
    at = model.at(start)
    # At least one opening of 15 minutes each Sunday: 600 minutes may need more days than the model has.
    minutes = min(minutes, model.minutes_between(at, model.at(DAYS * 1440)))
    assert calendar.add_minutes(at, minutes) == model.add_minutes(at, minutes)
    assert calendar.minutes_between(at, calendar.add_minutes(at, minutes)) == minutes


@brief
@given(town=towns(), start=MOMENTS, length=st.integers(0, 12 * 1440))
def test_minutes_between_agrees_with_the_model(
    town: tuple[WorkingCalendar, MinuteModel], start: int, length: int
) -> None:
    calendar, model = town
    at, end = model.at(start), model.at(start + length)
    assert calendar.minutes_between(at, end) == model.minutes_between(at, end)
    assert calendar.minutes_between(end, at) == -model.minutes_between(at, end)


@brief
@given(town=towns(), start=MOMENTS, days=st.integers(0, 1))
def test_days_and_next_open_agree_with_the_model(
    town: tuple[WorkingCalendar, MinuteModel], start: int, days: int
) -> None:
    calendar, model = town
    at = model.at(start)
    assert calendar.next_open(at) == model.next_open(at)
    assert calendar.is_open(at) is model.is_open[start]
    assert calendar.add_days(at, days) == model.add_days(at, days)


@brief
@given(
    town=towns(),
    start=st.integers(0, 3 * 1440),
    budget=st.integers(1, 120),
    stops=st.lists(st.integers(0, 8 * 1440), min_size=2, max_size=6),
)
def test_pauses_take_nothing_from_the_office_and_nothing_from_the_citizen(
    town: tuple[WorkingCalendar, MinuteModel], start: int, budget: int, stops: list[int]
) -> None:
    """Pause and resume at will: open minutes while the clock ran add up to the budget, by the model."""
    calendar, model = town
    budget = min(budget, model.minutes_between(model.at(14 * 1440), model.at(DAYS * 1440)))
    at, left, used = model.at(start), budget, 0
    moments = sorted(stops)
    for paused, resumed in zip(moments[::2], moments[1::2], strict=False):
        pause_at, resume_at = model.at(start + paused), model.at(start + resumed)
        due = calendar.add_minutes(at, left)
        if pause_at >= due:
            break
        used += model.minutes_between(at, pause_at)
        left = calendar.minutes_between(pause_at, due)
        at = resume_at
    due = calendar.add_minutes(at, left)
    assert used + model.minutes_between(at, due) == budget


@brief
@given(minutes=st.integers(0, 2 * 365 * 1440), days=st.integers(0, 60))
def test_days_between_counts_back_what_add_days_adds(minutes: int, days: int) -> None:
    at = wib("2026-01-01T00:00") + timedelta(minutes=minutes)
    assert BLITAR.days_between(at, BLITAR.add_days(at, days)) == days

"""Working calendars: right, cheap, and never older than half a minute."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import F

from balai import government
from balai.kernel.calendars import Duration, Interval
from balai.kernel.references import SYSTEM
from balai.region import actions, calendars, queries
from balai.region.models import Holiday, OfficeHours, Revision

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
TOWN = government.current()
USUAL, FRIDAY = (Interval(450, 930),), (Interval(450, 870),)


@pytest.fixture
def loaded() -> None:
    actions.load_government(by=SYSTEM, town=TOWN)


def announce() -> None:
    """What another process's load leaves behind: a higher number, and nothing in our memory touched."""
    Revision.objects.filter(pk=calendars.REVISION).update(number=F("number") + 1)


def weeks() -> list[tuple[Interval, ...]]:
    calendar = queries.working_calendar()
    return [calendar.intervals(date(2026, 11, 23) + timedelta(days=n)) for n in range(7)]


def test_week_of_the_demo(loaded: None) -> None:
    assert weeks() == [USUAL, USUAL, USUAL, USUAL, FRIDAY, (), ()]


def test_calendar_before_the_first_load_is_the_same() -> None:
    before = queries.working_calendar()
    actions.load_government(by=SYSTEM, town=TOWN)
    after = queries.working_calendar()
    assert before is not after
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(5 * 366)]
    assert [before.intervals(day) for day in days] == [after.intervals(day) for day in days]
    assert (before.zone, before.holidays) == (after.zone, after.holidays)


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        ("2026-11-21T08:12", "2026-11-24T15:30"),
        ("2026-12-23T10:00", "2026-12-28T15:30"),  # joint leave on the 24th
        ("2027-03-05T09:00", "2027-03-16T15:30"),  # Nyepi, joint leave and Idul Fitri: 8 to 15 March
        ("2026-08-04T09:00", "2026-08-05T15:30"),
    ],
)
def test_one_working_day_in_this_town(loaded: None, filed: str, due: str) -> None:
    at = datetime.fromisoformat(filed).replace(tzinfo=WIB)
    expected = datetime.fromisoformat(due).replace(tzinfo=WIB)
    assert Duration(1, "working_days").due(queries.working_calendar(), at) == expected


def test_local_day_opens_later(loaded: None) -> None:
    assert queries.working_calendar().intervals(date(2026, 8, 5)) == (Interval(600, 930),)


def test_local_hours_do_not_open_a_national_holiday(loaded: None) -> None:
    Holiday.objects.create(
        day=date(2026, 12, 25), name="Buka", kind="local", basis="x", hours=["08.00-10.00"]
    )
    announce()
    calendars.forget()
    assert queries.working_calendar().intervals(date(2026, 12, 25)) == ()


def test_two_feasts_on_one_day_are_both_named(loaded: None) -> None:
    Holiday.objects.create(day=date(2026, 12, 25), name="Hari lain", kind="local", basis="x")
    calendars.forget()
    assert queries.working_calendar().holidays[date(2026, 12, 25)] == "Hari Raya Natal; Hari lain"


def test_office_has_its_own_hours_and_others_keep_theirs(loaded: None) -> None:
    OfficeHours.objects.create(
        position=5,
        office_code="dispendukcapil",
        valid_from=date(2026, 1, 1),
        week={"5": ["08.00-12.00"], "0": ["08.00-20.00"]},
        basis="x",
    )
    calendars.forget()
    saturday, monday = date(2026, 11, 28), date(2026, 11, 23)
    own, other = queries.working_calendar("dispendukcapil"), queries.working_calendar("35.05.10.2011")
    assert (own.intervals(saturday), own.intervals(monday)) == ((Interval(480, 720),), (Interval(480, 1200),))
    assert (other.intervals(saturday), other.intervals(monday)) == ((), USUAL)
    assert other is queries.working_calendar()


def test_calendar_comes_from_memory(loaded: None, django_assert_num_queries: pytest.fixture) -> None:
    first = queries.working_calendar("35.05.10.2011")
    with django_assert_num_queries(0):
        assert all(queries.working_calendar("35.05.10.2011") is first for _ in range(100))


def test_calendar_in_memory_costs_microseconds(loaded: None) -> None:
    queries.working_calendar("35.05.10.2011")
    started = time.perf_counter()
    for _ in range(1000):
        queries.working_calendar("35.05.10.2011")
    assert time.perf_counter() - started < 0.1


def test_recheck_reads_one_row_while_nothing_changed(
    loaded: None, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: pytest.fixture
) -> None:
    first = queries.working_calendar()
    monkeypatch.setattr(calendars, "RECHECK_SECONDS", -1.0)
    with django_assert_num_queries(1):
        assert queries.working_calendar() is first


def test_change_by_another_process_is_seen_at_the_next_recheck(
    loaded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert weeks()[0] == USUAL
    Holiday.objects.create(day=date(2026, 11, 23), name="Pilkades", kind="local", basis="x")
    announce()
    assert weeks()[0] == USUAL  # not rechecked yet
    monkeypatch.setattr(calendars, "RECHECK_SECONDS", -1.0)
    assert weeks()[0] == ()


def test_recheck_happens_within_a_minute() -> None:
    assert calendars.RECHECK_SECONDS <= 60


def test_change_in_this_process_is_seen_at_once(loaded: None) -> None:
    assert weeks()[0] == USUAL
    day = TOWN.local_days[0].model_copy(update={"day": date(2026, 11, 23), "hours": ()})
    actions.load_government(by=SYSTEM, town=TOWN.model_copy(update={"local_days": (day,)}))
    assert weeks()[0] == ()

"""Several clocks of one subject: by name, in rounds, with caps on their pauses, from office to office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from balai.kernel.calendars import Duration
from balai.kernel.references import SYSTEM, Subject
from balai.kernel.uuid7 import uuid7
from balai.region import calendars
from balai.region.models import OfficeHours
from balai.work import actions, queries
from balai.work.models import Clock, WorkItem

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)  # Monday 09.00 WIB
OFFICE = "35.05.10.2011"
TEN = Duration(10, "minutes")


def subject() -> Subject:
    return Subject("work.sample", str(uuid7()))


def start(about: Subject, name: str = "response", duration: Duration = TEN, **given: Any) -> Clock:
    given = {"by": SYSTEM, "office_code": OFFICE, "at": AT} | given
    return actions.start_clock(subject=about, name=name, duration=duration, **given)


def minutes(count: float) -> datetime:
    return AT + timedelta(minutes=count)


def lay_item(about: Subject, kind: str, due_at: datetime) -> WorkItem:
    return actions.open_item(
        by=SYSTEM,
        subject=about,
        kind=kind,
        title="Jalan berlubang",
        note="",
        office_code=OFFICE,
        permission="sample.check",
        due_at=due_at,
        at=AT,
    )


def latest(about: Subject, name: str = "response") -> Clock:
    found = queries.clock_of(about, name)
    assert found is not None
    return found


def test_ten_minutes_are_ten_minutes_at_two_in_the_morning() -> None:
    night = datetime(2026, 12, 24, 19, tzinfo=UTC)  # 25 December, 02.00 WIB
    assert start(subject(), at=night).due_at == night + timedelta(minutes=10)


def test_first_stop_counts_and_says_whether_it_was_in_time() -> None:
    about = subject()
    start(about)
    start(about, "completion", Duration(3, "working_days"))
    assert latest(about).was_in_time is None
    for minute in (10, 12):
        actions.stop_clock(by=SYSTEM, subject=about, at=minutes(minute), name="response")
    stopped = latest(about)
    assert (stopped.state, stopped.stopped_at, stopped.was_in_time) == ("stopped", minutes(10), True)
    assert latest(about, "completion").state == "running"


def test_stop_after_the_deadline_is_not_in_time() -> None:
    about = subject()
    start(about)
    actions.stop_clock(by=SYSTEM, subject=about, at=minutes(11), name="response")
    assert latest(about).was_in_time is False


def test_stop_during_a_pause_is_judged_by_what_was_left() -> None:
    about = subject()
    start(about)
    actions.pause_clock(by=SYSTEM, subject=about, reason="asked", at=minutes(4))
    actions.stop_clock(by=SYSTEM, subject=about, at=minutes(600))
    stopped = latest(about)
    assert (stopped.was_in_time, queries.elapsed_minutes(stopped, minutes(700))) == (True, 4)
    assert stopped.pauses.get().to_at == minutes(600)


def test_pause_of_named_clocks_leaves_the_others_and_their_items_running() -> None:
    about = subject()
    response, completion = start(about), start(about, "completion", Duration(2, "days"))
    lay_item(about, "answer", response.due_at)
    lay_item(about, "solve", completion.due_at)
    actions.pause_clock(by=SYSTEM, subject=about, reason="asked", at=minutes(5), names=("completion",))
    assert [latest(about, name).state for name in ("response", "completion")] == ["running", "paused"]
    assert {item.kind: item.state for item in queries.items_of(about)} == {
        "answer": "open",
        "solve": "paused",
    }
    actions.resume_clock(by=SYSTEM, subject=about, at=minutes(65), names=("completion",))
    solve = next(item for item in queries.items_of(about) if item.kind == "solve")
    assert latest(about, "completion").due_at == solve.due_at == completion.due_at + timedelta(hours=1)


def test_pause_of_a_paused_clock_and_resume_of_a_running_one_change_nothing() -> None:
    about = subject()
    start(about)
    actions.resume_clock(by=SYSTEM, subject=about, at=minutes(1))
    for minute, cap in ((2, 60), (5, 600)):
        actions.pause_clock(
            by=SYSTEM, subject=about, reason="asked", at=minutes(minute), until_at=minutes(cap)
        )
    paused = latest(about)
    assert (paused.paused_at, paused.resumes_at, paused.pauses.count()) == (minutes(2), minutes(60), 1)


def test_pause_that_would_be_over_already_is_none() -> None:
    about = subject()
    start(about)
    actions.pause_clock(by=SYSTEM, subject=about, reason="asked", at=minutes(2), until_at=minutes(2))
    assert latest(about).state == "running"


def test_pause_is_over_at_its_cap_however_late_anybody_resumes_it() -> None:
    about = subject()
    start(about)
    lay_item(about, "answer", minutes(10))
    actions.pause_clock(by=SYSTEM, subject=about, reason="asked", at=minutes(2), until_at=minutes(30))
    assert queries.elapsed_minutes(latest(about), minutes(33)) == 5
    actions.resume_clock(by=SYSTEM, subject=about, at=minutes(90))
    running = latest(about)
    assert (running.due_at, running.pauses.get().to_at) == (minutes(38), minutes(30))
    assert [item.due_at for item in queries.items_of(about)] == [minutes(38)]
    assert queries.has_passed(running, minutes(90))


def test_pause_after_one_whose_cap_has_passed_is_a_second_pause() -> None:
    about = subject()
    start(about)
    lay_item(about, "answer", minutes(10))
    for minute, cap in ((2, 30), (33, 60)):
        actions.pause_clock(
            by=SYSTEM, subject=about, reason="asked", at=minutes(minute), until_at=minutes(cap)
        )
    actions.resume_clock(by=SYSTEM, subject=about, at=minutes(50))
    running = latest(about)
    assert [(each.from_at, each.to_at) for each in running.pauses.order_by("from_at")] == [
        (minutes(2), minutes(30)),
        (minutes(33), minutes(50)),
    ]
    assert running.due_at == queries.items_of(about)[0].due_at == minutes(55)


def test_lateness_outlives_a_pause() -> None:
    about = subject()
    start(about)
    actions.pause_clock(by=SYSTEM, subject=about, reason="asked", at=minutes(11), until_at=minutes(500))
    actions.resume_clock(by=SYSTEM, subject=about, at=minutes(400))
    assert (latest(about).due_at, queries.has_passed(latest(about), minutes(400))) == (minutes(10), True)


def test_reopening_begins_a_round_and_keeps_the_earlier_ones() -> None:
    about = subject()
    start(about)
    again: dict[str, Any] = {"by": SYSTEM, "subject": about, "name": "response", "office_code": OFFICE}
    counting = actions.restart_clock(**again, duration=TEN, at=minutes(5))
    assert (counting.round, counting.due_at) == (1, minutes(10))
    actions.stop_clock(by=SYSTEM, subject=about, at=minutes(11))
    actions.restart_clock(**again, duration=Duration(20, "minutes"), at=minutes(60))
    assert [(each.round, each.state, each.due_at) for each in queries.rounds_of(about, "response")] == [
        (1, "stopped", minutes(10)),
        (2, "running", minutes(80)),
    ]
    assert latest(about).round == queries.clocks("work.sample", [about.id], "response")[about.id].round == 2


def test_restart_of_a_clock_that_never_was_is_its_first_round() -> None:
    about = subject()
    actions.restart_clock(by=SYSTEM, subject=about, name="response", duration=TEN, office_code=OFFICE, at=AT)
    assert latest(about).round == 1


def test_move_keeps_the_minutes_left_and_counts_them_on_the_new_calendar(other_hours: str) -> None:
    about = subject()
    start(about, "completion", Duration(120, "working_minutes"))  # 09.00, due 11.00 WIB
    actions.move_clock(by=SYSTEM, subject=about, name="completion", office_code=other_hours, at=minutes(30))
    moved = latest(about, "completion")
    # 90 minutes are left at 09.30; the other office opens at 13.00.
    assert (moved.office_code, moved.due_at) == (other_hours, minutes(330))
    assert queries.elapsed_minutes(moved, minutes(300)) == 30 + 60


def test_move_of_a_clock_on_the_wall_changes_no_deadline(other_hours: str) -> None:
    about = subject()
    start(about)
    actions.move_clock(by=SYSTEM, subject=about, name="response", office_code=other_hours, at=minutes(3.5))
    assert (latest(about).due_at, queries.elapsed_minutes(latest(about), minutes(9))) == (minutes(10), 9)


@pytest.fixture
def other_hours() -> Iterator[str]:
    """An office that opens in the afternoon, Monday to Friday 13.00 to 17.00."""
    code = "35.05.dinas-sore"
    for position, office_code, openings in ((1, "", "07.30-15.30"), (2, code, "13.00-17.00")):
        OfficeHours.objects.create(
            position=position,
            office_code=office_code,
            valid_from="2020-01-01",
            week={str(day): [openings] for day in range(5)},
            basis="contoh",
        )
    calendars.forget()
    yield code
    calendars.forget()


def test_seconds_before_and_after_a_pause_make_a_minute_together() -> None:
    about = subject()
    start(about)
    actions.pause_clock(by=SYSTEM, subject=about, reason="asked", at=minutes(0.5))
    actions.resume_clock(by=SYSTEM, subject=about, at=minutes(7))
    assert queries.elapsed_minutes(latest(about), minutes(7.5)) == 1


def test_more_than_three_levels_are_refused() -> None:
    with pytest.raises(ValueError, match="3 times"):
        start(subject(), escalate_after=(1, 2, 3, 4))


@pytest.mark.parametrize(
    "nonsense",
    [{"round": 0}, {"resumes_at": AT}, {"counted": timedelta()}, {"counted_from_at": AT}],
)
def test_database_refuses_rounds_caps_and_moves_that_contradict_themselves(nonsense: dict[str, Any]) -> None:
    clock = start(subject())
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(**nonsense)


def test_database_refuses_two_live_rounds() -> None:
    about = subject()
    clock = start(about)
    clock.pk, clock.round = uuid7(), 2
    with pytest.raises(IntegrityError), transaction.atomic():
        clock.save(force_insert=True)

"""What is nearly due and what is late is told once, whoever looks and however long nobody did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.audit.models import Entry
from balai.kernel.calendars import Duration
from balai.kernel.references import SYSTEM, Subject
from balai.kernel.uuid7 import uuid7
from balai.work import actions, reminding, subjects
from balai.work.models import Clock, WorkItem
from balai.work.tests.factories import LABEL

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 11, 23, 2, tzinfo=UTC)
OFFICE = "35.05.10.2011"


@pytest.fixture(autouse=True)
def clock(frozen_clock: Callable) -> Any:
    return frozen_clock(NINE)


@pytest.fixture(autouse=True)
def told() -> Iterator[list[tuple[str, str]]]:
    """What the engine was told, in order: what, and of which subject."""
    heard: list[tuple[str, str]] = []
    subjects.register(
        LABEL,
        link=lambda subject_id: "",
        on_item_due=lambda due: heard.append((due.news.value, due.subject_id)),
        on_clock_late=lambda late: heard.append((f"clock {late.name}", late.subject_id)),
    )
    yield heard
    subjects.unregister(LABEL)


def item(*, hours: float, kind: str = "check", waiting: bool = False, subject_id: str = "") -> WorkItem:
    return actions.open_item(
        by=SYSTEM,
        subject=Subject(LABEL, subject_id or str(uuid7())),
        kind=kind,
        title="Surat keterangan usaha",
        note="Siti A.",
        office_code=OFFICE,
        permission="sample.check",
        due_at=NINE + timedelta(hours=hours),
        waiting=waiting,
        at=NINE - timedelta(days=3),
    )


def journal(event: str) -> int:
    return Entry.objects.filter(event=event).count()


def test_item_is_told_once_when_it_is_nearly_due_and_once_when_it_is_late(clock: Any, told: list) -> None:
    one = item(hours=25)
    assert reminding.remind() == 0
    clock.move(hours=2)
    assert [reminding.remind(), reminding.remind()] == [1, 0]
    clock.move(hours=24)
    assert [reminding.remind(), reminding.remind()] == [1, 0]
    assert told == [("soon", one.subject_id), ("late", one.subject_id)]
    assert (journal("work.due_soon"), journal("work.escalated")) == (1, 1)


def test_what_became_late_while_nobody_looked_is_told_as_late_alone(clock: Any, told: list) -> None:
    one = item(hours=25)
    clock.move(days=30)
    reminding.remind()
    assert told == [("late", one.subject_id)]


def test_closed_and_waiting_items_are_left_in_peace(clock: Any, told: list) -> None:
    item(hours=1, waiting=True)
    actions.close_item(by=SYSTEM, item=item(hours=1), outcome="done")
    clock.move(days=3)
    assert reminding.remind() == 0


def test_item_of_an_engine_that_is_gone_is_marked_all_the_same(clock: Any, told: list) -> None:
    one = item(hours=-1)
    WorkItem.objects.update(subject_label="work.gone")
    assert reminding.remind() == 1
    one.refresh_from_db()
    assert one.late_told_at == NINE
    assert told == []


def test_engine_that_fails_keeps_no_other_from_being_told(clock: Any, told: list) -> None:
    bad, good = item(hours=-2), item(hours=-1)

    def refuse(due: subjects.ItemDue) -> None:
        if due.subject_id == bad.subject_id:
            raise RuntimeError("broken")
        told.append(("late", due.subject_id))

    subjects.unregister(LABEL)
    subjects.register(LABEL, link=lambda subject_id: "", on_item_due=refuse)
    with pytest.raises(reminding.SomeFailed):
        reminding.remind()
    bad.refresh_from_db()
    assert (told, bad.late_told_at) == ([("late", good.subject_id)], None)


def test_lawful_time_that_is_over_is_told_once(clock: Any, told: list) -> None:
    about = Subject(LABEL, str(uuid7()))
    actions.start_clock(
        by=SYSTEM, subject=about, name="service", duration=Duration(1, "days"), office_code="", at=NINE
    )
    assert reminding.remind() == 0
    clock.move(days=2)
    assert [reminding.remind(), reminding.remind()] == [1, 0]
    assert told == [("clock service", about.id)]
    assert Clock.objects.get().late_told_at == clock.at


def test_stopped_and_paused_clocks_are_not_late(clock: Any, told: list) -> None:
    for stop in (actions.stop_clock, lambda **given: actions.pause_clock(reason="returned", **given)):
        about = Subject(LABEL, str(uuid7()))
        actions.start_clock(
            by=SYSTEM, subject=about, name="service", duration=Duration(1, "days"), office_code="", at=NINE
        )
        stop(by=SYSTEM, subject=about, at=NINE)
    clock.move(days=2)
    assert reminding.remind() == 0


def test_new_deadline_after_a_pause_is_told_anew(clock: Any, told: list) -> None:
    one = item(hours=20)
    reminding.remind()
    about = Subject(LABEL, one.subject_id)
    actions.pause_clock(by=SYSTEM, subject=about, reason="returned", at=NINE)
    clock.move(days=10)
    actions.resume_clock(by=SYSTEM, subject=about, at=clock.at)
    reminding.remind()
    clock.move(days=10)
    reminding.remind()
    assert [news for news, _subject in told] == ["soon", "soon", "late"]


def test_lateness_before_a_pause_is_not_told_again(clock: Any, told: list) -> None:
    one = item(hours=-1)
    reminding.remind()
    about = Subject(LABEL, one.subject_id)
    actions.pause_clock(by=SYSTEM, subject=about, reason="returned", at=NINE)
    clock.move(days=10)
    actions.resume_clock(by=SYSTEM, subject=about, at=clock.at)
    assert reminding.remind() == 0


def test_look_at_nothing_costs_four_statements() -> None:
    with CaptureQueriesContext(connection) as captured:
        reminding.remind()
    assert len(captured) == 4


def late_clock(**given: Any) -> Subject:
    about = Subject(LABEL, str(uuid7()))
    actions.start_clock(
        by=SYSTEM,
        subject=about,
        name="response",
        duration=Duration(10, "minutes"),
        office_code="",
        at=NINE,
        **given,
    )
    return about


@pytest.fixture
def levels() -> Iterator[list[tuple[int, datetime]]]:
    """Which levels the engine was told, and when."""
    heard: list[tuple[int, datetime]] = []
    subjects.unregister(LABEL)
    subjects.register(
        LABEL, link=lambda subject_id: "", on_clock_late=lambda late: heard.append((late.level, late.at))
    )
    return heard


def test_late_clock_escalates_level_by_level(clock: Any, levels: list) -> None:
    late_clock(escalate_after=(20, Duration(1, "hours")))
    for _look in range(20):
        clock.move(minutes=5)
        reminding.remind()
    assert levels == [
        (level, NINE + timedelta(minutes=after)) for level, after in ((0, 10), (1, 30), (2, 70))
    ]


def test_worker_that_was_down_for_hours_tells_each_level_once(clock: Any, levels: list) -> None:
    late_clock(escalate_after=(20, 60, 120))
    clock.move(hours=9)
    assert [reminding.remind(), reminding.remind()] == [4, 0]
    assert [level for level, _at in levels] == [0, 1, 2, 3]


def test_level_waits_while_the_late_clock_stands_still(clock: Any, levels: list) -> None:
    about = late_clock(escalate_after=(20, 60))
    clock.move(minutes=15)
    reminding.remind()
    actions.pause_clock(by=SYSTEM, subject=about, reason="asked", at=clock.at)
    clock.move(hours=5)
    reminding.remind()
    actions.resume_clock(by=SYSTEM, subject=about, at=clock.at)
    clock.move(minutes=14)
    reminding.remind()
    assert [level for level, _at in levels] == [0]
    clock.move(minutes=1)
    reminding.remind()
    assert [level for level, _at in levels] == [0, 1]
    clock.move(minutes=40)
    reminding.remind()
    assert [level for level, _at in levels] == [0, 1, 2]


def test_stopped_clock_escalates_no_further(clock: Any, levels: list) -> None:
    about = late_clock(escalate_after=(20,))
    clock.move(minutes=15)
    reminding.remind()
    actions.stop_clock(by=SYSTEM, subject=about, at=clock.at)
    clock.move(hours=5)
    assert reminding.remind() == 0


def test_pause_ends_at_its_cap_and_the_engine_hears_of_it_once(clock: Any) -> None:
    heard: list[Any] = []
    subjects.unregister(LABEL)
    subjects.register(LABEL, link=lambda subject_id: "", on_pause_over=heard.append)
    about = late_clock()
    cap = NINE + timedelta(days=10)
    actions.pause_clock(by=SYSTEM, subject=about, reason="asked", at=NINE, until_at=cap)
    clock.move(days=9)
    assert reminding.end_pauses() == 0
    clock.move(days=2)
    assert [reminding.end_pauses(), reminding.end_pauses()] == [1, 0]
    due_at = cap + timedelta(minutes=10)
    assert heard == [subjects.PauseOver(about.id, "response", "asked", cap, due_at, clock.at)]
    assert Clock.objects.get().due_at == due_at
    assert reminding.remind() == 1


def test_item_paused_without_a_clock_has_its_cap_too(clock: Any) -> None:
    heard: list[Any] = []
    subjects.unregister(LABEL)
    subjects.register(LABEL, link=lambda subject_id: "", on_pause_over=heard.append)
    one = item(hours=2)
    cap = NINE + timedelta(hours=1)
    actions.pause_clock(
        by=SYSTEM, subject=Subject(LABEL, one.subject_id), reason="asked", at=NINE, until_at=cap
    )
    clock.move(hours=3)
    reminding.end_pauses()
    one.refresh_from_db()
    assert (one.state, one.due_at, heard[0].name) == ("open", NINE + timedelta(hours=3), "")


def test_pause_whose_engine_fails_stays_until_it_does_not(clock: Any) -> None:
    def refuse(over: subjects.PauseOver) -> None:
        raise RuntimeError("broken")

    subjects.unregister(LABEL)
    subjects.register(LABEL, link=lambda subject_id: "", on_pause_over=refuse)
    about = late_clock()
    actions.pause_clock(
        by=SYSTEM, subject=about, reason="asked", at=NINE, until_at=NINE + timedelta(minutes=1)
    )
    clock.move(hours=1)
    with pytest.raises(reminding.SomeFailed):
        reminding.end_pauses()
    assert Clock.objects.get().state == "paused"


def test_subject_is_held_before_anything_of_it_is_told(clock: Any) -> None:
    order: list[str] = []
    subjects.unregister(LABEL)
    subjects.register(
        LABEL,
        link=lambda subject_id: "",
        on_clock_late=lambda late: order.append("told"),
        hold=lambda subject_id: order.append("held"),
    )
    late_clock()
    clock.move(hours=1)
    reminding.remind()
    assert order == ["held", "told"]

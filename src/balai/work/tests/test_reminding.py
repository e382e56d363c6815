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


def test_look_at_nothing_costs_three_statements() -> None:
    with CaptureQueriesContext(connection) as captured:
        reminding.remind()
    assert len(captured) == 3

"""Items and clocks as engines and officers change them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from balai.audit.models import Entry
from balai.kernel.calendars import Duration
from balai.kernel.references import SYSTEM, Subject
from balai.kernel.uuid7 import uuid7
from balai.people.tests.factories import make_area, make_officer
from balai.work import actions, queries
from balai.work.errors import ItemNotOpen, NotYourTray
from balai.work.models import Clock, WorkItem

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)  # Monday 09.00 WIB
OFFICE = "35.05.10.2011"


def subject() -> Subject:
    return Subject("work.sample", str(uuid7()))


def open_item(about: Subject, *, kind: str = "check", waiting: bool = False) -> WorkItem:
    return actions.open_item(
        by=SYSTEM,
        subject=about,
        kind=kind,
        title="Surat keterangan usaha",
        note="Siti A., Desa Sawentar",
        office_code=OFFICE,
        permission="sample.check",
        due_at=AT + timedelta(days=1),
        waiting=waiting,
        at=AT,
    )


def test_second_live_item_of_a_kind_is_refused_by_the_database() -> None:
    about = subject()
    open_item(about)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkItem.objects.create(
            subject_label=about.label,
            subject_id=about.id,
            kind="check",
            title="x",
            office_code=OFFICE,
            permission="sample.check",
            opened_at=AT,
            due_at=AT,
        )


def test_closed_item_leaves_room_for_the_same_kind_again() -> None:
    about = subject()
    open_item(about)
    assert actions.close_item(by=SYSTEM, subject=about, kind="check", outcome="done", at=AT) == 1
    assert actions.close_item(by=SYSTEM, subject=about, kind="check", outcome="done", at=AT) == 0
    open_item(about)
    assert WorkItem.objects.filter(subject_id=about.id).count() == 2


def test_close_by_item_closes_that_one_alone() -> None:
    about = subject()
    item = open_item(about)
    open_item(about, kind="approve")
    assert actions.close_item(by=SYSTEM, item=item, outcome="done", at=AT) == 1
    assert [left.kind for left in queries.items_of(about)] == ["approve"]


def test_close_needs_to_know_what() -> None:
    with pytest.raises(TypeError):
        actions.close_item(by=SYSTEM, outcome="done")


def test_cancel_takes_paused_items_too() -> None:
    about = subject()
    open_item(about, waiting=True)
    open_item(about, kind="approve")
    assert actions.cancel_items(by=SYSTEM, subject=about, outcome="withdrawn", at=AT) == 2
    assert queries.items_of(about) == []


def test_waiting_item_is_born_paused() -> None:
    item = open_item(subject(), waiting=True)
    assert (item.state, item.paused_at) == ("paused", AT)


def test_item_due_with_the_lawful_time_stays_due_with_it_in_calendar_days() -> None:
    about, resumed_at = subject(), datetime(2026, 11, 27, 8, tzinfo=UTC)  # Friday 15.00 WIB
    two_days = Duration(2, "days")
    clock = actions.start_clock(
        by=SYSTEM, subject=about, name="service", duration=two_days, office_code=OFFICE, at=AT
    )
    WorkItem.objects.filter(pk=open_item(about).pk).update(due_at=clock.due_at)
    actions.pause_clock(by=SYSTEM, subject=about, reason="returned", at=AT)
    actions.resume_clock(by=SYSTEM, subject=about, at=resumed_at)
    running, (item,) = queries.clock_of(about, "service"), queries.items_of(about)
    assert running is not None
    assert item.due_at == running.due_at == resumed_at + timedelta(days=2)


def test_clock_pauses_resumes_and_stops_with_its_pauses_on_record() -> None:
    about = subject()
    duration = Duration(1, "hours")
    actions.start_clock(by=SYSTEM, subject=about, name="service", duration=duration, office_code="", at=AT)
    open_item(about)
    actions.pause_clock(by=SYSTEM, subject=about, reason="returned", at=AT + timedelta(minutes=20))
    actions.pause_clock(by=SYSTEM, subject=about, reason="returned", at=AT + timedelta(minutes=30))
    actions.resume_clock(by=SYSTEM, subject=about, at=AT + timedelta(hours=5))
    clock = queries.clock_of(about, "service")
    assert clock is not None
    assert (clock.state, clock.due_at) == ("running", AT + timedelta(hours=5, minutes=40))
    assert [item.state for item in queries.items_of(about)] == ["open"]
    actions.pause_clock(by=SYSTEM, subject=about, reason="returned", at=AT + timedelta(hours=5, minutes=10))
    actions.stop_clock(by=SYSTEM, subject=about, at=AT + timedelta(hours=6))
    clock.refresh_from_db()
    assert (clock.state, clock.stopped_at) == ("stopped", AT + timedelta(hours=6))
    assert [(each.reason, each.from_at, each.to_at) for each in clock.pauses.order_by("from_at")] == [
        ("returned", AT + timedelta(minutes=20), AT + timedelta(hours=5)),
        ("returned", AT + timedelta(hours=5, minutes=10), AT + timedelta(hours=6)),
    ]


def test_clock_that_is_stopped_by_name_gives_way_to_the_earlier_one() -> None:
    about, duration = subject(), Duration(1, "working_days")
    for hours, name in enumerate(("service", "again")):
        at = AT + timedelta(hours=hours)
        actions.start_clock(by=SYSTEM, subject=about, name=name, duration=duration, office_code="", at=at)
    newest = queries.newest_clock(about)
    actions.stop_clock(by=SYSTEM, subject=about, at=AT + timedelta(hours=2), name="again")
    live = queries.newest_clock(about)
    actions.stop_clock(by=SYSTEM, subject=about, at=AT + timedelta(hours=3))
    last = queries.newest_clock(about)
    assert newest is not None and live is not None and last is not None
    assert [newest.name, live.name, last.name] == ["again", "service", "again"]


def test_working_day_ends_at_the_closing_of_the_next() -> None:
    clock = actions.start_clock(
        by=SYSTEM,
        subject=subject(),
        name="service",
        duration=Duration(1, "working_days"),
        office_code=OFFICE,
        at=AT,
    )
    assert clock.due_at == datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": "paused"},
        {"state": "stopped"},
        {"state": "asleep"},
        {"paused_at": AT, "remaining_minutes": 1},
    ],
)
def test_database_refuses_a_clock_that_contradicts_itself(nonsense: dict[str, object]) -> None:
    whole = {"name": "service", "amount": 1, "unit": "days", "started_at": AT, "due_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.create(subject_label="work.sample", subject_id="1", **(whole | nonsense))


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": "done"},
        {"state": "open", "closed_at": AT},
        {"state": "paused"},
        {"state": "open", "remaining_minutes": 3},
    ],
)
def test_database_refuses_an_item_that_contradicts_itself(nonsense: dict[str, object]) -> None:
    item = open_item(subject())
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkItem.objects.filter(pk=item.pk).update(**nonsense)


def test_take_shows_whose_work_it_is_and_is_journalled() -> None:
    make_area()
    sri = make_officer(permissions=("sample.check",))
    item = open_item(subject())
    actions.take(by=sri, item=item)
    item.refresh_from_db()
    assert (item.assignee_id, item.assignee_name) == (sri.pk, "Sri Wahyuni")
    assert Entry.objects.filter(event="work.taken", about_id=item.subject_id).count() == 1
    actions.release(by=sri, item=item)
    item.refresh_from_db()
    assert (item.assignee_id, item.assignee_name) == (None, "")


def test_assign_needs_a_colleague_who_may_do_it() -> None:
    make_area()
    sri = make_officer(permissions=("sample.check",))
    head = make_officer(permissions=("sample.decide",), name="Bambang Sutejo")
    item = open_item(subject())
    with pytest.raises(NotYourTray):
        actions.assign(by=sri, item=item, to=head)
    with pytest.raises(NotYourTray):
        actions.take(by=head, item=item)


def test_take_of_a_finished_item_is_refused() -> None:
    make_area()
    sri = make_officer(permissions=("sample.check",))
    item = open_item(subject())
    actions.close_item(by=SYSTEM, item=item, outcome="done")
    with pytest.raises(ItemNotOpen):
        actions.take(by=sri, item=item)

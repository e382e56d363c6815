"""Who is on duty, who is called, and who hears of it when nobody answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from balai.audit.models import Entry
from balai.kernel.references import SYSTEM, Subject
from balai.kernel.uuid7 import uuid7
from balai.notify.models import Message
from balai.people import actions as people
from balai.people.enums import AbsenceReason
from balai.people.models import AlertContact, Officer
from balai.people.tests.factories import SAWENTAR, make_area, make_officer
from balai.runtime.errors import Forbidden
from balai.work import actions, duties, queries, rules
from balai.work.errors import DutyHoursRefused, DutyOfficerRefused, DutyOverlaps
from balai.work.models import Alert, Duty
from balai.work.tests.factories import LABEL, sample_subject

pytestmark = pytest.mark.django_db
TWO_AT_NIGHT = datetime(2026, 11, 23, 19, tzinfo=UTC)  # Tuesday 02.00 WIB
DO = "sample.check"


@pytest.fixture(autouse=True)
def clock(frozen_clock: Callable) -> Any:
    make_area()
    return frozen_clock(TWO_AT_NIGHT)


@pytest.fixture(autouse=True)
def sample() -> Iterator[None]:
    with sample_subject():
        yield


@pytest.fixture
def planner() -> Officer:
    return make_officer(permissions=("work.plan_duty", "work.oversee"), name="Bambang Sutejo")


@pytest.fixture
def sri() -> Officer:
    return make_officer(permissions=(DO,), name="Sri Wahyuni")


def reach(officer: Officer, phone: str) -> None:
    AlertContact.objects.create(officer=officer, kind="phone", value=phone, confirmed_at=TWO_AT_NIGHT)


def plan(by: Officer, officer: Officer, first: float = -2, last: float = 4) -> Duty:
    return actions.plan_duty(
        by=by,
        office_code=SAWENTAR,
        permission=DO,
        officer=officer,
        from_at=TWO_AT_NIGHT + timedelta(hours=first),
        to_at=TWO_AT_NIGHT + timedelta(hours=last),
    )


def names(hours: float = 0) -> list[str]:
    return [each.name for each in queries.on_duty(SAWENTAR, DO, TWO_AT_NIGHT + timedelta(hours=hours))]


def alert(text: str = "Pohon tumbang di jalan.") -> Alert:
    return actions.alert_on_duty(
        by=SYSTEM, subject=Subject(LABEL, str(uuid7())), office_code=SAWENTAR, permission=DO, text=text
    )


def told() -> list[tuple[str, str]]:
    rows = Message.objects.order_by("created_at", "pk")
    return [(row.recipient_name.clear if row.recipient_name else "", row.text.clear) for row in rows]


def test_duty_begins_at_its_first_instant_and_ends_before_its_last(planner: Officer, sri: Officer) -> None:
    plan(planner, sri)
    assert [names(hours) for hours in (-2.01, -2, 3.99, 4)] == [[], ["Sri Wahyuni"], ["Sri Wahyuni"], []]


def test_duty_is_planned_by_who_may_and_journalled(planner: Officer, sri: Officer) -> None:
    with pytest.raises(Forbidden):
        plan(sri, sri)
    duty = plan(planner, sri)
    assert Entry.objects.filter(event="work.duty_planned", about_id=str(duty.pk)).count() == 1


@pytest.mark.parametrize(("first", "last"), [(3, 3), (4, 3), (-5, -1), (-5, 0), (0, 24 * 14 + 1)])
def test_duty_of_impossible_hours_is_refused(
    planner: Officer, sri: Officer, first: float, last: float
) -> None:
    with pytest.raises(DutyHoursRefused):
        plan(planner, sri, first, last)


def test_duty_of_somebody_who_may_not_do_the_work_is_refused(planner: Officer) -> None:
    with pytest.raises(DutyOfficerRefused):
        plan(planner, planner)


def test_officer_is_not_on_duty_twice_at_once_but_two_may_be(planner: Officer, sri: Officer) -> None:
    plan(planner, sri)
    with pytest.raises(DutyOverlaps):
        plan(planner, sri, 3, 8)
    plan(planner, sri, 4, 8)
    plan(planner, make_officer(permissions=(DO,), name="Dwi Astuti"))
    assert names() == ["Dwi Astuti", "Sri Wahyuni"]


def test_cancelled_duty_owns_nothing_and_stays_on_record(planner: Officer, sri: Officer) -> None:
    duty = plan(planner, sri)
    for _again in range(2):
        actions.cancel_duty(by=planner, duty=duty)
    assert (names(), Duty.objects.get().cancelled_by) == ([], "Bambang Sutejo")
    assert Entry.objects.filter(event="work.duty_cancelled").count() == 1
    with pytest.raises(Forbidden):
        actions.cancel_duty(by=sri, duty=duty)


def test_who_is_away_is_not_on_duty_and_leaves_a_gap(planner: Officer, sri: Officer) -> None:
    plan(planner, sri, -2, 24 * 7)
    today = duties.local_day(TWO_AT_NIGHT)
    assert duties.gaps(SAWENTAR, DO, TWO_AT_NIGHT) == []
    people.record_absence(
        by=SYSTEM,
        officer=sri,
        from_on=today,
        to_on=today + timedelta(days=1),
        reason=AbsenceReason.LEAVE,
    )
    assert names() == []
    assert duties.gaps(SAWENTAR, DO, TWO_AT_NIGHT) == [
        rules.Span(TWO_AT_NIGHT, duties.midnight_after(TWO_AT_NIGHT + timedelta(days=1)))
    ]


def test_gaps_are_what_no_duty_covers(planner: Officer, sri: Officer) -> None:
    plan(planner, sri, 1, 5)
    plan(planner, sri, 5, 30)
    at = TWO_AT_NIGHT
    assert duties.gaps(SAWENTAR, DO, at) == [
        rules.Span(at, at + timedelta(hours=1)),
        rules.Span(at + timedelta(hours=30), at + timedelta(days=7)),
    ]


def test_alert_reaches_who_is_on_duty_and_ends_when_the_item_is_taken(
    planner: Officer, sri: Officer, clock: Any, run_jobs: Callable
) -> None:
    plan(planner, sri)
    reach(sri, "+6281234567891")
    raised = alert()
    item = actions.open_item(
        by=SYSTEM,
        subject=raised.subject,
        kind="check",
        title="Pohon tumbang",
        note="",
        office_code=SAWENTAR,
        permission=DO,
        due_at=TWO_AT_NIGHT + timedelta(minutes=10),
    )
    run_jobs()
    actions.take(by=sri, item=item)
    clock.move(minutes=11)
    run_jobs()
    raised.refresh_from_db()
    assert (raised.outcome, [name for name, _text in told()]) == ("taken", ["Sri Wahyuni"])
    assert "Pohon tumbang di jalan." in told()[0][1]
    assert f"/meja/contoh/{raised.subject_id}/" in told()[0][1]


def test_alert_that_nobody_takes_is_repeated_once_and_then_told_to_the_overseer(
    planner: Officer, sri: Officer, clock: Any, run_jobs: Callable
) -> None:
    plan(planner, sri)
    reach(sri, "+6281234567891")
    reach(planner, "+6281234567892")
    raised = alert()
    for _look in range(6):
        run_jobs()
        clock.move(minutes=10)
    raised.refresh_from_db()
    assert [name for name, _text in told()] == ["Sri Wahyuni", "Sri Wahyuni", "Bambang Sutejo"]
    assert "Belum diambil petugas piket." in told()[2][1]
    assert raised.outcome == "escalated"


def test_alert_without_anybody_on_duty_goes_to_the_overseer_and_says_so(
    planner: Officer, sri: Officer, run_jobs: Callable
) -> None:
    reach(planner, "+6281234567892")
    alert()
    run_jobs()
    ((name, text),) = told()
    assert (name, "Tidak ada petugas piket saat ini." in text) == ("Bambang Sutejo", True)


def test_alert_to_who_has_no_contact_goes_to_the_overseer(
    planner: Officer, sri: Officer, run_jobs: Callable
) -> None:
    plan(planner, sri)
    reach(planner, "+6281234567892")
    alert()
    run_jobs()
    ((name, text),) = told()
    assert (name, "belum punya kontak siaga" in text) == ("Bambang Sutejo", True)


def test_alert_that_nobody_can_hear_says_so_in_the_journal(planner: Officer, run_jobs: Callable) -> None:
    raised = alert()
    run_jobs()
    raised.refresh_from_db()
    assert (raised.outcome, told()) == ("unheard", [])
    assert Entry.objects.filter(event="work.alert_over", about_id=raised.subject_id).count() == 1


def test_same_step_again_tells_nobody_twice(planner: Officer, sri: Officer) -> None:
    plan(planner, sri)
    reach(sri, "+6281234567891")
    raised = alert()
    for _again in range(2):
        actions.sound_alert(alert_id=str(raised.pk), step=0)
    assert len(told()) == 1


def test_alert_holds_no_number_of_a_person() -> None:
    raised = alert("Pelapor 3505105708950001, hubungi 081234567801, jalan rusak")
    assert raised.text == "Pelapor [16 angka], hubungi [telepon], jalan rusak"


@pytest.mark.parametrize("nonsense", [{"to_at": TWO_AT_NIGHT - timedelta(days=9)}])
def test_database_refuses_a_duty_that_runs_backwards(
    planner: Officer, sri: Officer, nonsense: dict[str, Any]
) -> None:
    duty = plan(planner, sri)
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(**nonsense)


@pytest.mark.parametrize("nonsense", [{"outcome": "taken"}, {"over_at": TWO_AT_NIGHT}, {"outcome": "lost"}])
def test_database_refuses_an_alert_that_contradicts_itself(nonsense: dict[str, Any]) -> None:
    raised = alert()
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.filter(pk=raised.pk).update(**nonsense)

"""Whoever lets a case wait is reminded of it once, whoever looks and however long nobody did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from balai.audit.models import Entry
from balai.engines.cases import actions, queries
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.factories import SELF, Town
from balai.notify.models import Message

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(frozen_clock: Callable) -> Any:
    return frozen_clock(FRIDAY)


def ready(town: Town, run_jobs: Callable) -> Case:
    case = make.decided(town)
    run_jobs()
    return actions.shelve(by=town.operator, case=case, shelf_number="A-1")


def repaired(town: Town, case: Case, purpose: str) -> Case:
    return actions.repair(by=town.siti, case=case, answers={**case.answers.clear, "purpose": purpose})


def reminders(case: Case, run_jobs: Callable) -> list[str]:
    run_jobs()
    sent = Message.objects.filter(about_id=str(case.pk), key__contains=":reminder:")
    return [message.text.clear for message in sent]


def test_applicant_is_reminded_once_after_three_working_days(
    town: Town, clock: Any, run_jobs: Callable
) -> None:
    case = make.returned(town, make.PURPOSE_TARGET)
    clock.move(days=5)
    assert actions.remind_waiting() == 0
    clock.move(hours=8)
    assert [actions.remind_waiting(), actions.remind_waiting()] == [1, 0]
    clock.move(days=60)
    assert actions.remind_waiting() == 0
    (text,) = reminders(case, run_jobs)
    assert f"Berkas {case.number} (Surat keterangan usaha) menunggu Anda." in text
    told = [event.text for event in queries.timeline(case) if event.kind == "reminded"]
    assert told == ["Pengingat dikirim: berkas ini menunggu perbaikan."]
    assert Entry.objects.filter(event="cases.reminded", about_id=str(case.pk)).count() == 1


def test_letter_on_the_shelf_is_reminded_of_after_seven_working_days(
    town: Town, clock: Any, run_jobs: Callable
) -> None:
    case = ready(town, run_jobs)
    clock.move(days=11)
    assert actions.remind_waiting() == 0
    clock.move(hours=8)
    assert [actions.remind_waiting(), actions.remind_waiting()] == [1, 0]
    assert len(reminders(case, run_jobs)) == 1


def test_days_on_which_the_office_is_closed_do_not_count(
    town: Town, frozen_clock: Callable, run_jobs: Callable
) -> None:
    clock = frozen_clock(datetime(2026, 12, 22, 3, tzinfo=UTC))
    make.returned(town, make.PURPOSE_TARGET)
    clock.move(days=5)
    assert actions.remind_waiting() == 0
    clock.move(days=4)
    assert actions.remind_waiting() == 1


def test_stop_of_a_month_reminds_of_everything_once(town: Town, clock: Any, run_jobs: Callable) -> None:
    cases = [make.returned(town, make.PURPOSE_TARGET), ready(town, run_jobs)]
    clock.move(days=30)
    assert [actions.remind_waiting(), actions.remind_waiting()] == [2, 0]
    assert [len(reminders(case, run_jobs)) for case in cases] == [1, 1]


def test_whoever_moved_is_left_in_peace(town: Town, clock: Any, run_jobs: Callable) -> None:
    repaired(town, make.returned(town, make.PURPOSE_TARGET), "Mengajukan KUR di BRI Kanigoro")
    actions.withdraw(by=town.siti, case=make.returned(town, make.PURPOSE_TARGET))
    actions.hand_over(by=town.operator, case=ready(town, run_jobs), taker=SELF)
    clock.move(days=30)
    assert actions.remind_waiting() == 0


def test_case_that_waits_again_is_reminded_of_again(town: Town, clock: Any, run_jobs: Callable) -> None:
    case = make.returned(town, make.PURPOSE_TARGET)
    clock.move(days=10)
    actions.remind_waiting()
    clock.move(minutes=1)
    case = repaired(town, case, "Mengajukan KUR di BRI Kanigoro")
    case = make.judge(town.operator, case, make.PURPOSE_TARGET)
    case = actions.return_for_repair(by=town.operator, case=case)
    assert actions.remind_waiting() == 0
    clock.move(days=10)
    assert [actions.remind_waiting(), actions.remind_waiting()] == [1, 0]
    assert len(reminders(case, run_jobs)) == 2

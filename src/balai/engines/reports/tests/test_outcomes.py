"""Each promise becomes one row when its clock stops, and none where the office could not help it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from balai.engines.reports import actions
from balai.engines.reports.enums import ClockName, Verdict
from balai.engines.reports.models import OfficeMonth, Outcome, Report
from balai.engines.reports.queries import definitions, league
from balai.engines.reports.rules.endings import Ending, counts
from balai.engines.reports.tests import factories as make
from balai.kernel.references import SYSTEM
from balai.runtime import clock, memory

MONDAY = datetime(2026, 11, 2, 3, tzinfo=UTC)
ACK, FIRST, DONE = ClockName.ACKNOWLEDGE, ClockName.FIRST_RESPONSE, ClockName.COMPLETION


def rows() -> list[tuple[str, str, int, bool]]:
    """Office, promise, round, whether in time."""
    return [
        (each.office_code, each.clock, each.round, each.in_time) for each in Outcome.objects.order_by("pk")
    ]


def test_each_kept_promise_is_one_row_of_the_office_that_owed_it(town: make.Town) -> None:
    make.resolved(town)
    assert rows() == [
        (make.RECEPTION, "acknowledge", 1, True),
        (make.ROADS, "first_response", 1, True),
        (make.ROADS, "completion", 1, True),
    ]


def test_second_answer_and_system_lines_count_for_nothing(town: make.Town) -> None:
    report = make.working(town)
    actions.answer(by=town.roads, report=report, text="Masih dikerjakan.")
    assert [row[1] for row in rows()] == ["acknowledge", "first_response"]


def test_time_waiting_for_the_reporter_is_not_counted(town: make.Town, frozen_clock) -> None:
    moment = frozen_clock(MONDAY)
    report = make.assigned(town)
    actions.ask(by=town.roads, report=report, text="Di sisi mana?")
    moment.move(days=3)
    report = actions.reply(by=SYSTEM, report=report, text="Sisi timur.")
    actions.resolve(by=town.roads, report=report, text="Sudah.", proof=make.proof(town.roads))
    assert Outcome.objects.get(clock=DONE).minutes == 0


def test_late_answer_is_a_broken_promise(town: make.Town, frozen_clock) -> None:
    moment = frozen_clock(MONDAY)
    report = make.assigned(town)
    moment.move(days=30)
    actions.answer(by=town.roads, report=report, text="Maaf terlambat.")
    found = Outcome.objects.get(clock=FIRST)
    assert (found.in_time, found.office_code) == (False, make.ROADS)
    assert found.minutes > 5 * 7 * 60


def test_joined_report_counts_for_nobody(town: make.Town) -> None:
    first, second = make.send().report, make.send(text="Lubang yang sama di depan sekolah itu").report
    actions.merge(by=town.receiver, report=second, into=first)
    assert rows() == []


def test_what_another_body_mended_is_not_the_towns_completion(town: make.Town) -> None:
    report = actions.forward_out(by=town.receiver, report=make.send().report, body="province-roads")
    actions.resolve(by=town.receiver, report=report, text="Provinsi sudah.", proof=make.proof(town.receiver))
    assert rows() == [(make.RECEPTION, "acknowledge", 1, True)]


def test_rejecting_in_time_counts_as_checked_and_nothing_else(town: make.Town) -> None:
    actions.reject(by=town.receiver, report=make.send().report, reason=reject_reason())
    assert rows() == [(make.RECEPTION, "acknowledge", 1, True)]


def test_laying_late_reports_aside_heals_nothing(town: make.Town, frozen_clock) -> None:
    moment = frozen_clock(MONDAY)
    report = make.assigned(town)
    moment.move(days=60)
    actions.reject(by=town.receiver, report=report, reason=reject_reason())
    assert {row[1:] for row in rows()} == {
        ("acknowledge", 1, True),
        ("first_response", 1, False),
        ("completion", 1, False),
    }


def test_reports_about_officers_are_never_counted(town: make.Town) -> None:
    report = make.send().report
    Report.objects.filter(pk=report.pk).update(
        kind="whistle", visibility="secret", public_text="", is_listed=False, office_code=make.INSPECTORATE
    )
    report.refresh_from_db()
    actions.answer(by=town.auditor, report=report, text="Kami periksa.")
    assert rows() == []


def test_reopening_marks_the_repair_and_begins_another_promise(town: make.Town) -> None:
    report = make.resolved(town)
    actions.judge(by=SYSTEM, voice=make.filer(report), verdict=Verdict.NOT)
    report.refresh_from_db()
    actions.resolve(by=town.roads, report=report, text="Diulang.", proof=make.proof(town.roads))
    done = Outcome.objects.filter(clock=DONE).order_by("round")
    assert [(each.round, each.reopened) for each in done] == [(1, True), (2, False)]


def test_silence_is_unconfirmed_until_the_reporter_speaks(town: make.Town, frozen_clock) -> None:
    moment = frozen_clock(MONDAY)
    report = make.resolved(town)
    moment.move(days=30)
    actions.close_silent()
    assert Outcome.objects.get(clock=DONE).unconfirmed
    actions.judge(by=SYSTEM, voice=make.filer(report), verdict=Verdict.DONE)
    assert not Outcome.objects.get(clock=DONE).unconfirmed


def test_renewing_twice_changes_nothing(town: make.Town) -> None:
    make.resolved(town)
    assert actions.renew_league(clock.now()) == 3
    before = list(OfficeMonth.objects.order_by("pk").values())
    assert actions.renew_league(clock.now()) == 0
    assert list(OfficeMonth.objects.order_by("pk").values()) == before
    assert {(each["office_code"], each["clock"], each["n"], each["in_time"]) for each in before} == {
        (make.RECEPTION, "acknowledge", 1, 1),
        (make.ROADS, "first_response", 1, 1),
        (make.ROADS, "completion", 1, 1),
    }


def test_what_is_still_owed_counts_in_the_month_in_which_it_fell_due(town: make.Town, frozen_clock) -> None:
    moment = frozen_clock(MONDAY)
    report = make.assigned(town)
    moment.move(days=60)
    actions.renew_league(clock.now())
    owed = OfficeMonth.objects.get(clock=FIRST)
    assert (owed.office_code, owed.n, owed.open_late) == (make.ROADS, 0, 1)
    assert league.unanswered_late() == 1
    actions.answer(by=town.roads, report=Report.objects.get(pk=report.pk), text="Maaf.")
    actions.renew_league(clock.now())
    told = OfficeMonth.objects.filter(clock=FIRST).order_by("month_on")
    assert [(each.n, each.open_late) for each in told] == [(0, 0), (1, 0)]
    assert league.unanswered_late() == 0


def test_median_of_recent_first_responses(town: make.Town, frozen_clock) -> None:
    frozen_clock(MONDAY)
    assert league.recent_median(clock.now()) is None
    memory.forget_everything()
    for each in range(3):
        make.working(town, text=f"Jalan berlubang dalam sekali di gang {each}")
    assert league.recent_median(clock.now()) == 0
    assert league.recent_median(clock.now() + timedelta(days=31)) is None


@pytest.mark.parametrize(
    ("ending", "name", "by", "in_time", "expected"),
    [
        (Ending.KEPT, FIRST, "officer", True, True),
        (Ending.KEPT, FIRST, "officer", False, True),
        (Ending.KEPT, FIRST, "system", True, False),
        (Ending.KEPT, DONE, "citizen", True, False),
        (Ending.LAID_ASIDE, ACK, "officer", True, True),
        (Ending.LAID_ASIDE, ACK, "citizen", True, False),
        (Ending.LAID_ASIDE, DONE, "officer", True, False),
        (Ending.LAID_ASIDE, DONE, "citizen", False, True),
        (Ending.EXCUSED, DONE, "officer", False, False),
        (Ending.LAID_ASIDE, DONE, "system", False, False),
    ],
)
def test_which_endings_count(ending: Ending, name: str, by: str, in_time: bool, expected: bool) -> None:
    assert counts(ending, name, by=by, in_time=in_time) is expected


def reject_reason() -> str:
    """Any reason for which reports are rejected."""
    return definitions.current().reasons.reject[0].code

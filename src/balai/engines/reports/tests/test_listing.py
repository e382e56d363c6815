"""The public list: what fits, page by page; nothing private, nothing sensitive by its point."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.engines.reports import actions
from balai.engines.reports.models import Report
from balai.engines.reports.queries import definitions, listing
from balai.engines.reports.queries.listing import Asked, Box
from balai.engines.reports.queries.summaries import summaries
from balai.engines.reports.tests import factories as make
from balai.engines.reports.tests.sensitive import sensitive_holes
from balai.work.subjects import ClockLate

__all__ = ["sensitive_holes"]
pytestmark = pytest.mark.django_db

WHEN = datetime(2026, 3, 2, 2, tzinfo=UTC)
SCHOOL = Box(-8.10, 112.20, -8.09, 112.21)


ALL = Asked()


def numbers(asked: Asked = ALL) -> list[str]:
    return [each.number for each in listing.page(asked).rows]


def test_only_what_everybody_may_read_is_there(town: make.Town) -> None:
    unchecked = make.send().report
    actions.assign(by=town.receiver, report=make.send(secret=True).report, office_code=make.ROADS)
    archived = make.send().report
    actions.archive(by=town.receiver, report=archived, reason=definitions.current().reasons.archive[0].code)
    joined = make.send().report
    shown = make.assigned(town)
    actions.merge(by=town.receiver, report=joined, into=shown)
    assert numbers() == [shown.number]
    everything = Report.objects.values_list("number", flat=True)
    assert [row.number for row in listing.by_numbers(list(everything))] == [shown.number]
    assert unchecked.number not in numbers(Asked(words="berlubang")) == [shown.number]


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        (Asked(categories=(make.HOLE,)), True),
        (Asked(categories=("jalan",)), False),
        (Asked(group="roads"), True),
        (Asked(group="roads", categories=("jalan",)), False),
        (Asked(group="water"), False),
        (Asked(office=make.ROADS), True),
        (Asked(office=make.OTHER), False),
        (Asked(area=make.SAWENTAR), True),
        (Asked(area="35.05.10"), True),
        (Asked(area="35.05.11"), False),
        (Asked(state="open"), True),
        (Asked(state="done"), False),
        (Asked(state="late"), False),
        (Asked(since=WHEN, until=WHEN + timedelta(seconds=1)), True),
        (Asked(until=WHEN), False),
        (Asked(since=WHEN + timedelta(seconds=1)), False),
        (Asked(words="berlubang"), True),
        (Asked(words="banjir"), False),
        (Asked(box=SCHOOL), True),
        (Asked(box=Box(-8.09, 112.20, -8.08, 112.21)), False),
    ],
)
def test_each_filter_narrows_the_list(
    town: make.Town, frozen_clock: Callable[[datetime], Any], asked: Asked, is_found: bool
) -> None:
    frozen_clock(WHEN)
    report = make.assigned(town, where=make.AT_SCHOOL)
    Report.objects.update(area_code=make.SAWENTAR)
    assert numbers(asked) == ([report.number] if is_found else [])


def test_what_is_late_is_found_while_it_is_open(
    town: make.Town, frozen_clock: Callable[[datetime], Any]
) -> None:
    clock = frozen_clock(WHEN)
    report = make.assigned(town)
    clock.move(days=60)
    actions.promise_late(ClockLate(str(report.pk), "completion", due_at=WHEN, at=clock()))
    assert numbers(Asked(state="late")) == [report.number]


def test_pages_go_on_without_a_gap_or_a_repeat_even_within_one_instant(
    town: make.Town, frozen_clock: Callable[[datetime], Any]
) -> None:
    frozen_clock(WHEN)
    sent = [make.assigned(town, photos=0, channel="phone").number for _ in range(7)]
    read, after, statements = [], None, set()
    while True:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = listing.page(Asked(), after=after, size=3)
        statements.add(len(asked))
        read += [each.number for each in page.rows]
        after = page.next
        if after is None:
            break
    assert sorted(read) == sorted(sent) and len(set(read)) == 7
    assert statements == {1, 2}
    parts = list(listing.pages(Asked(), 5))
    assert [each.number for part in parts for each in part] == read[:5]
    last = listing.behind(Asked(), 5)
    assert last == parts[-1][-1].pk and listing.behind(Asked(), 7) is None
    assert [each.number for each in listing.page(Asked(), after=last).rows] == read[5:]


def test_near_by_is_measured(town: make.Town) -> None:
    report = make.assigned(town, where=make.AT_SCHOOL)
    near = listing.nearby(-8.0987, 112.2020)
    assert [(each.report.number, each.metres) for each in near] == [(report.number, 110)]
    assert listing.nearby(-8.0987, 112.2020, metres=100) == []


@pytest.mark.usefixtures("sensitive_holes")
def test_a_sensitive_report_is_found_by_its_village_and_never_by_its_point(town: make.Town) -> None:
    report = make.assigned(town, where=make.AT_SCHOOL)
    assert numbers(Asked(area=report.area_code)) == [report.number]
    assert numbers(Asked(box=SCHOOL)) == []
    assert listing.nearby(-8.0987, 112.2010) == []
    (told,) = summaries([report])
    assert told.point is None and "SDN" not in told.place


def test_a_kind_that_is_in_no_file_any_more_is_treated_as_sensitive(town: make.Town) -> None:
    report = make.assigned(town, where=make.AT_SCHOOL)
    Report.objects.filter(pk=report.pk).update(category="dihapus")
    assert numbers() == [report.number] and numbers(Asked(box=SCHOOL)) == []


def test_a_list_is_told_in_a_fixed_number_of_statements(town: make.Town) -> None:
    rows = [make.working(town) for _ in range(4)]
    with CaptureQueriesContext(connection) as few:
        summaries(rows[:1])
    with CaptureQueriesContext(connection) as more:
        told = summaries(rows)
    assert len(few) == len(more) == 4
    assert {each.said for each in told} == {"Kami tinjau besok pagi."} and all(
        each.picture_url for each in told
    )

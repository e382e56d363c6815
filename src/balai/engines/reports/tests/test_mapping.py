"""Maps: counted beforehand where they are wide, points where they are narrow, nothing sensitive exactly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from balai.engines.reports import actions
from balai.engines.reports.models import MapCount, Report
from balai.engines.reports.queries import mapping
from balai.engines.reports.queries.listing import Asked, Box
from balai.engines.reports.tests import factories as make
from balai.engines.reports.tests.sensitive import sensitive_holes

__all__ = ["sensitive_holes"]
pytestmark = pytest.mark.django_db

WHEN = datetime(2026, 3, 2, 2, tzinfo=UTC)
MARCH, APRIL = datetime(2026, 2, 28, 17, tzinfo=UTC), datetime(2026, 3, 31, 17, tzinfo=UTC)
TOWN, SCHOOL = Box(-8.4, 111.9, -7.9, 112.5), Box(-8.10, 112.20, -8.09, 112.21)


def number(asked: Asked, box: Box = TOWN) -> int:
    found = mapping.shown(asked, box)
    return sum(each.number for each in found.many) + len(found.points)


def test_a_wide_map_counts_what_everybody_may_read(
    town: make.Town, frozen_clock: Callable[[datetime], Any]
) -> None:
    clock = frozen_clock(WHEN)
    make.assigned(town, where=make.AT_SCHOOL)
    done = make.resolved(town, where=make.AT_SCHOOL)
    make.assigned(town)
    make.send(where=make.AT_SCHOOL)
    assert number(Asked()) == 0
    assert actions.count_map() == 1
    assert number(Asked()) == 3
    assert (number(Asked(state="open")), number(Asked(state="done"))) == (2, 1)
    assert (number(Asked(group="roads")), number(Asked(group="water"))) == (3, 0)
    assert (number(Asked(since=MARCH, until=APRIL)), number(Asked(since=APRIL))) == (3, 0)
    clock.move(days=40)
    actions.archive(by=town.receiver, report=make.assigned(town, where=make.AT_SCHOOL), reason="not-a-report")
    actions.count_map()
    assert number(Asked()) == 3
    clock.move(minutes=9)
    actions.judge(by=make.NOBODY, voice=make.filer(done), verdict="not")
    actions.count_map()
    assert (number(Asked(state="open")), number(Asked(state="done"))) == (3, 0)
    clock.move(minutes=9)
    assert actions.count_map() == 1  # once more, for what was not to be seen yet
    clock.move(minutes=9)
    assert actions.count_map() == 0


def test_a_narrow_map_shows_points_and_many_as_numbers(
    town: make.Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [make.assigned(town, where=make.AT_SCHOOL) for _ in range(3)]
    found = mapping.shown(Asked(), SCHOOL)
    assert {each.pk for each in found.points} == {each.pk for each in reports} and not found.many
    monkeypatch.setattr(mapping, "MOST_POINTS", 2)
    found = mapping.shown(Asked(), SCHOOL)
    assert [each.number for each in found.many] == [3] and not found.points and not found.is_cut
    monkeypatch.setattr(mapping, "MOST_READ", 2)
    assert mapping.shown(Asked(state="late"), SCHOOL).points == []


def test_what_is_not_counted_beforehand_is_read(town: make.Town) -> None:
    report = make.assigned(town, where=make.AT_SCHOOL)
    assert number(Asked(words="berlubang")) == number(Asked(office=make.ROADS)) == 1
    assert number(Asked(since=report.filed_at - timedelta(hours=1))) == 1


@pytest.mark.usefixtures("sensitive_holes")
def test_sensitive_reports_lie_at_their_village_and_few_of_them_nowhere(town: make.Town) -> None:
    for _ in range(2):
        make.assigned(town, where=make.AT_SCHOOL)
    actions.count_map()
    assert (number(Asked()), number(Asked(), SCHOOL)) == (0, 0)
    make.assigned(town, where=make.Where(lat=-8.0990, lon=112.2015))
    actions.count_map()
    assert number(Asked()) == 3 and number(Asked(), SCHOOL) == 0
    assert MapCount.objects.filter(month_on=None).count() == 2  # the kind, and all such kinds


@pytest.mark.usefixtures("sensitive_holes")
def test_a_kind_that_becomes_sensitive_leaves_no_exact_count(town: make.Town) -> None:
    Report.objects.all().delete()
    make.assigned(town, where=make.AT_SCHOOL)
    actions.count_map()
    assert number(Asked()) == 0

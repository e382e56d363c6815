"""The inbox: the right items, in order, page by page, at the same cost whatever lies in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.people.models import Officer
from balai.runtime.errors import NotFound
from balai.work import queries
from balai.work.enums import Box, ItemState
from balai.work.models import WorkItem
from balai.work.tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)  # Tuesday 10.00 WIB
OFFICES = ("35.05.10.2011", "35.05.10.1008", "35.05.11.1006")
ELSEWHERE = "35.05.12.2001"


@pytest.fixture(autouse=True)
def sample(frozen_clock) -> Iterator[None]:
    frozen_clock(NOW)
    with make.sample_subject():
        yield


def fresh(officer: Officer) -> Officer:
    """As the next request reads the officer: nothing remembered."""
    return Officer.objects.select_related("account").get(pk=officer.pk)


def walk(officer: Officer, box: Box, limit: int, q: str = "") -> list[WorkItem]:
    """Every page of a box, one after the other."""
    found, cursor = [], None
    while True:
        page = queries.inbox(officer, box, after=cursor, limit=limit, q=q)
        found += page.items
        cursor = page.next
        if cursor is None:
            return found


def expected(box: Box) -> list[WorkItem]:
    """What the box must hold, by the plainest query there is."""
    span, shelf = queries.span_of(box, NOW), queries.SHELVES[box]
    rows = list(WorkItem.objects.filter(state=shelf.state, office_code__in=OFFICES))
    moment = {item.pk: getattr(item, shelf.column) for item in rows}
    rows = [
        item
        for item in rows
        if (span.since is None or moment[item.pk] >= span.since)
        and (span.until is None or moment[item.pk] < span.until)
    ]
    return sorted(rows, key=lambda item: (moment[item.pk], item.pk), reverse=shelf.newest_first)


def test_boxes_hold_what_is_due_when_and_nothing_of_other_offices() -> None:
    for seed, state in enumerate(ItemState):
        make.make_items(120, offices=[*OFFICES, ELSEWHERE], now=NOW, state=state, seed=seed)
    officer = fresh(make.officer_of(OFFICES))
    for box in Box:
        found = walk(officer, box, limit=7)
        assert [item.pk for item in found] == [item.pk for item in expected(box)], box
        assert found, box


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    minutes=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=40
    ),  # few instants, so that many items are due at once
    limit=st.integers(1, 9),
)
def test_pages_lose_and_repeat_nothing_when_many_are_due_at_once(
    minutes: list[tuple[int, int]], limit: int
) -> None:
    WorkItem.objects.all().delete()
    items = make.make_items(len(minutes), offices=OFFICES, now=NOW)
    for item, (office, minute) in zip(items, minutes, strict=True):
        item.office_code, item.due_at = OFFICES[office], NOW + timedelta(minutes=minute)
        item.save()
    officer = fresh(Officer.objects.first() or make.officer_of(OFFICES))
    assert [item.pk for item in walk(officer, Box.TODO, limit)] == [item.pk for item in expected(Box.TODO)]


@pytest.mark.parametrize("q", ["", "siti"])
def test_inbox_costs_the_same_statements_with_10_and_with_2000_items(q: str) -> None:
    officer = make.officer_of(OFFICES)
    make.make_items(10, offices=OFFICES, now=NOW)
    few = statements(officer, q)
    make.make_items(1990, offices=OFFICES, now=NOW, seed=2)
    assert statements(officer, q) == few == 5  # the officer's roles (three), the page, the counts


def statements(officer: Officer, q: str) -> int:
    asking = fresh(officer)
    with CaptureQueriesContext(connection) as captured:
        queries.inbox(asking, Box.TODO, q=q)
        queries.counts(asking)
    return len(captured)


def test_counts_stop_at_99_and_more() -> None:
    officer = fresh(make.officer_of(OFFICES))
    make.make_items(150, offices=OFFICES, now=NOW)
    make.make_items(3, offices=OFFICES, now=NOW, state=ItemState.PAUSED)
    counts = queries.counts(officer)
    assert (str(counts[Box.TODO]), str(counts[Box.WAITING])) == ("99+", "3")
    assert counts[Box.LATE].number == len(expected(Box.LATE))
    assert counts[Box.SOON].number == len(expected(Box.SOON))


def test_officer_without_any_office_has_an_empty_inbox() -> None:
    make.make_items(5, offices=OFFICES, now=NOW)
    officer = fresh(make.officer_of(OFFICES, permissions=("people.prove",)))
    assert queries.inbox(officer, Box.TODO) == queries.Page([], None)
    assert {count.number for count in queries.counts(officer).values()} == {0}


def test_search_finds_by_number_and_by_name() -> None:
    officer = fresh(make.officer_of(OFFICES))
    items = make.make_items(60, offices=OFFICES, now=NOW)
    assert [item.pk for item in walk(officer, Box.TODO, 4, q="SITI")] == [
        item.pk for item in expected(Box.TODO) if item.note.startswith("Siti")
    ]
    number = items[0].reference
    assert items[0].pk in {item.pk for item in walk(officer, Box.TODO, 4, q=number.lower())}


@pytest.mark.parametrize("q", ["%", "_", "'; DROP TABLE work_workitem; --", "\\", "\U0001f600"])
def test_search_for_odd_characters_finds_nothing(q: str) -> None:
    officer = fresh(make.officer_of(OFFICES))
    make.make_items(5, offices=OFFICES, now=NOW)
    assert walk(officer, Box.TODO, 5, q=q) == []


@pytest.mark.parametrize("after", ["x", "!!!", "AAAA", "Mg", "é", "OTk5OTk5fDEy"])
def test_forged_cursor_is_not_found(after: str) -> None:
    officer = fresh(make.officer_of(OFFICES))
    with pytest.raises(NotFound):
        queries.inbox(officer, Box.TODO, after=after)


def test_unknown_box_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.inbox(fresh(make.officer_of(OFFICES)), "everything")


def test_item_links_to_the_page_of_its_subject() -> None:
    (item,) = make.make_items(1, offices=OFFICES, now=NOW)
    assert item.link == f"/meja/contoh/{item.subject_id}/"
    item.subject_label = "removed.engine"
    assert item.link == ""


def test_item_of_another_office_looks_absent() -> None:
    (item,) = make.make_items(1, offices=[ELSEWHERE], now=NOW)
    officer = fresh(make.officer_of(OFFICES))
    with pytest.raises(NotFound):
        queries.item_for_officer(officer, item.pk)

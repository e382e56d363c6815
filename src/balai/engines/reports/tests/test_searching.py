"""Words find reports, newest first, on both databases; and nothing that is not for everybody."""

from __future__ import annotations

import pytest

from balai.engines.reports import actions
from balai.engines.reports.models import Report
from balai.engines.reports.queries.searching import with_words
from balai.engines.reports.tests import factories as make


def found(q: str) -> list[str]:
    keys = with_words(q)
    assert keys is not None
    return list(Report.objects.filter(pk__in=keys).order_by("number").values_list("number", flat=True))


@pytest.mark.parametrize(
    ("q", "is_found"),
    [
        ("berlubang", True),
        ("BERLUBANG Sawentar", True),
        ("berlub", True),
        ("lubang", False),
        ("banjir", False),
        ("berlubang banjir", False),
        ("sdn sawentar 2!", True),
    ],
)
def test_every_word_must_be_there_or_begin_so(town: make.Town, q: str, is_found: bool) -> None:
    number = make.send(photos=0, channel="phone").number
    assert found(q) == ([number] if is_found else [])


@pytest.mark.parametrize("q", ["", "  ", "a", "!!! ???", '"', "* OR *"])
def test_what_holds_no_words_asks_nothing_or_breaks_nothing(town: make.Town, q: str) -> None:
    keys = with_words(q)
    assert keys is None or list(Report.objects.filter(pk__in=keys)) == []


def test_a_secret_report_is_never_found(town: make.Town) -> None:
    make.send(photos=0, channel="phone", secret=True)
    assert found("berlubang") == []


def test_an_edited_text_is_found_by_its_new_words_alone(town: make.Town) -> None:
    report = make.assigned(town, photos=0, channel="phone")
    actions.edit_public(by=town.receiver, report=report, text="Aspal ambles.", title="Jalan ambles")
    assert (found("ambles"), found("berlubang")) == ([report.number], [])


def test_a_part_is_found_by_its_own_words(town: make.Town) -> None:
    whole = make.send(photos=0, channel="phone").report
    part = actions.split(by=town.receiver, report=whole, category=make.HOLE, text="Selokannya tersumbat.")
    assert found("tersumbat") == [part.number]

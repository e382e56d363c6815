"""Reports of the demo town are told on after an interruption."""

from __future__ import annotations

import pytest

from balai.demo.engines import reports as telling
from balai.demo.engines import reports_acts as acts
from balai.demo.tests.furnishing import furnish
from balai.demo.town.told import read
from balai.engines.reports.queries import finding

pytestmark = pytest.mark.django_db


def cut_off(*_things: object, **_facts: object) -> None:
    """The machine goes off in this moment."""
    raise KeyboardInterrupt


def test_report_that_was_cut_off_is_told_from_its_beginning(monkeypatch) -> None:
    first = read(telling.BOOK)[0]
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setitem(acts.ACTS, "judge", cut_off)
        furnish("reports")
    assert telling.told_before(first) is None
    furnish("reports")
    assert [each.key for each in read(telling.BOOK) if telling.told_before(each) is None] == []
    report = finding.report_by_id(str(telling.told_before(first)))
    assert report is not None and report.reopened == 1

"""What the timeline says when many people stand behind one report, and what is asked of her who filed it."""

from __future__ import annotations

import pytest

from balai.engines.reports import actions
from balai.engines.reports.actions import Who
from balai.engines.reports.actions.filing import NOBODY
from balai.engines.reports.queries import telling
from balai.engines.reports.rules.numbers import title_of
from balai.engines.reports.tests import factories as make

pytestmark = pytest.mark.django_db


def test_neighbours_who_joined_one_after_another_are_one_line(town: make.Town) -> None:
    report = make.send().report
    for number in range(3):
        actions.join(by=NOBODY, report=report, who=Who(), device=f"phone {number}")
    report = actions.assign(by=town.receiver, report=report, office_code=make.ROADS)
    actions.join(by=NOBODY, report=report, who=Who(), device="phone 3")
    report.refresh_from_db()
    lines = [line.text for line in telling.timeline(report)]
    assert [lines[1], lines[3]] == [
        "3 warga lagi ikut melaporkan ini.",
        "Satu warga lagi ikut melaporkan ini.",
    ]
    assert (len(lines), telling.timeline(report)[-1].state) == (4, "current")


def test_question_is_told_while_it_waits(town: make.Town) -> None:
    report = make.assigned(town)
    assert telling.asked(report) == ""
    report = actions.ask(by=town.roads, report=report, text="Di sisi mana?")
    assert telling.asked(report) == "Di sisi mana?"
    report = actions.reply(by=NOBODY, report=report, text="Sisi utara.")
    assert telling.asked(report) == ""


def test_first_sentence_is_a_title_without_its_full_stop() -> None:
    assert title_of("Lampu mati di gang. Sudah lama.", "Lampu") == "Lampu mati di gang"

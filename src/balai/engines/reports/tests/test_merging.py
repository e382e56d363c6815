"""Reports that became one: whose voices count, who still has the last word, and what cannot become one."""

from __future__ import annotations

import pytest
from django.test import Client

from balai.engines.reports import actions
from balai.engines.reports.actions.filing import NOBODY
from balai.engines.reports.enums import ReportState, Verdict
from balai.engines.reports.errors import NotTogether, VerdictTaken
from balai.engines.reports.models import Report
from balai.engines.reports.tests import factories as make
from balai.engines.reports.views.parts import grant_url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


def voices(*reports: Report) -> list[int]:
    return [Report.objects.get(pk=each.pk).voices for each in reports]


def test_voices_are_counted_where_they_are_whatever_is_taken_apart_first(town: make.Town) -> None:
    first, second, third = (make.send(photos=1).report for _ in range(3))
    actions.join(by=NOBODY, report=first, who=make.NOBODY_SAID, device="a")
    actions.join(by=NOBODY, report=first, who=make.NOBODY_SAID, device="b")
    actions.merge(by=town.receiver, report=first, into=second)
    actions.merge(by=town.receiver, report=second, into=third)
    assert voices(third) == [5]
    actions.separate(by=town.receiver, report=second)
    assert voices(second, third) == [1, 4]
    actions.separate(by=town.receiver, report=first)
    assert voices(first, second, third) == [3, 1, 1]


def test_a_whole_does_not_become_its_own_part(town: make.Town) -> None:
    whole = make.send().report
    part = actions.split(by=town.receiver, report=whole, category=make.HOLE, text="Lampu jalannya juga mati.")
    with pytest.raises(NotTogether):
        actions.merge(by=town.receiver, report=whole, into=part)


def test_who_was_merged_still_judges_as_one_who_joined(town: make.Town) -> None:
    kept = make.working(town)
    others = [make.send().report for _ in range(3)]
    for each in others:
        actions.merge(by=town.receiver, report=each, into=kept)
    actions.resolve(by=town.roads, report=kept, text="Sudah.", proof=make.proof(town.roads))
    page = Client()
    html = page.get(grant_url(make.filer(others[0])), follow=True).content.decode()
    assert "Bagaimana menurut Anda?" in html
    answer = page.post(f"/lacak/laporan/{others[0].number}/nilai/", {"verdict": "not", "note": ""})
    assert answer.status_code == 302
    with pytest.raises(VerdictTaken):
        actions.judge(by=NOBODY, voice=make.filer(others[0]), verdict=Verdict.DONE)
    html = page.get(f"/lacak/laporan/{others[0].number}/").content.decode()
    assert "Bagaimana menurut Anda?" not in html
    actions.judge(by=NOBODY, voice=make.filer(others[1]), verdict=Verdict.DONE)
    kept.refresh_from_db()
    assert kept.state == ReportState.RESOLVED
    actions.judge(by=NOBODY, voice=make.filer(others[2]), verdict=Verdict.NOT)
    kept.refresh_from_db()
    assert kept.state == ReportState.RESOLVED
    late = make.send().report
    Report.objects.filter(pk=late.pk).update(
        parent=kept, relation="duplicate", state="joined", closed_at=late.filed_at
    )
    actions.judge(by=NOBODY, voice=make.filer(late), verdict=Verdict.PARTLY)
    kept.refresh_from_db()
    assert kept.state == ReportState.WORKING

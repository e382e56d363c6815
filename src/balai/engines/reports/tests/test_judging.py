"""The last word is the citizens'."""

from __future__ import annotations

import pytest

from balai.engines.reports import actions
from balai.engines.reports.actions.filing import NOBODY, Who
from balai.engines.reports.enums import ReportState, Verdict
from balai.engines.reports.errors import Moved, NotYourReport, VerdictTaken
from balai.engines.reports.models import Event, Judgement, Report, Voice
from balai.engines.reports.tests import factories as make
from balai.runtime import clock
from balai.work import queries as work


def test_done_closes_it(town: make.Town) -> None:
    report = actions.judge(by=NOBODY, voice=make.filer(make.resolved(town)), verdict=Verdict.DONE)
    assert (report.state, report.closed_at is not None) == (ReportState.CLOSED, True)


@pytest.mark.parametrize("verdict", [Verdict.PARTLY, Verdict.NOT])
def test_partly_or_not_opens_it_again_on_a_new_clock(town: make.Town, verdict: Verdict) -> None:
    report = make.resolved(town)
    again = actions.judge(by=NOBODY, voice=make.filer(report), verdict=verdict, note="Masih berlubang")
    assert (again.state, again.reopened, again.closed_at) == (ReportState.WORKING, 1, None)
    rounds = work.rounds_of(report.as_subject(), "completion")
    assert sorted(clock.state for clock in rounds) == ["running", "stopped"]
    assert [item.kind for item in work.items_of(report.as_subject())] == ["complete"]


def test_a_verdict_is_given_once_for_each_repair(town: make.Town) -> None:
    report = make.resolved(town)
    voice = make.filer(report)
    actions.judge(by=NOBODY, voice=voice, verdict=Verdict.NOT)
    with pytest.raises(Moved):
        actions.judge(by=NOBODY, voice=voice, verdict=Verdict.NOT)
    actions.resolve(by=town.roads, report=report, text="Ditambal lagi.", proof=make.proof(town.roads))
    actions.judge(by=NOBODY, voice=voice, verdict=Verdict.DONE)
    assert Judgement.objects.count() == 2


def test_one_who_joined_opens_nothing_and_three_do(town: make.Town) -> None:
    report = make.assigned(town)
    for each in range(3):
        actions.join(by=NOBODY, report=report, who=Who(), device=f"hp-{each}")
    actions.answer(by=town.roads, report=report, text="Ya.")
    actions.resolve(by=town.roads, report=report, text="Selesai.", proof=make.proof(town.roads))
    states = []
    for voice in Voice.objects.filter(report=report, is_first=False):
        states.append(actions.judge(by=NOBODY, voice=voice, verdict=Verdict.NOT).state)
    assert states == ["resolved", "resolved", "working"]


def test_the_same_voice_says_it_once(town: make.Town) -> None:
    report = make.assigned(town)
    actions.join(by=NOBODY, report=report, who=Who(), device="hp")
    actions.resolve(by=town.roads, report=report, text="Selesai.", proof=make.proof(town.roads))
    voice = Voice.objects.get(report=report, is_first=False)
    actions.judge(by=NOBODY, voice=voice, verdict=Verdict.NOT)
    with pytest.raises(VerdictTaken):
        actions.judge(by=NOBODY, voice=voice, verdict=Verdict.NOT)


def test_silence_closes_as_unconfirmed_and_never_as_solved(town: make.Town, frozen_clock) -> None:
    moment = frozen_clock(clock.now())
    report = make.resolved(town)
    moment.move(days=9)
    assert actions.close_silent() == 0
    moment.move(days=2)
    assert (actions.close_silent(), actions.close_silent()) == (1, 0)
    report.refresh_from_db()
    assert report.state == ReportState.UNCONFIRMED
    assert Event.objects.get(report=report, kind="closed").is_automatic


def test_the_reporter_may_speak_after_silence(town: make.Town, frozen_clock) -> None:
    moment = frozen_clock(clock.now())
    report = make.resolved(town)
    moment.move(days=11)
    actions.close_silent()
    assert actions.judge(by=NOBODY, voice=make.filer(report), verdict=Verdict.NOT).state == "working"


def test_chance_sends_an_inspector_and_what_she_finds_counts(town: make.Town) -> None:
    report = actions.judge(by=NOBODY, voice=make.filer(make.resolved(town)), verdict=Verdict.DONE)
    assert not actions.draw_recheck(report=report, chance=lambda: 0.5)
    assert actions.draw_recheck(report=report, chance=lambda: 0.01)
    assert [item.kind for item in work.items_of(report.as_subject())] == ["recheck"]
    with pytest.raises(NotYourReport):
        actions.recheck(by=town.roads, report=report, is_done=True, note="Baik")
    found = actions.recheck(by=town.receiver, report=report, is_done=False, note="Tambalan lepas.")
    assert (found.state, found.reopened) == (ReportState.WORKING, 1)


def test_a_recheck_that_finds_it_well_leaves_it_closed(town: make.Town) -> None:
    report = actions.judge(by=NOBODY, voice=make.filer(make.resolved(town)), verdict=Verdict.DONE)
    actions.draw_recheck(report=report, chance=lambda: 0.0)
    actions.recheck(by=town.receiver, report=report, is_done=True, note="Rapi.")
    assert Report.objects.get().state == ReportState.CLOSED
    assert not work.items_of(report.as_subject())


def test_the_filer_takes_back_what_nobody_joined(town: make.Town) -> None:
    alone = make.assigned(town)
    assert actions.withdraw(by=NOBODY, report=alone).state == ReportState.WITHDRAWN
    joined = make.assigned(town)
    actions.join(by=NOBODY, report=joined, who=Who(), device="hp")
    with pytest.raises(Moved):
        actions.withdraw(by=NOBODY, report=joined)

"""The office in charge answers, asks, shows how far it is, and calls nothing done without proof."""

from __future__ import annotations

import pytest

from balai.engines.reports import actions
from balai.engines.reports.actions import Proof, Where
from balai.engines.reports.actions.filing import NOBODY
from balai.engines.reports.enums import ReportState
from balai.engines.reports.errors import (
    Moved,
    NotYourReport,
    ProofElsewhere,
    ProofMissing,
    StagePhotoMissing,
    TextMissing,
)
from balai.engines.reports.models import Event, Evidence, Report
from balai.engines.reports.tests import factories as make
from balai.runtime import clock
from balai.work import queries as work
from balai.work import reminding

HERE = Where(lat=-8.12, lon=112.21, area_code=make.SAWENTAR, note="depan SDN Sawentar 2")


def test_the_first_answer_of_a_person_stops_the_clock_of_the_first_response(town: make.Town) -> None:
    report = make.working(town)
    promise = work.clock_of(report.as_subject(), "first_response")
    assert promise is not None and promise.state == "stopped"
    assert (report.state, report.answered_at == promise.stopped_at) == (ReportState.WORKING, True)
    item = work.items_of(report.as_subject())[0]
    lawful = work.clock_of(report.as_subject(), "completion")
    assert lawful is not None and (item.kind, item.due_at) == ("complete", lawful.due_at)


def test_automatic_words_stop_no_clock(town: make.Town, run_jobs) -> None:
    report = make.assigned(town, who=make.PHONE)
    run_jobs()
    assert Event.objects.filter(report=report, is_automatic=True).exists()
    promise = work.clock_of(report.as_subject(), "first_response")
    assert promise is not None and (promise.state, report.answered_at) == ("running", None)


def test_a_second_answer_changes_no_clock(town: make.Town) -> None:
    report = make.working(town)
    first = report.answered_at
    again = actions.answer(by=town.roads, report=report, text="Besok dikerjakan.")
    assert again.answered_at == first
    assert Event.objects.filter(report=report, kind="answered").count() == 2


@pytest.mark.parametrize("act", ["answer", "ask", "resolve", "stage"])
def test_only_the_office_in_charge_acts(town: make.Town, act: str) -> None:
    report = make.assigned(town)
    with pytest.raises(NotYourReport):
        _act(act, town.other, report)


def _act(act: str, by: make.Officer, report: Report) -> Report:
    if act == "answer":
        return actions.answer(by=by, report=report, text="Baik.")
    if act == "ask":
        return actions.ask(by=by, report=report, text="Di mana?")
    if act == "stage":
        return actions.say_stage(by=by, report=report, stage="surveyed")
    return actions.resolve(by=by, report=report, text="Selesai.", proof=make.proof(by))


def test_a_question_stops_the_clock_of_completion_until_she_answers(town: make.Town, frozen_clock) -> None:
    moment = frozen_clock(clock.now())
    report = actions.ask(by=town.roads, report=make.assigned(town), text="Sebelah mana sekolah?")
    waiting = work.clock_of(report.as_subject(), "completion")
    assert waiting is not None and (report.state, waiting.state) == (ReportState.WAITING, "paused")
    due_at = waiting.due_at
    moment.move(hours=30)
    back = actions.reply(by=NOBODY, report=report, text="Sebelah selatan gerbang.")
    running = work.clock_of(report.as_subject(), "completion")
    assert running is not None and (back.state, running.state) == (ReportState.WORKING, "running")
    assert running.due_at >= due_at


def test_who_never_answers_is_not_waited_for_for_ever(town: make.Town, frozen_clock) -> None:
    moment = frozen_clock(clock.now())
    report = actions.ask(by=town.roads, report=make.assigned(town), text="Sebelah mana sekolah?")
    moment.move(days=11)
    reminding.end_pauses()
    report.refresh_from_db()
    assert (report.state, report.reason) == (ReportState.ARCHIVED, "no-reply")
    with pytest.raises(Moved):
        actions.reply(by=NOBODY, report=report, text="Maaf baru sempat menjawab.")


def test_one_answer_serves_many_reports_or_none(town: make.Town) -> None:
    reports = [make.assigned(town) for _ in range(3)]
    actions.answer_many(by=town.roads, reports=reports, text="Banjir surut, kami bersihkan.")
    assert Event.objects.filter(kind="answered").count() == 3
    foreign = actions.assign(by=town.receiver, report=make.send().report, office_code=make.OTHER)
    with pytest.raises(NotYourReport):
        actions.answer_many(by=town.roads, reports=[*reports, foreign], text="Lagi.")
    assert Event.objects.filter(kind="answered").count() == 3


def test_a_sign_before_the_danger_needs_a_photo_and_is_a_state_of_its_own(town: make.Town) -> None:
    report = make.assigned(town)
    with pytest.raises(StagePhotoMissing) as refused:
        actions.say_stage(by=town.roads, report=report, stage="hazard-sign")
    assert "selesai" not in refused.value.sentence  # nobody said that it is done
    done = actions.say_stage(by=town.roads, report=report, stage="hazard-sign", proof=make.proof(town.roads))
    assert (done.stage, done.has_hazard_sign, done.state) == ("hazard-sign", True, ReportState.WORKING)
    assert Evidence.objects.get(role="stage").is_public


def test_nothing_is_done_without_a_photo(town: make.Town) -> None:
    report = make.working(town)
    with pytest.raises(ProofMissing) as refused:
        actions.resolve(by=town.roads, report=report, text="Selesai.", proof=Proof())
    assert "foto" in refused.value.sentence
    assert Report.objects.get().state == ReportState.WORKING


@pytest.mark.parametrize(
    ("lat", "no_place", "refusal"),
    [
        (-8.12, "", None),
        (-8.1205, "", None),
        (-8.13, "", ProofElsewhere),
        (-8.13, "Jalan ditutup polisi, difoto dari jembatan", None),
        (None, "", ProofMissing),
        (None, "GPS ponsel petugas rusak", None),
    ],
)
def test_the_photo_comes_from_the_same_place_or_says_why_not(
    town: make.Town, lat: float | None, no_place: str, refusal
) -> None:
    report = make.working(town, where=HERE)
    given = make.proof(town.roads, lat=lat, lon=112.21 if lat else None, no_place=no_place)
    if refusal is None:
        done = actions.resolve(by=town.roads, report=report, text="Selesai.", proof=given)
        assert (done.state, done.resolved_without_place) == (ReportState.RESOLVED, no_place)
    else:
        with pytest.raises(refusal):
            actions.resolve(by=town.roads, report=report, text="Selesai.", proof=given)
        assert not Evidence.objects.filter(role="proof").exists()


def test_calling_it_done_stops_every_clock_and_leaves_nothing_in_the_tray(town: make.Town) -> None:
    report = make.resolved(town)
    for name in ("acknowledge", "first_response", "completion"):
        promise = work.clock_of(report.as_subject(), name)
        assert promise is not None and promise.state == "stopped"
    assert not work.items_of(report.as_subject())


def test_an_empty_answer_is_refused(town: make.Town) -> None:
    with pytest.raises(TextMissing):
        actions.answer(by=town.roads, report=make.assigned(town), text="  \n ")


def test_escalation_is_told_once_for_each_level_by_itself(town: make.Town, frozen_clock) -> None:
    moment = frozen_clock(clock.now())
    report = make.assigned(town)
    moment.move(days=8)
    reminding.remind()
    reminding.remind()
    assert Event.objects.filter(report=report, kind="late").count() == 1
    moment.move(days=30)
    reminding.remind()
    late = Event.objects.filter(report=report, kind="late").values_list("text", flat=True)
    assert sorted(late) == ["Jawaban pertama lewat waktu.", "Penyelesaian lewat waktu."]

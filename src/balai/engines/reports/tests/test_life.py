"""A report's whole life under hypothesis: anybody does anything in any order, and it stays honest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from balai.engines.reports import actions
from balai.engines.reports.actions.filing import NOBODY, Who
from balai.engines.reports.enums import DONE, OPEN, OVER, ReportState, Verdict
from balai.engines.reports.models import Event, Judgement, Report, Voice
from balai.engines.reports.rules import life
from balai.engines.reports.tests import factories as make
from balai.runtime import clock
from balai.runtime.errors import CitizenError
from balai.work import queries as work
from balai.work import reminding

OFFICERS = st.sampled_from(["receiver", "roads", "other"])
OFFICES = st.sampled_from([make.ROADS, make.OTHER])
CLOCKS = ("acknowledge", "first_response", "completion")


class ReportLife(RuleBasedStateMachine):
    """Two reports of one hole; every rule is an act that may be refused, by a sentence only."""

    town: make.Town  # one for all runs; each run is rolled back to it
    reports: list[Report]

    @initialize()
    def file(self) -> None:
        self.undo = ExitStack()
        self.now = datetime(2026, 11, 23, 2, tzinfo=UTC)
        self.undo.enter_context(clock.reading(lambda: self.now))
        self.savepoint = transaction.savepoint()
        self.reports = [make.send(photos=0, channel="phone").report for _ in range(2)]
        self.states = {each.pk: ReportState.RECEIVED for each in self.reports}
        self.joined = 0

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)
            self.undo.close()

    def attempt(self, act: Callable[[Report], Any], which: int) -> bool:
        """Do it; only a CitizenError may refuse, and then nothing has changed."""
        before = list(Report.objects.order_by("pk").values())
        self.now += timedelta(minutes=7)
        for report in self.reports:
            report.refresh_from_db()
        try:
            act(self.reports[which])
        except CitizenError as refused:
            assert refused.sentence
            assert list(Report.objects.order_by("pk").values()) == before
            return False
        return True

    def officer(self, who: str) -> Any:
        return getattr(self.town, who)

    @rule(hours=st.integers(1, 120))
    def wait(self, hours: int) -> None:
        """Time passes, and the worker comes by."""
        self.now += timedelta(hours=hours)
        reminding.end_pauses()
        reminding.remind()
        actions.close_silent()

    @rule(who=OFFICERS, which=st.integers(0, 1), office=OFFICES)
    def assign(self, who: str, which: int, office: str) -> None:
        by = self.officer(who)
        self.attempt(lambda report: actions.assign(by=by, report=report, office_code=office), which)

    @rule(who=OFFICERS, which=st.integers(0, 1))
    def answer(self, who: str, which: int) -> None:
        by = self.officer(who)
        self.attempt(lambda report: actions.answer(by=by, report=report, text="Kami tinjau."), which)

    @rule(who=OFFICERS, which=st.integers(0, 1))
    def ask(self, who: str, which: int) -> None:
        by = self.officer(who)
        self.attempt(lambda report: actions.ask(by=by, report=report, text="Di mana?"), which)

    @rule(which=st.integers(0, 1))
    def reply(self, which: int) -> None:
        self.attempt(lambda report: actions.reply(by=NOBODY, report=report, text="Dekat SD."), which)

    @rule(who=OFFICERS, which=st.integers(0, 1))
    def resolve(self, who: str, which: int) -> None:
        by = self.officer(who)
        done = make.proof(by)
        self.attempt(lambda report: actions.resolve(by=by, report=report, text="Beres.", proof=done), which)

    @rule(which=st.integers(0, 1), verdict=st.sampled_from(list(Verdict)), joined=st.booleans())
    def judge(self, which: int, verdict: Verdict, joined: bool) -> None:
        voices = Voice.objects.select_related("report").filter(
            report=self.reports[which], is_first=not joined
        )
        voice = voices.order_by("?").first() if joined else voices.first()
        if voice is not None:
            self.attempt(lambda _report: actions.judge(by=NOBODY, voice=voice, verdict=verdict), which)

    @rule(which=st.integers(0, 1))
    def join(self, which: int) -> None:
        self.joined += 1
        device = f"hp-{self.joined}"
        self.attempt(lambda report: actions.join(by=NOBODY, report=report, who=Who(), device=device), which)

    @rule(who=OFFICERS, which=st.integers(0, 1))
    def merge(self, who: str, which: int) -> None:
        by, into = self.officer(who), self.reports[1 - which]
        self.attempt(lambda report: actions.merge(by=by, report=report, into=into), which)

    @rule(who=OFFICERS, which=st.integers(0, 1))
    def separate(self, who: str, which: int) -> None:
        by = self.officer(who)
        self.attempt(lambda report: actions.separate(by=by, report=report), which)

    @rule(who=OFFICERS, which=st.integers(0, 1))
    def forward(self, who: str, which: int) -> None:
        by = self.officer(who)
        self.attempt(lambda report: actions.forward_out(by=by, report=report, body="province-roads"), which)

    @rule(which=st.integers(0, 1), office=OFFICES)
    def come_back(self, which: int, office: str) -> None:
        by = self.town.receiver
        self.attempt(lambda report: actions.come_back(by=by, report=report, office_code=office), which)

    @rule(who=OFFICERS, which=st.integers(0, 1), rarely=st.integers(0, 4))
    def reject(self, who: str, which: int, rarely: int) -> None:
        if rarely == 0:
            by = self.officer(who)
            self.attempt(lambda report: actions.reject(by=by, report=report, reason="not-possible"), which)

    @rule(which=st.integers(0, 1), rarely=st.integers(0, 4))
    def withdraw(self, which: int, rarely: int) -> None:
        if rarely == 0:
            self.attempt(lambda report: actions.withdraw(by=NOBODY, report=report), which)

    @rule(which=st.integers(0, 1), is_done=st.booleans())
    def recheck(self, which: int, is_done: bool) -> None:
        by = self.town.receiver
        act = actions.recheck
        self.attempt(lambda report: act(by=by, report=report, is_done=is_done, note="Dilihat."), which)

    @rule(which=st.integers(0, 1))
    def walk_on(self, which: int) -> None:
        """What a diligent office does next, so that long lives are reached often."""
        report = Report.objects.get(pk=self.reports[which].pk)
        if report.state == ReportState.RECEIVED:
            self.assign(who="receiver", which=which, office=make.ROADS)
        elif report.state in (ReportState.ASSIGNED, ReportState.WORKING):
            who = "roads" if report.office_code == make.ROADS else "other"
            self.resolve(who=who, which=which)
        elif report.state == ReportState.RESOLVED:
            self.judge(which=which, verdict=Verdict.NOT, joined=False)

    @invariant()
    def state_moves_by_the_table_only(self) -> None:
        for report in self._fresh():
            last = self.states[report.pk]
            assert report.state == last or _reachable(last, ReportState(report.state)), (last, report.state)
            self.states[report.pk] = ReportState(report.state)

    @invariant()
    def somebody_owes_exactly_while_it_is_open(self) -> None:
        for report in self._fresh():
            kinds = [item.kind for item in work.items_of(report.as_subject()) if item.kind != "recheck"]
            owing = report.state in OPEN - {ReportState.FORWARDED}
            assert len(kinds) == owing, (report.state, kinds)

    @invariant()
    def clocks_stand_still_only_while_somebody_else_has_to_move(self) -> None:
        for report in self._fresh():
            found = [work.clock_of(report.as_subject(), name) for name in CLOCKS]
            states = {each.name: each.state for each in found if each is not None}
            if report.state in OVER | DONE:
                assert set(states.values()) <= {"stopped"}, (report.state, states)
            if report.state in (ReportState.RECEIVED, ReportState.ASSIGNED, ReportState.WORKING):
                assert "paused" not in states.values(), (report.state, states)
            if report.state == ReportState.WORKING:
                assert states["completion"] == "running"

    @invariant()
    def nothing_is_called_solved_by_silence(self) -> None:
        for report in self._fresh():
            said = Judgement.objects.filter(report=report, round=report.reopened, verdict=Verdict.DONE)
            if report.state == ReportState.CLOSED:
                assert said.filter(voice__is_first=True).exists()

    @invariant()
    def voices_are_counted_right(self) -> None:
        for report in self._fresh():
            own = Voice.objects.filter(report=report).count()
            joined = report.children.filter(state=ReportState.JOINED).aggregate(all=Sum("voices"))["all"] or 0
            assert report.voices == own + joined

    @invariant()
    def everything_that_happened_is_told_in_order(self) -> None:
        for report in self._fresh():
            events = list(Event.objects.filter(report=report).order_by("id").values_list("at", flat=True))
            assert events == sorted(events)

    def _fresh(self) -> list[Report]:
        return list(Report.objects.order_by("pk")) if hasattr(self, "reports") else []


def _reachable(start: ReportState, goal: ReportState) -> bool:
    """One rule may do two moves, never one that the table lacks."""
    first = life.MOVES[start]
    return goal in first or any(goal in life.MOVES[state] for state in first)


@pytest.fixture
def town_database(db: None) -> Iterator[None]:
    """A town that each run of the machine is rolled back to."""
    ReportLife.town = make.make_town()
    yield
    del ReportLife.town


def test_a_report_stays_honest_whatever_is_done_in_whatever_order(town_database: None) -> None:
    _run(examples=6, steps=25)


@pytest.mark.deep
def test_a_report_stays_honest_over_many_long_lives(town_database: None) -> None:
    _run(examples=150, steps=60)


def _run(*, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        ReportLife,
        settings=settings(
            max_examples=examples,
            phases=(Phase.generate,),
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )

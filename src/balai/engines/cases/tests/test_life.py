"""A case's whole life under hypothesis: anybody does anything in any order, and it stays lawful."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from balai.audit.models import Entry
from balai.engines.cases import actions
from balai.engines.cases.enums import CaseState, StepState
from balai.engines.cases.models import Case, Verdict
from balai.engines.cases.rules import life
from balai.engines.cases.rules.checking import Target
from balai.engines.cases.tests import factories as make
from balai.runtime import clock
from balai.runtime.errors import CitizenError
from balai.runtime.jobs import run_due
from balai.work import queries as work
from balai.work.enums import ItemState

TARGETS = [
    make.PHOTO_TARGET,
    make.PURPOSE_TARGET,
    Target("field", "business_name"),
    Target("field", "nothing"),
]
OFFICERS = st.sampled_from(["operator", "head", "other_head", "supervisor"])
CITIZENS = st.sampled_from(["siti", "newcomer"])
RARELY = st.integers(0, 5)  # an end in one of six tries, or few lives would grow old
TEXTS = st.sampled_from(["Untuk KUR di bank", "Untuk bantuan modal", "Warung Baru", "Toko Bu Siti"])


class CaseLife(RuleBasedStateMachine):
    """One case of Siti; every rule is an act that may be refused, by a sentence only."""

    town: make.Town  # one for all runs; each run is rolled back to it
    case: Case

    @initialize()
    def file(self) -> None:
        self.undo = ExitStack()
        self.now = datetime(2026, 11, 23, 2, tzinfo=UTC)
        self.undo.enter_context(clock.reading(lambda: self.now))
        self.savepoint = transaction.savepoint()
        self.case = make.submit(self.town.siti).case
        self.acts_done = 1

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)
            self.undo.close()

    def attempt(self, act: Callable[..., Any], **facts: Any) -> None:
        """Do it; only a CitizenError may refuse, and then nothing has changed."""
        before = Case.objects.filter(pk=self.case.pk).values().get()
        self.now += timedelta(minutes=7)
        try:
            act(case=self.case, **facts)
        except CitizenError as refused:
            assert refused.sentence
            assert Case.objects.filter(pk=self.case.pk).values().get() == before
        else:
            self.acts_done += 1
        self.case.refresh_from_db()

    @rule(hours=st.integers(1, 80))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(who=OFFICERS, about=st.sampled_from(TARGETS), is_ok=st.booleans())
    def judge(self, who: str, about: Target, is_ok: bool) -> None:
        reason = "" if is_ok else "unreadable" if about == make.PHOTO_TARGET else "unclear"
        given = actions.VerdictGiven(about, is_ok=is_ok, reason_code=reason)
        self.attempt(actions.record_verdicts, by=getattr(self.town, who), verdicts=[given])

    @rule(who=OFFICERS)
    def return_it(self, who: str) -> None:
        self.attempt(actions.return_for_repair, by=getattr(self.town, who))

    @rule(who=CITIZENS, purpose=TEXTS, name=TEXTS, photo=st.booleans(), only_faults=st.booleans())
    def repair(self, who: str, purpose: str, name: str, photo: bool, only_faults: bool) -> None:
        citizen = getattr(self.town, who)
        faults = set(Verdict.objects.filter(case=self.case, round=self.case.round, outcome="fault"))
        faulty = {verdict.target_id for verdict in faults} if only_faults else {"purpose", "business_name"}
        changes = {"purpose": f"{purpose} {self.now:%d%H%M}", "business_name": f"{name} {self.now:%d%H%M}"}
        answers = self.case.answers.clear | {key: text for key, text in changes.items() if key in faulty}
        send = make.PHOTO in faulty if only_faults else photo
        uploads = {make.PHOTO: [make.photo(citizen)]} if send else {}
        self.attempt(actions.repair, by=citizen, answers=answers, uploads=uploads)

    @rule(who=OFFICERS, faults=st.sets(st.sampled_from(TARGETS[:3]), min_size=1))
    def find_faults_and_return(self, who: str, faults: set[Target]) -> None:
        self.judge(who=who, about=make.PHOTO_TARGET, is_ok=True)
        for fault in sorted(faults):
            self.judge(who=who, about=fault, is_ok=False)
        self.return_it(who=who)

    @rule()
    def repair_what_is_asked(self) -> None:
        self.repair(who="siti", purpose="Untuk KUR", name="Warung", photo=True, only_faults=True)

    @rule(who=OFFICERS)
    def forward(self, who: str) -> None:
        self.attempt(actions.forward, by=getattr(self.town, who))

    @rule(who=OFFICERS)
    def approve(self, who: str) -> None:
        self.attempt(actions.approve, by=getattr(self.town, who))

    @rule(who=OFFICERS, reason=st.sampled_from(["not_true", "unreadable", ""]), luck=RARELY)
    def reject(self, who: str, reason: str, luck: int) -> None:
        if luck == 0:
            self.attempt(actions.reject, by=getattr(self.town, who), reason_code=reason)

    @rule(who=CITIZENS, luck=RARELY)
    def withdraw(self, who: str, luck: int) -> None:
        if luck == 0:
            self.attempt(actions.withdraw, by=getattr(self.town, who))

    @rule()
    def publish(self) -> None:
        """The worker comes by."""
        before = self.case.state
        run_due(50, raise_errors=True)
        self.case.refresh_from_db()
        self.acts_done += self.case.state != before

    @rule(who=OFFICERS)
    def mark_printed(self, who: str) -> None:
        printed = self.case.printed_at is not None
        self.attempt(actions.mark_printed, by=getattr(self.town, who))
        self.acts_done -= printed and self.case.state == CaseState.ISSUED and who == "operator"

    @rule(who=OFFICERS, number=st.sampled_from(["A-1", ""]))
    def shelve(self, who: str, number: str) -> None:
        self.attempt(actions.shelve, by=getattr(self.town, who), shelf_number=number)

    @rule(who=OFFICERS)
    def hand_over(self, who: str) -> None:
        self.attempt(actions.hand_over, by=getattr(self.town, who), taker=make.SELF)

    @rule()
    def walk_on(self) -> None:
        """What a diligent office does next, so that long lives are reached often."""
        town = self.town
        step = self.case.steps.filter(state=StepState.OPEN).first()
        if self.case.state == CaseState.APPROVED:
            self.publish()
        elif self.case.state == CaseState.SUBMITTED and step is not None and step.act == "check":
            self.judge(who="operator", about=make.PHOTO_TARGET, is_ok=True)
            self.forward(who="operator")
        elif step is not None and step.act == "approve":
            self.approve(who="head")
        elif step is not None and step.act == "print":
            self.shelve(who="operator", number="A-1")
        elif step is not None and step.act == "hand_over":
            self.attempt(actions.hand_over, by=town.operator, taker=make.SELF)

    @invariant()
    def state_moves_by_the_table_only(self) -> None:
        if not hasattr(self, "case"):
            return
        state = CaseState(self.case.state)
        last = getattr(self, "last_state", CaseState.SUBMITTED)
        assert state == last or _reachable(last, state)
        self.last_state = state

    @invariant()
    def at_most_one_decision(self) -> None:
        if not hasattr(self, "case"):
            return
        decisions = Entry.objects.filter(
            about_id=str(self.case.pk), event__in=["cases.approved", "cases.rejected"]
        ).count()
        assert decisions == (self.case.decided_at is not None) <= 1

    @invariant()
    def clock_stands_exactly_while_returned(self) -> None:
        if not hasattr(self, "case"):
            return
        lawful = work.clock(self.case.as_subject(), "service")
        assert lawful is not None
        assert (lawful.state == "paused") == (self.case.state == CaseState.RETURNED)
        stopped = self.case.state in life.OVER | {CaseState.READY}
        assert (lawful.state == "stopped") == stopped
        assert lawful.pauses.filter(to_at=None).count() == (lawful.state == "paused")

    @invariant()
    def live_items_are_the_open_steps(self) -> None:
        if not hasattr(self, "case"):
            return
        items = work.items_of(self.case.as_subject())
        steps = self.case.steps.filter(state=StepState.OPEN)
        assert sorted(item.kind for item in items) == sorted(step.step_id for step in steps)
        waits = self.case.state in (CaseState.RETURNED, CaseState.READY)
        assert {item.state for item in items} <= {ItemState.PAUSED if waits else ItemState.OPEN}
        assert not (self.case.is_over and items)

    @invariant()
    def every_fault_was_repaired_before_going_on(self) -> None:
        if not hasattr(self, "case"):
            return
        for each in self.case.returns.all():
            assert (each.repaired_at is None) == (
                each.round == self.case.round and self.case.state in (CaseState.RETURNED, CaseState.WITHDRAWN)
            )
            faults = self.case.verdicts.filter(round=each.round, outcome="fault")
            if each.repaired_at is not None:
                assert {fault.target for fault in faults} <= set(each.provided)

    @invariant()
    def every_act_is_in_the_journal(self) -> None:
        if not hasattr(self, "case"):
            return
        events = Entry.objects.filter(about_id=str(self.case.pk), event__startswith="cases.")
        assert events.count() == self.acts_done


def _reachable(start: CaseState, goal: CaseState) -> bool:
    """One rule may do two moves (`walk_on`), never one that the table lacks."""
    first = life.MOVES[start]
    return goal in first or any(goal in life.MOVES[state] for state in first)


@pytest.fixture
def town_database(db: None) -> Iterator[None]:
    """A town that each run of the machine is rolled back to."""
    CaseLife.town = make.make_town()
    yield
    del CaseLife.town


def test_case_stays_lawful_whatever_is_done_in_whatever_order(town_database: None) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        CaseLife,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=checks,
            database=None,
        ),
    )


@pytest.mark.deep
def test_case_stays_lawful_over_many_long_lives(town_database: None) -> None:
    run_state_machine_as_test(
        CaseLife,
        settings=settings(
            max_examples=300,
            stateful_step_count=60,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )

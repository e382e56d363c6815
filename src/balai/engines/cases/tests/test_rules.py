"""The rules of a case: pure, exhaustive where they are tables."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.catalogue.schema import Requirement, Step
from balai.engines.cases.enums import CaseState
from balai.engines.cases.errors import FileNotAsked, RequirementMissing
from balai.engines.cases.rules import checking, filing, life
from balai.engines.cases.rules.checking import Target
from balai.kernel.uuid7 import uuid7

A, B, C, D = (Target("requirement", name) for name in "abcd")


@dataclass
class Found:
    """A verdict, as far as the rules look at it."""

    kind: str
    target_id: str
    round: int
    outcome: str


def found(target: Target, round: int, outcome: str = "ok") -> Found:
    return Found(target.kind, target.id, round, outcome)


def step(name: str, after: tuple[str, ...] | None = None) -> Step:
    return Step(id=name, act="check", title=name, permission="cases.check", after=after)


def test_every_state_has_its_moves_and_every_life_can_end() -> None:
    assert set(life.MOVES) == set(CaseState)
    assert {*life.FAILED, CaseState.CLOSED} == life.OVER
    for state in CaseState:
        reached, waiting = {state}, [state]
        while waiting:
            for following in life.MOVES[waiting.pop()] - reached:
                reached.add(following)
                waiting.append(following)
        assert reached & life.OVER, state


@pytest.mark.parametrize("state", [CaseState.APPROVED, CaseState.ISSUED, CaseState.READY])
def test_decided_case_is_never_undecided_again(state: CaseState) -> None:
    assert not life.MOVES[state] & (life.UNDECIDED | {CaseState.REJECTED, CaseState.WITHDRAWN})


def test_steps_without_after_follow_each_other() -> None:
    steps = [step("check"), step("approve"), step("print")]
    assert [s.id for s in life.steps_ready(steps, done=(), open=())] == ["check"]
    assert life.steps_ready(steps, done=(), open={"check"}) == []
    assert [s.id for s in life.steps_ready(steps, done={"check"}, open=())] == ["approve"]
    assert life.steps_ready(steps, done={"check", "approve", "print"}, open=()) == []


def test_parallel_recommendations_open_at_once_and_join() -> None:
    steps = [
        step("check"),
        step("health", after=("check",)),
        step("fire", after=("check",)),
        step("approve", after=("health", "fire")),
    ]
    assert [s.id for s in life.steps_ready(steps, done={"check"}, open=())] == ["health", "fire"]
    assert life.steps_ready(steps, done={"check", "fire"}, open={"health"}) == []
    assert [s.id for s in life.steps_ready(steps, done={"check", "fire", "health"}, open=())] == ["approve"]


def test_step_waits_for_nothing_that_does_not_apply_here() -> None:
    steps = [step("check"), step("approve", after=("check", "visit"))]
    assert [s.id for s in life.steps_ready(steps, done={"check"}, open=())] == ["approve"]


@given(st.data())
def test_any_order_of_doing_ready_steps_does_every_step_once(data: st.DataObject) -> None:
    names = [f"s{number}" for number in range(data.draw(st.integers(1, 7)))]
    steps = [
        step(name, after=tuple(data.draw(st.sets(st.sampled_from(names[:at])))) if at else None)
        for at, name in enumerate(names)
    ]
    done: list[str] = []
    while ready := life.steps_ready(steps, done=done, open=()):
        done.append(data.draw(st.sampled_from(ready)).id)
    assert sorted(done) == sorted(names)


def test_verdict_counts_until_the_citizen_provides_anew() -> None:
    verdicts = [found(A, 1), found(B, 1, "fault")]
    assert checking.unjudged([A, B, C], verdicts, provided={}) == [C]
    assert checking.unjudged([A, B], verdicts, provided={B: 2}) == [B]
    assert checking.unjudged([A, B], [*verdicts, found(B, 2)], provided={B: 2}) == []


def test_latest_verdict_is_that_of_the_last_round() -> None:
    verdicts = [found(A, 2), found(A, 1, "fault")]
    assert checking.latest(verdicts)[A].outcome == "ok"
    assert checking.faults(verdicts, 1) == [A]
    assert checking.faults(verdicts, 2) == []


def test_fault_stands_until_it_is_provided_anew_or_found_good() -> None:
    verdicts = [found(A, 1, "fault"), found(B, 1, "fault"), found(C, 1)]
    assert checking.standing_faults(verdicts, provided={}) == [A, B]
    assert checking.standing_faults(verdicts, provided={A: 2}) == [B]
    assert checking.standing_faults([*verdicts, found(A, 2, "fault")], provided={A: 2}) == [A, B]
    assert checking.standing_faults([*verdicts, found(B, 2)], provided={A: 2}) == []


def test_first_return_may_name_anything_later_ones_only_what_is_new() -> None:
    assert checking.overlooked([A, B], round=1, provided={}) == []
    assert checking.overlooked([A, B, C], round=2, provided={A: 1, B: 2}) == [A, C]
    assert checking.overlooked([], round=3, provided={}) == []


@given(st.sets(st.sampled_from([A, B, C, D])), st.sets(st.sampled_from([A, B, C, D])), st.integers(2, 5))
def test_overlooked_and_provided_never_meet(faults: set[Target], new: set[Target], round: int) -> None:
    late = set(checking.overlooked(faults, round=round, provided=dict.fromkeys(new, round)))
    assert late | (faults & new) == faults
    assert not late & new


def test_target_reads_its_own_text_and_no_other() -> None:
    assert Target.parse(str(A)) == A
    with pytest.raises(ValueError, match="planet"):
        Target.parse("planet:mars")


def test_only_files_are_judged_before_the_citizen_comes() -> None:
    asked = [
        Requirement(id="photo", title="Foto", kind="photo"),
        Requirement(id="extra", title="Tambahan", kind="document", required=False),
        Requirement(id="identity", title="KTP", kind="known"),
    ]
    assert checking.to_judge(asked, ()) == [checking.requirement("photo")]
    assert checking.to_judge(asked, {"extra"}) == [
        checking.requirement("photo"),
        checking.requirement("extra"),
    ]


def test_files_are_refused_when_missing_too_many_or_not_asked_for() -> None:
    asked = [
        Requirement(id="photo", title="Foto", kind="photo", max_files=2),
        Requirement(id="identity", title="KTP", kind="known"),
    ]
    files = [uuid4() for _ in range(3)]
    filing.require_files(asked, {"photo": files[:2]})
    filing.require_files(asked, {"photo": files[:1], "identity": []})
    with pytest.raises(RequirementMissing):
        filing.require_files(asked, {"photo": []})
    for sent in (
        {"photo": files},
        {"photo": files[:1], "identity": files[:1]},
        {"photo": files[:1], "x": files[:1]},
    ):
        with pytest.raises(FileNotAsked):
            filing.require_files(asked, sent)


def test_pin_is_always_the_same_for_a_case_and_fits_no_other() -> None:
    ids = [uuid7() for _ in range(50)]
    pins = [filing.pin_of(case_id) for case_id in ids]
    assert [filing.pin_of(case_id) for case_id in ids] == pins
    assert all(len(pin) == 6 and pin.isdecimal() for pin in pins)
    assert len(set(pins)) > 45
    stored = filing.pin_hash(ids[0], pins[0])
    assert filing.pin_fits(ids[0], pins[0], stored)
    assert not filing.pin_fits(ids[1], pins[0], stored)
    assert not filing.pin_fits(ids[0], "", stored)


@given(st.text(max_size=40))
def test_masked_card_shows_at_most_four_characters(number: str) -> None:
    masked = filing.masked_card_number(number)
    letters = "".join(number.split())
    assert "•" * 4 in masked
    assert masked.lstrip("•") in ("", letters[-4:].lstrip("•"))

"""The registry of engines, and dated rules as they ask them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.catalogue import engine
from balai.catalogue.schema import Condition, Deadline, NoRuleInForce, rule_on
from balai.catalogue.schema.conditions import holds
from balai.catalogue.schema.dated import gaps, overlaps
from balai.catalogue.tests.conftest import Folder


def test_engine_is_found_by_its_code(folder: Folder) -> None:
    assert engine.engine("testing").apply_path(folder.service()) == "/uji/surat-uji/"


def test_unknown_engine_is_a_lookup_error() -> None:
    with pytest.raises(LookupError):
        engine.engine("absent")


def test_two_engines_of_one_code_are_refused() -> None:
    class Other(engine.Engine):
        code = "testing"

    with pytest.raises(ValueError, match="twice"):
        engine.register(Other)


DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 31))
RULES = st.builds(
    lambda first, second, open_end: Deadline.model_validate(
        {
            "amount": 1,
            "unit": "days",
            "basis": "x",
            "valid_from": min(first, second),
            "valid_to": None if open_end else max(first, second),
        }
    ),
    DAYS,
    DAYS,
    st.booleans(),
)


@given(rules=st.lists(RULES, max_size=5), day=DAYS)
def test_without_overlap_at_most_one_rule_holds(rules: list[Deadline], day: date) -> None:
    holding = [rule for rule in rules if rule.holds_on(day)]
    if not overlaps(rules):
        assert len(holding) <= 1
    if holding:
        assert rule_on(rules, day) == holding[0]
    else:
        with pytest.raises(NoRuleInForce):
            rule_on(rules, day)


@given(rules=st.lists(RULES, min_size=1, max_size=5), day=DAYS)
def test_without_gap_some_rule_holds_from_the_first_day_on(rules: list[Deadline], day: date) -> None:
    if not gaps(rules) and day >= min(rule.valid_from for rule in rules):
        assert any(rule.holds_on(day) for rule in rules)


@pytest.mark.parametrize(
    ("condition", "answer", "expected"),
    [
        ({"is": "rent"}, "rent", True),
        ({"is": True}, False, False),
        ({"is_not": "rent"}, "own", True),
        ({"is_not": "rent"}, None, False),
        ({"is_any": ["rent", "own"]}, "own", True),
        ({"over": 3}, 3, False),
        ({"over": 3}, 4, True),
        ({"under": 3}, 2, True),
        ({"over": 0}, True, False),
        ({"days_ago_over": 60}, "2026-09-22", False),
        ({"days_ago_over": 60}, "2026-09-21", True),
        ({"days_ago_over": 60}, "kemarin", False),
    ],
)
def test_condition_holds(condition: dict[str, object], answer: object, expected: bool) -> None:
    when = (Condition.model_validate({"field": "x", **condition}),)
    answers = {} if answer is None else {"x": answer}
    assert holds(when, answers, date(2026, 11, 21)) is expected


def test_deadline_of_particular_answers_goes_before_the_general_one(folder: Folder) -> None:
    service = folder.service()
    special = service.deadline[0].model_copy(
        update={"amount": 5, "when": (Condition.model_validate({"field": "has_child", "is": True}),)}
    )
    both = service.model_copy(update={"deadline": (*service.deadline, special)})
    day = date(2026, 11, 21)
    found = [
        both.deadline_on(day, answers).amount for answers in ({}, {"has_child": False}, {"has_child": True})
    ]
    assert found == [1, 1, 5]
    assert (service.is_open_on(day), service.is_open_on(date(2019, 12, 31))) == (True, False)

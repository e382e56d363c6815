"""Listed facts: what people write becomes the code, and the code reads as words."""

from __future__ import annotations

import pytest

from balai.people.enums import MaritalStatus, Religion, Sex
from balai.people.facts import FACTS, read_facts, shown

LISTED = [("sex", Sex), ("religion", Religion), ("marital_status", MaritalStatus)]


@pytest.mark.parametrize(("fact", "choices"), LISTED)
def test_listed_fact_takes_code_and_label_and_reads_as_label(fact: str, choices: type) -> None:
    for choice in choices:
        assert FACTS[fact].read(choice.value) == choice.value
        assert FACTS[fact].read(f"  {str(choice.label).upper()} ") == choice.value
        assert shown(fact, choice.value) == str(choice.label)


@pytest.mark.parametrize(
    ("fact", "typed", "code"),
    [
        ("sex", "P", "female"),
        ("sex", "L", "male"),
        ("religion", "Kristen Katolik", "catholic"),
        ("religion", "Budha", "buddhist"),
        ("marital_status", "menikah", "married"),
    ],
)
def test_listed_fact_takes_what_people_write(fact: str, typed: str, code: str) -> None:
    assert read_facts({fact: typed}) == ({fact: code}, [])


@pytest.mark.parametrize("fact", ["sex", "religion", "marital_status"])
def test_listed_fact_refuses_anything_else(fact: str) -> None:
    clean, problems = read_facts({fact: "tidak tahu"})
    assert clean == {}
    assert [(problem.fact, problem.code) for problem in problems] == [(fact, f"{fact}.unknown")]

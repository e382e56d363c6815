"""Answers that are held against an earlier one, and definitions that hold them against the wrong one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from balai.catalogue.forms import FormErrors, build_form, clean_answers
from balai.catalogue.schema import ServiceDefinition
from balai.catalogue.tests.conftest import SERVICE, Folder

TODAY = date(2026, 11, 23)
FIELDS = """[[page.field]]
id = "first_name"
kind = "name"
label = "Saksi pertama"

[[page.field]]
id = "second_name"
kind = "name"
label = "Saksi kedua"
required = false
differs_from = "first_name"

[[page.field]]
id = "begins_on"
kind = "date"
label = "Mulai"
required = false

[[page.field]]
id = "ends_on"
kind = "date"
label = "Selesai"
required = false
not_before = "begins_on"

[[page.field]]
id = "begins_at"
kind = "time"
label = "Mulai pukul"
required = false

[[page.field]]
id = "ends_at"
kind = "time"
label = "Selesai pukul"
required = false
not_before = { field = "begins_at", days = ["begins_on", "ends_on"] }

[[step]]"""
GOOD: dict[str, Any] = {"who": "Budi", "has_child": False, "first_name": "Ani"}


@pytest.fixture
def service(folder: Folder) -> ServiceDefinition:
    folder.write("a/one/service.toml", SERVICE.replace("[[step]]", FIELDS, 1))
    assert folder.faults() == []
    return folder.service()


def codes(service: ServiceDefinition, **more: str) -> dict[str, str]:
    try:
        clean_answers(service, {**GOOD, **more}, today=TODAY)
    except FormErrors as refused:
        return {name: faults[0].code for name, faults in refused.errors.items()}
    return {}


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"second_name": "Budi"}, {}),
        ({"second_name": "ANI"}, {"second_name": "compare.same"}),
        ({"begins_on": "2026-12-01", "ends_on": "2026-12-01"}, {}),
        ({"begins_on": "2026-12-02", "ends_on": "2026-12-01"}, {"ends_on": "compare.before"}),
        ({"ends_on": "2026-12-01"}, {}),
        ({"begins_at": "19:00", "ends_at": "02:00"}, {"ends_at": "compare.before"}),
        ({"begins_at": "19:00", "ends_at": "19:00"}, {}),
        (
            {"begins_on": "2026-12-01", "begins_at": "19:00", "ends_at": "02:00"},
            {"ends_at": "compare.before"},
        ),
        (
            {"begins_on": "2026-12-01", "ends_on": "2026-12-02", "begins_at": "19:00", "ends_at": "02:00"},
            {},
        ),
    ],
)
def test_answer_is_held_against_an_earlier_one(
    service: ServiceDefinition, more: dict[str, str], refused: dict[str, str]
) -> None:
    assert codes(service, **more) == refused


def test_page_says_the_sentence_beside_the_later_question(service: ServiceDefinition) -> None:
    typed = {"who": "Budi", "has_child": "no", "first_name": "Ani", "second_name": " ani "}
    form = build_form(service, data=typed, today=TODAY)
    assert not form.is_valid()
    assert form.errors["second_name"] == ["Jawaban ini sama dengan “Saksi pertama”. Isi yang berbeda."]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'differs_from = "first_name"',
            'differs_from = "begins_on"',
            '"differs_from" names "begins_on", which is no earlier question of kind "name".',
        ),
        (
            'not_before = "begins_on"',
            'not_before = "ends_on"',
            '"not_before" names "ends_on", which is no earlier question of kind "date".',
        ),
        (
            'differs_from = "first_name"',
            'not_before = "first_name"',
            '"not_before" means nothing for a field of kind "name".',
        ),
        (
            'days = ["begins_on", "ends_on"]',
            'days = ["begins_on", "begins_at"]',
            '"days" of an hour names two earlier days; "begins_at" is none.',
        ),
    ],
)
def test_comparison_with_another_kind_of_question_is_refused(
    folder: Folder, old: str, new: str, sentence: str
) -> None:
    folder.write("a/one/service.toml", SERVICE.replace("[[step]]", FIELDS.replace(old, new), 1))
    assert [fault.partition(": ")[2] for fault in folder.faults()] == [sentence]


PAIR = """[[page]]
id = "pair"
title = "Dua"

[[page.field]]
id = "leave_on"
kind = "date"
label = "Pergi"

[[page.field]]
id = "return_on"
kind = "date"
label = "Pulang"
not_before = "leave_on"
"""


def test_fragment_taken_with_a_prefix_compares_within_itself(folder: Folder) -> None:
    folder.write("_shared/pair.toml", PAIR)
    use = '[[page]]\nuse = "pair"\nprefix = "trip_"\n\n[[page]]\nid = "one"'
    folder.write("a/one/service.toml", SERVICE.replace('[[page]]\nid = "one"', use))
    order = folder.service().field_by_id["trip_return_on"].not_before
    assert order is not None
    assert order.field == "trip_leave_on"
    used = use.replace('prefix = "trip_"', 'omit = ["leave_on"]')
    folder.write("a/one/service.toml", SERVICE.replace('[[page]]\nid = "one"', used))
    assert folder.service().field_by_id["return_on"].not_before is None

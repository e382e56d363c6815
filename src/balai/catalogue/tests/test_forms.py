"""Forms from definitions: conditions on the server, one truth for pages and API, nothing escapes."""

from __future__ import annotations

import string
from datetime import date
from functools import lru_cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema

from balai.catalogue import loader
from balai.catalogue.forms import (
    FormErrors,
    build_form,
    clean_answers,
    json_schema,
    letter_data,
    officer_warnings,
    pages_for,
    personal_fields,
    prefilled,
    shown_answers,
)
from balai.catalogue.running import SERVICES
from balai.catalogue.schema import ServiceDefinition

TODAY = date(2026, 11, 21)


@lru_cache
def real(service_id: str = "village/business-statement") -> ServiceDefinition:
    return next(each for each in loader.read(SERVICES).definitions if each.id == service_id)


GOOD: dict[str, Any] = {
    "nik": "3505105708950001",
    "name": "Siti Aminah",
    "birth_place": "Blitar",
    "birth_on": "1995-08-17",
    "sex": "female",
    "occupation": "Pedagang",
    "religion": "islam",
    "marital_status": "married",
    "address": "Dusun Sawentar",
    "rt": 2,
    "rw": 1,
    "area": "35.05.10.2011",
    "business_name": "Warung Bu Siti",
    "business_kind": "trade",
    "business_since": "2019-03-01",
    "same_address": True,
    "purpose": "Mengajukan KUR",
}


def codes(raw: Any) -> dict[str, str]:
    with pytest.raises(FormErrors) as refused:
        clean_answers(real(), raw, today=TODAY)
    return {name: faults[0].code for name, faults in refused.value.errors.items()}


def test_good_answers_come_back_as_stored() -> None:
    assert clean_answers(real(), GOOD, today=TODAY) == GOOD


def test_conditional_question_is_required_only_when_it_counts() -> None:
    assert codes({**GOOD, "same_address": False}) == {"business_address": "required"}


def test_answer_that_does_not_count_is_dropped() -> None:
    assert clean_answers(real(), {**GOOD, "business_kind_other": "Apa saja"}, today=TODAY) == GOOD


def test_error_in_a_question_that_does_not_count_is_dropped() -> None:
    form = build_form(
        real("village/domicile-statement"),
        "residence",
        data={"lived_since": "1-1-2020", "house_status": "own", "house_owner": "R2D2", "purpose": "Sekolah"},
        today=TODAY,
    )
    assert form.is_valid()
    assert form.answers == {"lived_since": "2020-01-01", "house_status": "own", "purpose": "Sekolah"}


def test_every_fault_is_listed_at_once() -> None:
    raw = {**GOOD, "nik": "1", "birth_on": "1995-02-31", "rt": "2", "colour": "red", "sex": "x"}
    assert codes(raw) == {
        "nik": "json.pattern",
        "birth_on": "date.impossible",
        "rt": "json.type",
        "colour": "json.unknown_field",
        "sex": "choice.unknown",
    }


@pytest.mark.parametrize("raw", [None, [], "x", 3, True, [GOOD]])
def test_what_is_no_object_is_refused(raw: Any) -> None:
    assert codes(raw) == {"": "json.type"}


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        1.5,
        float("nan"),
        float("inf"),
        10**5000,
        -(10**5000),
        "\x00",
        "\ud800",
        "a" * 1_000_000,
        True,
    ],
    ids=[
        "null",
        "list",
        "object",
        "fraction",
        "nan",
        "inf",
        "huge",
        "tiny",
        "nul",
        "surrogate",
        "long",
        "true",
    ],
)
def test_odd_value_in_any_field_is_refused_and_nothing_escapes(value: Any) -> None:
    for name in GOOD:
        if name == "same_address" and value is True:
            continue
        assert name in codes({**GOOD, name: value})


def test_page_keeps_what_was_typed_and_says_each_error_beside_its_field() -> None:
    form = build_form(real(), "applicant", data={"nik": "123", "name": "Siti\x00"}, today=TODAY)
    assert not form.is_valid()
    assert form["nik"].value() == "123"
    assert form.errors["name"] == [
        "Nama hanya boleh berisi huruf, spasi, titik, koma, tanda petik, dan tanda hubung."
    ]
    assert set(form.errors) == {spec.id for spec in real().page_of("applicant").field}


def test_page_is_filled_in_from_stored_answers_as_people_type() -> None:
    form = build_form(real(), "applicant", initial=GOOD, today=TODAY)
    assert (form["birth_on"].value(), form["rt"].value(), form["sex"].value()) == (
        "17-08-1995",
        "2",
        "female",
    )


def test_page_of_files_asks_for_what_is_not_stored_yet() -> None:
    fresh = build_form(real(), "requirements", data={}, today=TODAY)
    stored = build_form(real(), "requirements", data={}, today=TODAY, stored_uploads={"place_photo"})
    assert (fresh.is_valid(), stored.is_valid()) == (False, True)
    assert fresh.errors == {"place_photo": ["Berkas ini belum dipilih."]}


def test_conditional_file_is_asked_for_by_earlier_answers() -> None:
    service = real("village/domicile-statement")
    rents = build_form(service, "requirements", data={}, initial={"house_status": "rent"}, today=TODAY)
    owns = build_form(service, "requirements", data={}, initial={"house_status": "own"}, today=TODAY)
    assert set(rents.errors) == {"house_photo", "owner_consent"}
    assert set(owns.errors) == {"house_photo"}


def test_hiding_controller_learns_equality_on_the_same_page_only() -> None:
    form = build_form(real(), "business", today=TODAY)
    shows = {name: field.show_if for name, field in form.fields.items() if field.show_if}
    assert shows == {
        "business_kind_other": {"field": "business_kind", "value": "other"},
        "business_address": {"field": "same_address", "value": "no"},
    }
    assert build_form(real("village/domicile-statement"), "residence").fields["house_owner"].show_if == {
        "field": "house_status",
        "value": "rent|boarding",
    }


def test_condition_is_told_in_words_where_no_script_hides_the_question() -> None:
    told = {
        name: field.asked_when for name, field in build_form(real(), "business", today=TODAY).fields.items()
    }
    assert {name: sentence for name, sentence in told.items() if sentence} == {
        "business_kind_other": "Isi hanya jika “Bidang usaha” dijawab “Bidang lain”.",
        "business_address": "Isi hanya jika “Apakah tempat usaha sama dengan alamat rumah?” dijawab “Tidak”.",
    }


def test_pages_in_order_with_the_files_last() -> None:
    assert [page.id for page in pages_for(real(), {}, TODAY)] == ["applicant", "business", "requirements"]


def test_unknown_page_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        build_form(real(), "nowhere", today=TODAY)


def test_known_facts_fill_in_the_questions_that_name_them() -> None:
    facts = {
        "name": "Siti Aminah",
        "birth_on": "1995-08-17",
        "sex": "female",
        "religion": "Islam",
        "rt": "003",
    }
    assert prefilled(real(), {**facts, "phone": "+6281234567801", "marital_status": "?"}) == {
        "name": "Siti Aminah",
        "birth_on": "1995-08-17",
        "sex": "female",
        "religion": "islam",
        "rt": 3,
    }


def test_officer_is_warned_where_nik_and_answers_differ_and_nobody_is_refused() -> None:
    odd = {**GOOD, "nik": "7371011708950001"}
    clean = clean_answers(real(), odd, today=TODAY)
    warned = officer_warnings(real(), clean, known_districts={"35.05.10"}, today=TODAY)
    assert [(each.field, each.code) for each in warned] == [
        ("nik", "nik.region_unknown"),
        ("nik", "nik.sex_differs"),
    ]
    assert officer_warnings(real(), GOOD, known_districts={"35.05.10"}, today=TODAY) == []


def test_letter_gets_every_question_as_text() -> None:
    data = letter_data(real(), GOOD)
    made = {"raw", "birth_on_weekday", "business_since_weekday"}
    assert set(data) == {spec.id for spec in real().fields} | made
    assert (data["birth_on"], data["rt"], data["business_address"]) == ("17 Agustus 1995", "002", "")


def test_shown_answers_name_page_and_privacy() -> None:
    shown = {each.field: (each.page, each.text, each.is_personal) for each in shown_answers(real(), GOOD)}
    assert shown["same_address"] == ("business", "Ya", False)
    assert shown["nik"] == ("applicant", "3505105708950001", True)
    assert "business_address" not in shown


def test_applicant_block_is_personal_whole() -> None:
    assert {spec.id for spec in real().page_of("applicant").field} <= personal_fields(real())


# --- one truth for form and schema --------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
ODD_TEXT = st.text(alphabet=st.characters(codec=None), max_size=60) | st.text(
    string.digits + " -./", max_size=20
)


def one_of(service: ServiceDefinition) -> st.SearchStrategy[dict[str, Any]]:
    """Good answers with some replaced by anything at all, some left out."""
    names = st.sampled_from([*GOOD, "business_kind_other", "business_address", "stranger"])
    return st.builds(
        lambda changes, without: {
            key: value for key, value in {**GOOD, **changes}.items() if key not in without
        },
        st.dictionaries(names, JSON | ODD_TEXT, max_size=4),
        st.sets(names, max_size=2),
    )


@settings(max_examples=150, deadline=None)
@given(raw=one_of(real()))
def test_what_the_schema_refuses_the_form_refuses(raw: dict[str, Any]) -> None:
    schema_takes = jsonschema.Draft202012Validator(json_schema(real())).is_valid(raw)
    try:
        answers = clean_answers(real(), raw, today=TODAY)
    except FormErrors as refused:
        assert refused.errors
        return
    assert schema_takes
    assert jsonschema.Draft202012Validator(json_schema(real())).is_valid(answers)
    assert clean_answers(real(), answers, today=TODAY) == answers


def made_from(schema: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects that fit property by property (hypothesis-jsonschema's own objects fail on this hypothesis)."""
    parts = {name: from_schema(each) for name, each in schema["properties"].items()}
    return st.fixed_dictionaries({name: parts.pop(name) for name in schema["required"]}, optional=parts)


@settings(max_examples=60, deadline=None)
@given(raw=made_from(json_schema(real("village/domicile-statement"))))
def test_what_the_schema_makes_never_escapes_the_form(raw: dict[str, Any]) -> None:
    service = real("village/domicile-statement")
    try:
        answers = clean_answers(service, raw, today=TODAY)
    except FormErrors as refused:
        assert all(fault.sentence for faults in refused.errors.values() for fault in faults)
        return
    assert set(answers) <= set(raw)


@settings(max_examples=150, deadline=None)
@given(raw=JSON | st.dictionaries(st.sampled_from(list(GOOD)) | ODD_TEXT, JSON | ODD_TEXT, max_size=6))
def test_any_json_is_answered_with_sentences(raw: Any) -> None:
    try:
        clean_answers(real(), raw, today=TODAY)
    except FormErrors as refused:
        assert all(fault.sentence for faults in refused.errors.values() for fault in faults)


@settings(max_examples=100, deadline=None)
@given(typed=st.dictionaries(st.sampled_from(list(GOOD)), ODD_TEXT))
def test_anything_typed_into_a_page_is_answered(typed: dict[str, str]) -> None:
    form = build_form(real(), data=typed, today=TODAY)
    form.is_valid()
    assert all(form[name].value() == text for name, text in typed.items() if name in form.errors)

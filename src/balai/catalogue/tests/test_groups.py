"""Groups: rows of questions, from the page and from the API, checked, shown and printed."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema

from balai.catalogue import loader
from balai.catalogue.forms import (
    AnswersForm,
    FormErrors,
    build_form,
    clean_answers,
    json_schema,
    letter_data,
    officer_warnings,
    personal_fields,
    shown_answers,
    typed_answers,
)
from balai.catalogue.schema import FieldSpec, Page, ServiceDefinition
from balai.catalogue.tests.conftest import SERVICE, Folder
from balai.catalogue.tests.heirs import ANI, BUDI, GOOD, GROUP, TODAY, WITH_GROUP


@pytest.fixture
def heirs(folder: Folder) -> Folder:
    folder.write("a/one/service.toml", WITH_GROUP)
    return folder


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> ServiceDefinition:
    folder = Folder(tmp_path_factory.mktemp("groups"))
    folder.write("a/one/service.toml", WITH_GROUP)
    (definition,) = loader.read(folder.root).definitions
    return definition


def codes(service: ServiceDefinition, raw: Any) -> dict[str, str]:
    with pytest.raises(FormErrors) as refused:
        clean_answers(service, raw, today=TODAY)
    return {name: faults[0].code for name, faults in refused.value.errors.items()}


def sent(*pairs: tuple[str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in (("who", "Siti"), ("has_child", "no"), *pairs):
        data.appendlist(name, value)
    return data


def page(service: ServiceDefinition, *pairs: tuple[str, str]) -> AnswersForm:
    return build_form(service, "one", data=sent(*pairs), today=TODAY)


class TestFromTheApi:
    def test_rows_come_back_as_stored(self, service: ServiceDefinition) -> None:
        assert clean_answers(service, GOOD, today=TODAY) == GOOD

    def test_each_question_of_each_row_has_its_own_fault(self, service: ServiceDefinition) -> None:
        rows = [{"name": "R2D2", "is_adult": "ya"}, {"colour": "red"}, 3]
        assert codes(service, {**GOOD, "heirs": rows}) == {
            "heirs.0.name": "name.characters",
            "heirs.0.is_adult": "json.type",
            "heirs.1.colour": "json.unknown_field",
            "heirs.1.name": "required",
            "heirs.1.is_adult": "required",
            "heirs.2": "json.type",
            "heirs.2.name": "required",
            "heirs.2.is_adult": "required",
        }

    @pytest.mark.parametrize(
        ("rows", "code"),
        [([], "rows.few"), ([BUDI] * 4, "rows.many"), ("Budi", "json.type"), ({"0": BUDI}, "json.type")],
    )
    def test_number_of_rows_is_limited(self, service: ServiceDefinition, rows: Any, code: str) -> None:
        assert codes(service, {**GOOD, "heirs": rows}) == {"heirs": code}

    def test_group_left_out_is_asked_for(self, service: ServiceDefinition) -> None:
        assert codes(service, {"who": "Siti", "has_child": False}) == {"heirs": "rows.few"}

    def test_names_of_controls_are_no_way_around_the_rows(self, service: ServiceDefinition) -> None:
        smuggled = {"who": "Siti", "has_child": False, "heirs.0.name": "Budi"}
        assert codes(service, smuggled) == {"heirs": "rows.few", "heirs.0.name": "json.unknown_field"}

    def test_condition_looks_at_its_row_and_then_at_the_form(self, service: ServiceDefinition) -> None:
        minor = {"name": "Ani", "is_adult": False}
        assert codes(service, {**GOOD, "heirs": [BUDI, minor]}) == {"heirs.1.guardian": "required"}
        with_child = {**GOOD, "has_child": True, "child": "Ani", "heirs": [BUDI]}
        assert codes(service, with_child) == {"heirs.0.share": "required"}

    def test_answer_that_does_not_count_is_dropped_from_its_row(self, service: ServiceDefinition) -> None:
        rows = [{**BUDI, "guardian": "Siti", "share": 5}]
        assert clean_answers(service, {**GOOD, "heirs": rows}, today=TODAY)["heirs"] == [BUDI]


class TestOnAPage:
    def test_rows_are_read_by_their_keys(self, service: ServiceDefinition) -> None:
        form = page(
            service,
            ("heirs", "0"),
            ("heirs.0.name", "Budi"),
            ("heirs.0.is_adult", "yes"),
            ("heirs", "7"),
            ("heirs.7.name", "Ani"),
            ("heirs.7.is_adult", "yes"),
            ("heirs.9.name", "Tanpa kunci"),
        )
        assert form.is_valid(), form.errors
        assert form.answers["heirs"] == [BUDI, {"name": "Ani", "is_adult": True}]

    def test_fault_stands_beside_its_question_and_nothing_typed_is_lost(
        self, service: ServiceDefinition
    ) -> None:
        form = page(service, ("heirs", "0"), ("heirs.0.name", "R2D2"), ("heirs.0.nik", "12"))
        assert set(form.errors) == {"heirs.0.name", "heirs.0.nik", "heirs.0.is_adult"}
        (row,) = form.rows["heirs"]
        assert (row["name"].value(), row["name"].html_name, row["name"].auto_id) == (
            "R2D2",
            "heirs.0.name",
            "id_heirs.0.name",
        )
        assert row.errors["nik"] == form.errors["heirs.0.nik"]

    def test_row_left_empty_is_none_unless_it_is_needed(self, service: ServiceDefinition) -> None:
        empty = [("heirs", "1"), ("heirs.1.name", " ")]
        form = page(service, ("heirs", "0"), ("heirs.0.name", "Budi"), ("heirs.0.is_adult", "yes"), *empty)
        assert form.is_valid(), form.errors
        assert form.answers["heirs"] == [BUDI]
        assert form.rows["heirs"][1].errors == {}
        assert set(page(service, *empty).errors) == {"heirs.1.name", "heirs.1.is_adult"}

    def test_fresh_page_shows_as_many_rows_as_are_needed(self, service: ServiceDefinition) -> None:
        form = build_form(service, "one", today=TODAY)
        assert [(row.title, row.key) for row in form.rows["heirs"]] == [("Ahli waris 1", "0")]

    def test_stored_rows_are_shown_as_people_type_them(self, service: ServiceDefinition) -> None:
        form = build_form(service, "one", initial=GOOD, today=TODAY)
        second = form.rows["heirs"][1]
        assert (second["name"].value(), second["born_on"].value(), second["is_adult"].value()) == (
            "Ani",
            "18-08-1995",
            "no",
        )

    def test_what_was_typed_is_stored_and_typed_again(self, service: ServiceDefinition) -> None:
        typed = typed_answers(service.page_of("one"), GOOD)
        form = build_form(service, "one", data=typed, today=TODAY)
        assert form.is_valid(), form.errors
        assert form.answers == GOOD

    def test_more_rows_than_there_may_be_are_refused(self, service: ServiceDefinition) -> None:
        rows = [
            pair
            for at in range(30)
            for pair in (("heirs", str(at)), (f"heirs.{at}.name", "Budi"), (f"heirs.{at}.is_adult", "yes"))
        ]
        form = page(service, *rows)
        assert form.errors == {"heirs": ["Paling banyak 3 ahli waris."]}
        assert len(form.rows["heirs"]) == 21

    def test_hiding_controller_watches_the_row_itself(self, service: ServiceDefinition) -> None:
        form = build_form(service, "one", initial=GOOD, today=TODAY)
        fields = form.rows["heirs"][1].fields
        assert fields["guardian"].show_if == {"field": "heirs.1.is_adult", "value": "no"}  # type: ignore[attr-defined]  # set by controls
        assert fields["share"].show_if == {"field": "has_child", "value": "yes"}  # type: ignore[attr-defined]  # set by controls
        assert fields["share"].asked_when == "Isi hanya jika “Punya anak?” dijawab “Ya”."  # type: ignore[attr-defined]  # as above

    def test_sentence_from_elsewhere_stands_beside_its_question(self, service: ServiceDefinition) -> None:
        form = page(service, ("heirs", "0"), ("heirs.0.name", "Budi"), ("heirs.0.is_adult", "yes"))
        assert form.is_valid()
        for name in ("heirs.0.name", "heirs.4.name", "heirs", "who"):
            form.say(name, "Tidak cocok.")
        assert set(form.errors) == {"heirs.0.name", "heirs", "who", "__all__"}
        assert form.rows["heirs"][0].errors == {"name": ["Tidak cocok."]}

    def test_group_that_does_not_count_is_dropped_with_its_faults(self, heirs: Folder) -> None:
        late = GROUP.replace(
            'row = "Ahli waris"', 'row = "Ahli waris"\nwhen = { field = "has_child", is = true }'
        )
        heirs.write("a/one/service.toml", SERVICE.replace("[[step]]", f"{late}[[step]]", 1))
        form = page(heirs.service(), ("heirs", "0"), ("heirs.0.name", "R2D2"))
        assert form.is_valid(), form.errors
        assert "heirs" not in form.answers

    def test_group_that_may_be_left_out_shows_no_row(self, heirs: Folder) -> None:
        heirs.write("a/one/service.toml", WITH_GROUP.replace("max_rows = 3", "required = false"))
        form = page(heirs.service())
        assert form.is_valid(), form.errors
        assert (form.rows["heirs"], "heirs" in form.answers) == ([], False)


class TestShown:
    def test_letter_gets_a_list_of_rows(self, service: ServiceDefinition) -> None:
        data = letter_data(service, {**GOOD, "has_child": True, "heirs": [{**ANI, "share": 2000}]})
        row = {
            "name": "Ani",
            "nik": "3505105708950001",
            "born_on": "18 Agustus 1995",
            "born_on_weekday": "Jumat",
            "is_adult": "Tidak",
            "guardian": "Siti",
            "share": "Rp2.000",
            "share_words": "dua ribu rupiah",
        }
        assert data["heirs"] == [row]
        assert data["raw"]["heirs"] == [{**ANI, "share": 2000}]
        assert letter_data(service, {})["heirs"] == []

    def test_rows_are_shown_under_their_titles(self, service: ServiceDefinition) -> None:
        *_, shown = shown_answers(service, GOOD)
        assert shown.label == "Para ahli waris"
        assert [(row.title, [(each.label, each.text) for each in row.answers][:2]) for row in shown.rows] == [
            ("Ahli waris 1", [("Nama", "Budi"), ("Dewasa?", "Ya")]),
            ("Ahli waris 2", [("Nama", "Ani"), ("NIK", "3505105708950001")]),
        ]
        assert shown.text.startswith("Ahli waris 1\nNama: Budi\nDewasa? Ya\n\nAhli waris 2\nNama: Ani\n")

    def test_mask_covers_rows_too(self, service: ServiceDefinition) -> None:
        *_, shown = shown_answers(service, GOOD, masks={"nik": lambda text: "•" * len(text)})
        assert "3505105708950001" not in shown.text
        assert [each.text for each in shown.rows[1].answers if each.label == "NIK"] == ["•" * 16]

    def test_group_is_as_personal_as_its_rows(self, service: ServiceDefinition) -> None:
        assert "heirs" in personal_fields(service)

    def test_officer_is_warned_of_an_odd_nik_in_a_row(self, service: ServiceDefinition) -> None:
        (warning,) = officer_warnings(service, GOOD, today=TODAY)
        assert (warning.field, warning.code) == ("heirs.1.nik", "nik.birth_differs")
        assert warning.sentence.startswith("Ahli waris 2: ")


def made_from(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """What fits property by property (hypothesis-jsonschema's own objects fail on this hypothesis)."""
    if schema["type"] == "array":
        return st.lists(made_from(schema["items"]), min_size=schema["minItems"], max_size=schema["maxItems"])
    if schema["type"] != "object":
        return from_schema(schema)
    parts = {name: made_from(each) for name, each in schema["properties"].items()}
    return st.fixed_dictionaries({name: parts.pop(name) for name in schema["required"]}, optional=parts)


def _schema_matches(service: ServiceDefinition) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema(service))


class TestOneTruth:
    def test_schema_says_what_a_row_is(self, service: ServiceDefinition) -> None:
        group = json_schema(service)["properties"]["heirs"]
        assert (group["type"], group["minItems"], group["maxItems"]) == ("array", 1, 3)
        assert group["items"]["required"] == ["name", "is_adult"]
        assert group["items"]["additionalProperties"] is False
        assert [each["then"] for each in group["items"]["allOf"]] == [{"required": ["guardian"]}]

    @settings(max_examples=60, deadline=None)
    @given(data=st.data())
    def test_whatever_the_schema_takes_never_breaks_the_form(
        self, service: ServiceDefinition, data: st.DataObject
    ) -> None:
        raw = data.draw(made_from(json_schema(service)))
        try:
            answers = clean_answers(service, raw, today=TODAY)
        except FormErrors:
            return
        assert _schema_matches(service).is_valid(answers)
        assert clean_answers(service, answers, today=TODAY) == answers
        letter_data(service, answers)
        shown_answers(service, answers)

    @settings(max_examples=100, deadline=None)
    @given(
        rows=st.lists(
            st.dictionaries(
                st.sampled_from(["name", "nik", "is_adult", "guardian", "born_on", "share", "x"]),
                st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("Budi"),
            )
            | st.none(),
            max_size=5,
        )
    )
    def test_whatever_the_schema_refuses_the_form_refuses(
        self, service: ServiceDefinition, rows: list[Any]
    ) -> None:
        raw = {**GOOD, "heirs": rows}
        try:
            clean_answers(service, raw, today=TODAY)
        except FormErrors:
            return
        assert _schema_matches(service).is_valid(raw)

    @settings(max_examples=100, deadline=None)
    @given(
        pairs=st.lists(
            st.tuples(
                st.sampled_from(["heirs", "heirs.0.name", "heirs.0.is_adult", "heirs.1.nik", "heirs..name"]),
                st.sampled_from(["0", "1", "-1", "²", "999", "", "Budi", "yes", "\x00"]),
            ),
            max_size=12,
        )
    )
    def test_whatever_a_page_sends_is_taken_or_refused(
        self, service: ServiceDefinition, pairs: list[tuple[str, str]]
    ) -> None:
        form = page(service, *pairs)
        if form.is_valid():
            assert clean_answers(service, form.answers, today=TODAY) == form.answers
        else:
            assert all(errors for errors in form.errors.values())


def test_question_that_waits_for_others_by_its_rows(service: ServiceDefinition) -> None:
    group: FieldSpec = service.field_by_id["heirs"]
    assert [condition.field for condition in group.conditions] == ["has_child"]
    assert isinstance(service.page[0], Page)

"""Questions that services share: shared lists of answers, and a page about another person taken by name."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.catalogue.fragments import resolve
from balai.catalogue.running import SERVICES
from balai.catalogue.source import Source
from balai.catalogue.tests.conftest import SERVICE, Folder
from balai.people import enums

CHOICES = """[[colour]]
value = "red"
label = "Merah"
[[colour]]
value = "blue"
label = "Biru"
"""
PERSON = """[[page]]
id = "person"
title = "Orang"
[[page.field]]
id = "nik"
kind = "nik"
label = "NIK"
matches = { birth_date = "birth_on", sex = "sex" }
[[page.field]]
id = "birth_on"
kind = "date"
label = "Lahir"
[[page.field]]
id = "sex"
kind = "choice"
label = "JK"
choices_from = "colour"
[[page.field]]
id = "is_other"
kind = "yes_no"
label = "Lain?"
[[page.field]]
id = "other"
kind = "text"
label = "Sebutkan"
when = { field = "is_other", is = true }
"""
USE = '[[page]]\nuse = "person"\nprefix = "child_"\ntitle = "Anak"\n'
BEFORE = '[[page]]\nid = "one"'


def used(folder: Folder, more: str = "", use: str = USE) -> list[str]:
    """The faults of the small service with the person before its page."""
    folder.write("_shared/choices.toml", CHOICES)
    folder.write("_shared/person.toml", PERSON)
    folder.write("a/one/service.toml", SERVICE.replace(BEFORE, f"{use}{more}\n{BEFORE}"))
    return folder.faults()


def test_every_id_and_reference_gets_the_prefix(folder: Folder) -> None:
    assert used(folder) == []
    page = folder.service().page[0]
    assert (page.id, page.title) == ("child-person", "Anak")
    assert [spec.id for spec in page.field] == [
        *("child_nik", "child_birth_on", "child_sex", "child_is_other", "child_other"),
    ]
    assert page.field[0].matches == {"birth_date": "child_birth_on", "sex": "child_sex"}
    assert page.field[4].when[0].field == "child_is_other"


def test_two_persons_stand_side_by_side(folder: Folder) -> None:
    assert used(folder, USE.replace("child_", "mother_")) == []
    assert [page.id for page in folder.service().page] == ["child-person", "mother-person", "one"]


def test_omitted_question_is_compared_with_nothing(folder: Folder) -> None:
    assert used(folder, 'omit = ["sex"]\noptional = ["nik"]\n') == []
    first, second = folder.service().page[0].field[:2]
    assert (first.matches, first.required) == ({"birth_date": "child_birth_on"}, False)
    assert second.required


def test_shared_list_stands_in_the_definition_itself(folder: Folder) -> None:
    used(folder)
    spec = folder.service().field_by_id["child_sex"]
    assert ([choice.value for choice in spec.choices], spec.choices_from) == (["red", "blue"], None)


def test_own_page_key_and_question_keep_their_names(folder: Folder) -> None:
    more = 'when = { field = "has_child", is = true }\n'
    more += '[[page.field]]\nid = "age"\nkind = "number"\nlabel = "Umur"\n'
    text = SERVICE.replace("[[step]]", f"{USE}{more}\n[[step]]")
    used(folder)
    folder.write("a/one/service.toml", text)
    assert folder.faults() == []
    page = folder.service().page[1]
    assert (page.field[-1].id, page.when[0].field) == ("age", "has_child")


def test_page_of_questions_is_taken_among_other_questions(folder: Folder) -> None:
    more = '[[page]]\nid = "two"\ntitle = "Dua"\n'
    more += '[[page.field]]\nuse = "person"\nprefix = "witness_"\nomit = ["is_other", "other"]\n'
    assert used(folder, more, use="") == []
    assert [spec.id for spec in folder.service().page[0].field] == [
        *("witness_nik", "witness_birth_on", "witness_sex"),
    ]


@pytest.mark.parametrize(
    ("more", "line", "sentence"),
    [
        ('omit = ["fax"]\n', 35, 'the fragment "person" has no field "fax" to omit.'),
        ('optional = ["fax"]\n', 35, 'the fragment "person" has no field "fax" to make optional.'),
    ],
)
def test_unknown_question_of_a_fragment_is_refused(
    folder: Folder, more: str, line: int, sentence: str
) -> None:
    assert used(folder, more) == [f"services/a/one/service.toml:{line}: {sentence}"]


@pytest.mark.parametrize("prefix", ["Child_", "child", "_", "child-"])
def test_prefix_that_makes_no_name_is_refused(folder: Folder, prefix: str) -> None:
    faults = used(folder, use=USE.replace("child_", prefix))
    assert (
        'services/a/one/service.toml:33: "prefix" must be small letters, digits and "_", and end with "_", '
        'such as "child_".'
    ) in faults


def test_prefix_used_twice_is_told_where_it_is_used(folder: Folder) -> None:
    faults = used(folder, USE)
    assert len(faults) == 6
    assert {fault.split(": ")[0] for fault in faults} == {"services/a/one/service.toml:37"}


def test_prefix_outside_of_questions_is_refused(folder: Folder) -> None:
    step = '[[step]]\nid = "x"\nact = "look"\ntitle = "X"\npermission = "testing.look"\n'
    folder.write("_shared/steps.toml", step)
    use = '[[step]]\nuse = "steps"\nprefix = "x_"\n[[step]]'
    folder.write("a/one/service.toml", SERVICE.replace("[[step]]", use))
    assert folder.faults() == [
        'services/a/one/service.toml:53: the key "prefix" is not known here; check its spelling.'
    ]


def test_fault_in_a_shared_list_is_told_in_its_file(folder: Folder) -> None:
    used(folder)
    folder.write("_shared/choices.toml", CHOICES.replace('"blue"', '"Blue"'))
    (fault,) = folder.faults()
    assert fault.startswith("services/_shared/choices.toml:5: ")


def test_list_is_given_once(folder: Folder) -> None:
    own = 'id = "sex"\nkind = "choice"\nlabel = "x"\nchoices_from = "colour"\n'
    own += 'choices = [{ value = "a", label = "A" }]\n'
    used(folder)
    folder.write("a/one/service.toml", SERVICE.replace("[[step]]", f"[[page.field]]\n{own}\n[[step]]"))
    assert folder.faults() == ['services/a/one/service.toml:55: give "choices" or "choices_from", not both.']


def test_fragment_takes_no_fragment(folder: Folder) -> None:
    folder.write("_shared/two.toml", PERSON.replace('id = "other"\nkind', 'use = "person"\nkind'))
    folder.write("_shared/choices.toml", CHOICES)
    folder.write("a/one/service.toml", SERVICE.replace(BEFORE, f'[[page]]\nuse = "two"\n{BEFORE}'))
    assert [fault.partition(": ")[2] for fault in folder.faults()] == [
        'the key "id" is missing.',
        'the key "use" is not known here; check its spelling.',
    ]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["person", "child_", "nik", "sex", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["use", "omit", "prefix", "optional", "field", "id", "kind", "when", "choices_from", "page"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(page=JUNK, shared=st.dictionaries(st.sampled_from(["page", "field", "sex"]), JUNK, max_size=3))
def test_no_definition_breaks_the_reading(page: object, shared: dict[str, object]) -> None:
    source = Source("service.toml", "", {"page": page if isinstance(page, list) else [page]})
    fragments = {"person": Source("person.toml", "", shared), "choices": Source("choices.toml", "", shared)}
    assert resolve(source, fragments).data.keys() == {"page"}


def test_shared_lists_of_the_town_hold_what_people_are_registered_with() -> None:
    lists = tomllib.loads((SERVICES / "_shared" / "choices.toml").read_text(encoding="utf-8"))
    known = {"sex": enums.Sex, "religion": enums.Religion, "marital_status": enums.MaritalStatus}
    for name, listed in known.items():
        assert [(each["value"], each["label"]) for each in lists[name]] == [
            (value, str(label)) for value, label in listed.choices
        ]


def test_real_person_asks_what_the_applicant_is_asked(folder: Folder) -> None:
    folder.write("_shared/choices.toml", (SERVICES / "_shared/choices.toml").read_text(encoding="utf-8"))
    folder.write("_shared/person.toml", (SERVICES / "_shared/person.toml").read_text(encoding="utf-8"))
    folder.write("a/one/service.toml", SERVICE.replace(BEFORE, f"{USE}\n{BEFORE}"))
    assert folder.faults() == []
    assert [spec.id for spec in folder.service().page[0].field] == [
        f"child_{name}"
        for name in (
            *("nik", "name", "birth_place", "birth_on", "sex", "occupation"),
            *("religion", "marital_status", "citizenship", "address"),
        )
    ]
    assert not [spec.id for spec in folder.service().page[0].field if spec.fact]


def test_every_shared_list_can_be_asked() -> None:
    lists = tomllib.loads((SERVICES / "_shared" / "choices.toml").read_text(encoding="utf-8"))
    assert all(len({each["value"] for each in listed}) == len(listed) >= 2 for listed in lists.values())


REPORT = """[[report]]
id = "visit"
title = "Kunjungan"

[[report.page]]
id = "seen"
title = "Dilihat"

[[report.page.field]]
id = "paint"
kind = "choice"
label = "Warna"
choices_from = "colour"

"""


def with_report(folder: Folder, report: str) -> list[str]:
    folder.write("_shared/choices.toml", CHOICES)
    step = 'permission = "testing.look"\nreport = "visit"\n'
    toml = SERVICE.replace("[[step]]", f"{report}[[step]]", 1)
    folder.write("a/one/service.toml", toml.replace('permission = "testing.look"\n', step))
    return folder.faults()


def test_report_takes_a_shared_list(folder: Folder) -> None:
    assert with_report(folder, REPORT) == []
    (field,) = folder.service().report[0].fields
    assert [choice.value for choice in field.choices] == ["red", "blue"]


def test_report_asks_no_rows(folder: Folder) -> None:
    group = '[[report.page.field]]\nid = "seen"\nkind = "group"\nlabel = "x"\nrow = "Orang"\n'
    group += '[[report.page.field.field]]\nid = "name"\nkind = "name"\nlabel = "Nama"\n\n'
    assert with_report(folder, REPORT + group) == [
        "services/a/one/service.toml:67: a report asks no rows: ask for a paragraph instead."
    ]

"""Groups as authors write them: in definitions, examples and letters."""

from __future__ import annotations

import pytest

from balai.catalogue.examples import walk
from balai.catalogue.schema import Example
from balai.catalogue.tests.conftest import LETTER, SERVICE, Folder
from balai.catalogue.tests.heirs import GOOD, GROUP, TODAY, WITH_GROUP


@pytest.fixture
def heirs(folder: Folder) -> Folder:
    folder.write("a/one/service.toml", WITH_GROUP)
    return folder


def test_example_of_a_group_stands_in_toml(heirs: Folder) -> None:
    heirs.write(
        "a/one/letter.typ",
        "#let given = json(bytes(sys.inputs.data))\n#for heir in given.heirs [ - #heir.name ]\n",
    )
    answers = {**GOOD, "heirs": [{"name": "R2D2", "is_adult": True}]}
    example = Example(title="x", filed_on=TODAY, answers=answers)
    assert list(walk(heirs.service(), example)) == [
        (("answers", "heirs", 0, "name"), '"heirs.0.name": expected no fault, got name.characters.')
    ]
    assert list(walk(heirs.service(), Example(title="x", filed_on=TODAY, answers=GOOD))) == []


def test_rows_may_take_the_questions_about_a_person(folder: Folder) -> None:
    folder.write(
        "_shared/person.toml",
        '[[page]]\nid = "person"\ntitle = "x"\n[[page.field]]\nid = "name"\nkind = "name"\nlabel = "Nama"\n'
        '[[page.field]]\nid = "nik"\nkind = "nik"\nlabel = "NIK"\n',
    )
    head = GROUP[: GROUP.index("[[page.field.field]]")]
    more = '[[page.field.field]]\nuse = "person"\nomit = ["nik"]\n[[page.field.field]]\nid = "age"\n'
    more += 'kind = "number"\nlabel = "Umur"\n'
    folder.write("a/one/service.toml", SERVICE.replace("[[step]]", f"{head}{more}[[step]]", 1))
    assert folder.faults() == []
    assert [spec.id for spec in folder.service().field_by_id["heirs"].field] == ["name", "age"]


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ('row = "Ahli waris"\n', "", 53, 'a group says what one row is called: row = "Ahli waris".'),
        ("max_rows = 3", "min_rows = 4\nmax_rows = 3", 56, '"min_rows" is greater than "max_rows".'),
        ("max_rows = 3", "max_rows = 21", 56, '"max_rows" must be at most 20.'),
        (
            "max_rows = 3",
            "required = false\nmin_rows = 2",
            57,
            'a group that need not be answered may have no row; leave "min_rows" out.',
        ),
        ('id = "nik"', 'id = "name"', 64, 'the field "name" stands twice in a row.'),
        ('kind = "nik"', 'kind = "photo"', 65, "ask for a photo with a [[requirement]], not with a field."),
        ('kind = "nik"', 'kind = "group"', 65, "a row of a group holds no group of its own."),
        (
            'label = "NIK"',
            'label = "NIK"\nfact = "nik"',
            67,
            'a row asks about somebody else: "fact" fills in what is known of the applicant.',
        ),
        (
            '"born_on" }',
            '"who" }',
            68,
            '"matches" compares birth_date with "who", which is no field of kind "date".',
        ),
        (
            '{ field = "is_adult", is = false }',
            '{ field = "share", over = 1 }',
            85,
            'the condition asks about "share", which is asked only later.',
        ),
        (
            '{ field = "is_adult", is = false }',
            '{ field = "guardian", is = true }',
            85,
            'the conditions of "guardian" and "guardian" run in a circle.',
        ),
        (
            '{ field = "is_adult", is = false }',
            '{ field = "nobody", is = true }',
            85,
            'the condition asks about "nobody", which is no field of this service.',
        ),
        (
            '{ field = "is_adult", is = false }',
            '{ field = "heirs", is = true }',
            85,
            'the condition asks about "heirs", which is asked only later.',
        ),
    ],
)
def test_bad_group_is_refused(folder: Folder, old: str, new: str, line: int, sentence: str) -> None:
    assert old in GROUP
    folder.write(
        "a/one/service.toml", SERVICE.replace("[[step]]", GROUP.replace(old, new, 1) + "[[step]]", 1)
    )
    assert f"services/a/one/service.toml:{line}: {sentence}" in folder.faults()


def test_nobody_asks_about_a_row_from_outside(folder: Folder) -> None:
    after = (
        '[[page.field]]\nid = "why"\nkind = "text"\nlabel = "x"\nwhen = { field = "is_adult", is = true }\n'
    )
    folder.write("a/one/service.toml", SERVICE.replace("[[step]]", f"{GROUP}{after}[[step]]", 1))
    assert [fault.partition(": ")[2] for fault in folder.faults()] == [
        'the condition asks about "is_adult", which is no field of this service.'
    ]


def test_keys_of_a_group_mean_nothing_elsewhere(folder: Folder) -> None:
    folder.write("a/one/service.toml", SERVICE.replace('kind = "name"', 'kind = "name"\nrow = "Orang"', 1))
    assert [fault.partition(": ")[2] for fault in folder.faults()] == [
        '"row" means nothing for a field of kind "name".'
    ]


@pytest.mark.parametrize(
    "typst",
    [
        "#for heir in data.heirs [ #heir.name #heir.share_words ]",
        '#for (at, heir) in data.heirs.enumerate(start: 1) { [#at #heir.at("nik")] }',
        '#data.heirs.map(heir => heir.name).join(", ")',
        "#data.heirs.enumerate().map(((at, heir)) => (at, heir.name))",
        "#data.raw.heirs.filter(heir => heir.is_adult == true).map(heir => heir.name)",
        "#data.heirs.first().name #data.heirs.at(0).nik #data.heirs.len()",
        "#table(..for heir in data.heirs { (heir.name, heir.born_on_weekday) })",
        "#for heir in data.heirs [ it\\'s #heir.name \\] ] #heir.unrelated",
    ],
)
def test_letter_may_ask_what_the_rows_give(heirs: Folder, typst: str) -> None:
    heirs.write("a/one/letter.typ", f"{LETTER}{typst}\n")
    assert heirs.faults() == []


@pytest.mark.parametrize(
    ("typst", "asked"),
    [
        ("#for heir in data.heirs [ #heir.job ]", "heir.job"),
        ('#for (at, heir) in data.heirs.enumerate() { heir.at("job") }', "heir.job"),
        ('#for heir in data.heirs { if heir.name != "" [ (#heir.job) ] }', "heir.job"),
        ("#data.heirs.map(heir => heir.job)", "heir.job"),
        ('#data.heirs.filter(heir => heir.name != "").map(person => person.job)', "person.job"),
        ("#data.heirs.last().job", "….job"),
        ("#for heir in data.raw.heirs [ #heir.share_words ]", "heir.share_words"),
    ],
)
def test_letter_that_asks_a_row_for_what_it_lacks_is_refused(heirs: Folder, typst: str, asked: str) -> None:
    heirs.write("a/one/letter.typ", f"{LETTER}{typst}\n")
    assert heirs.faults() == [
        f'services/a/one/letter.typ:4: no question of the group "heirs" gives "{asked}".'
    ]

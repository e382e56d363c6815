"""What a letter is given of the answers, and which names it may use."""

from __future__ import annotations

import pytest

from balai.catalogue.forms import FormErrors, clean_found, letter_data
from balai.catalogue.tests.conftest import LETTER, SERVICE, Folder

MORE = """[[page.field]]
id = "debt"
kind = "rupiah"
label = "Utang"
required = false

[[page.field]]
id = "due_on"
kind = "date"
label = "Tempo"
required = false

[[step]]"""


@pytest.fixture
def debtor(folder: Folder) -> Folder:
    folder.write("a/one/service.toml", SERVICE.replace("[[step]]", MORE, 1))
    return folder


def test_amount_comes_in_words_too_and_day_with_its_weekday(debtor: Folder) -> None:
    answers = {"who": "Budi", "has_child": False, "debt": 1_500_000, "due_on": "2026-11-23"}
    assert letter_data(debtor.service(), answers) == {
        "who": "Budi",
        "has_child": "Tidak",
        "child": "",
        "debt": "Rp1.500.000",
        "debt_words": "satu juta lima ratus ribu rupiah",
        "due_on": "23 November 2026",
        "due_on_weekday": "Senin",
        "raw": {"who": "Budi", "has_child": False, "child": None, "debt": 1_500_000, "due_on": "2026-11-23"},
    }


def test_unanswered_question_gives_empty_words(debtor: Folder) -> None:
    data = letter_data(debtor.service(), {"who": "Budi", "has_child": False})
    assert (data["debt_words"], data["due_on_weekday"], data["raw"]["debt"]) == ("", "", None)


def test_letter_may_use_what_is_made_of_answers(debtor: Folder) -> None:
    debtor.write(
        "a/one/letter.typ",
        f'{LETTER}#data.debt_words #data.due_on_weekday #data.raw.has_child #data.raw.at("debt")\n',
    )
    assert debtor.faults() == []


VISIT = """
[[step]]
id = "look"
act = "look"
title = "Melihat"
permission = "testing.look"
report = "seen"

[[report]]
id = "seen"
title = "Yang dilihat"

[[report.page]]
id = "seen"
title = "Yang dilihat"

[[report.page.field]]
id = "{id}"
kind = "date"
label = "Terlihat sejak"

[[report.page.field]]
id = "seen_photo"
kind = "photo"
label = "Foto"

[output]"""


def test_letter_quotes_what_an_officer_found_but_no_photo(folder: Folder) -> None:
    folder.write("a/one/service.toml", SERVICE.replace("[output]", VISIT.format(id="seen_on"), 1))
    quoted = f"{LETTER}#data.seen_on #data.seen_on_weekday #data.raw.seen_on\n"
    folder.write("a/one/letter.typ", quoted)
    assert folder.faults() == []
    data = letter_data(folder.service(), {"who": "Budi"}, {"seen_on": "2026-11-23"})
    assert (data["seen_on"], data["seen_on_weekday"], data["raw"]["seen_on"]) == (
        "23 November 2026",
        "Senin",
        "2026-11-23",
    )
    assert letter_data(folder.service(), {})["seen_on"] == ""
    folder.write("a/one/letter.typ", f"{quoted}#data.seen_photo\n")
    assert folder.faults() == ['services/a/one/letter.typ:5: no field gives "data.seen_photo".']


def test_question_of_a_report_named_as_a_fact_of_letters_is_refused(folder: Folder) -> None:
    folder.write("a/one/service.toml", SERVICE.replace("[output]", VISIT.format(id="office"), 1))
    assert [fault.partition(": ")[2] for fault in folder.faults()] == [
        '"office" is a name that every letter knows already; choose another.'
    ]


def test_report_of_an_example_is_held_to_its_questions(folder: Folder) -> None:
    folder.write("a/one/service.toml", SERVICE.replace("[output]", VISIT.format(id="seen_on"), 1))
    service = folder.service()
    assert clean_found(service, {"seen_on": "2026-11-23"}) == {"seen_on": "2026-11-23"}
    with pytest.raises(FormErrors) as refused:
        clean_found(service, {"seen_on": "2026-02-31", "who": "Budi"})
    assert {name: faults[0].code for name, faults in refused.value.errors.items()} == {
        "seen_on": "date.impossible",
        "who": "json.unknown_field",
    }


def test_name_that_nothing_makes_is_refused(debtor: Folder) -> None:
    debtor.write(
        "a/one/letter.typ", f'{LETTER}#data.who_words #data.raw.whom #data.raw.at("nobody")\n#data.raw.who\n'
    )
    assert debtor.faults() == [
        'services/a/one/letter.typ:4: no field gives "data.raw.nobody".',
        'services/a/one/letter.typ:4: no field gives "data.raw.whom".',
        'services/a/one/letter.typ:4: no field gives "data.who_words".',
    ]

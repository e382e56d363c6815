"""What a letter is given of the answers, and which names it may use."""

from __future__ import annotations

import pytest

from balai.catalogue.forms import letter_data
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


def test_name_that_nothing_makes_is_refused(debtor: Folder) -> None:
    debtor.write(
        "a/one/letter.typ", f'{LETTER}#data.who_words #data.raw.whom #data.raw.at("nobody")\n#data.raw.who\n'
    )
    assert debtor.faults() == [
        'services/a/one/letter.typ:4: no field gives "data.raw.nobody".',
        'services/a/one/letter.typ:4: no field gives "data.raw.whom".',
        'services/a/one/letter.typ:4: no field gives "data.who_words".',
    ]

"""Synonyms as data: what they do, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from balai.catalogue.checking import all_faults
from balai.catalogue.faults import Fault
from balai.catalogue.synonyms import Synonyms, read_synonyms
from balai.catalogue.tests.conftest import Folder

FILE = "_shared/synonyms.toml"


def read(root: Path, text: str) -> tuple[Synonyms, list[str]]:
    file = root / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    return read_synonyms(root, faults), [f"{fault.line}: {fault.sentence}" for fault in faults]


def test_longest_phrase_goes_first_and_meanings_may_hold_phrases(tmp_path: Path) -> None:
    synonyms, faults = read(
        tmp_path,
        'ignore = ["saya"]\n'
        '[[synonym]]\nsay = ["mati"]\nmean = "meninggal"\n'
        '[[synonym]]\nsay = ["bpjs mati"]\nmean = "bpjs nonaktif"\n'
        '[[synonym]]\nsay = ["nonaktif"]\nmean = "tidak aktif"\n',
    )
    assert faults == []
    assert synonyms.spelt(["bpjs", "mati"]) == ["bpjs", "tidak", "aktif"]
    assert synonyms.spelt(["kucing", "mati"]) == ["kucing", "meninggal"]
    assert (synonyms.meaningful(["saya", "ktp"]), synonyms.meaningful(["saya"])) == (["ktp"], ["saya"])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[[synonym]]\nsay = ["a"]\nmeans = "b"\n', '1: the key "mean" is missing.'),
        ("wrong = 1\n", '1: the key "wrong" is not known here; check its spelling.'),
        ('[[synonym]]\nsay = []\nmean = "b"\n', '2: "say" needs at least one entry.'),
        ('[[synonym]]\nsay = ["a", "A!"]\nmean = "b"\n', '2: "a" stands twice.'),
        ('[[synonym]]\nsay = ["?"]\nmean = "b"\n', "2: there is no word in it."),
        (
            '[[synonym]]\nsay = ["a"]\nmean = "surat a"\n',
            "2: this leads back to itself: a → a.",
        ),
        (
            '[[synonym]]\nsay = ["a"]\nmean = "b c"\n[[synonym]]\nsay = ["b"]\nmean = "a"\n',
            "2: this leads back to itself: a → b → a.",
        ),
    ],
)
def test_bad_synonyms_are_refused_with_line_and_sentence(tmp_path: Path, text: str, fault: str) -> None:
    synonyms, faults = read(tmp_path, text)
    assert faults[0] == fault
    assert synonyms.spelt(["a"]) == ["a"]


def test_meaning_that_no_service_knows_is_told_by_the_check_alone(folder: Folder) -> None:
    folder.write(FILE, '[[synonym]]\nsay = ["ujian", "tes"]\nmean = "surat uji coba"\n')
    assert folder.faults() == []
    sentences = [fault.sentence for fault in all_faults(folder.root) if fault.file.endswith("synonyms.toml")]
    assert sentences == ['no service knows the word "coba".']

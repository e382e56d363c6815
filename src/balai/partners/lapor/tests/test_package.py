"""What a package may hold, and what its files say."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from balai.files.tests import samples
from balai.partners.lapor import contract
from balai.partners.lapor.contract import Evidence
from balai.partners.lapor.errors import PackageRefused
from balai.partners.lapor.package import LONGEST, LaporPackage
from balai.partners.lapor.tests.factories import PACKAGE, evidence, given
from balai.runtime.redaction import is_personal


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("text", ""),
        ("target_agency", ""),
        ("our_reference", ""),
        ("title", "x" * 151),
        ("text", "a\0b"),
        ("kind", "whistleblowing"),
        ("attachments", tuple(UUID(int=number) for number in range(11))),
    ],
)
def test_package_that_lapor_could_not_use_is_refused_by_its_field(field: str, value: object) -> None:
    with pytest.raises(PackageRefused) as refused:
        replace(PACKAGE, **{field: value}).checked()
    assert refused.value.field == field
    assert refused.value.sentence.startswith("Laporan ini belum dapat diserahkan: ")


def test_numbers_of_people_are_taken_out_of_the_words() -> None:
    words = "NIK 3505105708950001, hubungi 0812-3456-7801"
    checked = replace(PACKAGE, title=words, text=words, place=words).checked()
    assert checked.title == checked.place == "NIK [16 angka], hubungi [telepon]"
    assert checked.text == checked.title


@examples(st.text(max_size=60), st.text(max_size=200))
def test_no_words_carry_a_number_of_a_person_out(title: str, text: str) -> None:
    try:
        checked = replace(PACKAGE, title=title, text=f"{text} 3505105708950001").checked()
    except PackageRefused:
        return
    assert not is_personal(checked.text)
    assert all(len(getattr(checked, name)) <= most for name, most in LONGEST.items())


def test_package_survives_being_kept() -> None:
    package = replace(PACKAGE, attachments=(UUID(int=1),), is_secret=True).checked()
    assert LaporPackage.from_data(json.loads(json.dumps(package.as_data()))) == package


def test_there_is_no_place_for_who_reported() -> None:
    fields = set(LaporPackage.__dataclass_fields__)
    assert fields == {
        *("title", "text", "target_agency", "our_reference", "category", "kind", "event_on", "place"),
        *("is_anonymous", "is_secret", "attachments"),
    }


@pytest.mark.django_db
def test_three_forms_say_the_same() -> None:
    photo = evidence()
    row = given(title="=HYPERLINK(1)", attachments=(photo.pk,), is_secret=True)
    forms = {paper.name: paper.content.decode() for paper in contract.papers(row, Evidence.of(row.content))}
    decoded = json.loads(forms["laporan.json"])
    assert (decoded["format"], decoded["nomor_rujukan"]) == ("balai.lapor/1", row.reference)
    assert {
        name: decoded[name] for name in ("judul", "tanggal_kejadian", "anonim", "rahasia", "lampiran")
    } == {
        "judul": "=HYPERLINK(1)",
        "tanggal_kejadian": "2026-11-20",
        "anonim": False,
        "rahasia": True,
        "lampiran": ["lampiran-1.jpg"],
    }
    [table] = csv.DictReader(io.StringIO(forms["laporan.csv"]))
    assert (table["judul"], table["rahasia"], table["isi"]) == ("'=HYPERLINK(1)", "ya", PACKAGE.text)
    assert "Isi laporan:\nLubang sedalam" in forms["laporan.txt"]
    assert [
        word for word in ("bukan tanda terima", "SMB-2026-0041") if word not in forms["laporan.txt"]
    ] == []
    assert "Siti" not in "".join(forms.values())


@pytest.mark.django_db
def test_documents_of_an_anonymous_reporter_stay_here() -> None:
    photo, paper = evidence(), evidence(samples.pdf(), "Surat Siti.pdf")
    open_one = given(attachments=(paper.pk, photo.pk))
    assert Evidence.of(open_one.content).names == ["lampiran-1.pdf", "lampiran-2.jpg"]
    hidden = Evidence.of(replace(open_one.content, is_anonymous=True))
    assert (hidden.names, hidden.withheld) == (["lampiran-1.jpg"], 1)

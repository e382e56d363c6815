"""Letters as they are set: whatever was typed is printed, and nothing typed is ever obeyed."""

from __future__ import annotations

import time
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from hypothesis import HealthCheck, example, given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from balai.documents import glyphs
from balai.documents.errors import RenderFailed
from balai.documents.rendering import letter_facts, render
from balai.documents.sources import checked, fingerprint, laid_out
from balai.documents.tests import samples

OFFICE = {
    "name": "Desa Sawentar",
    "place": "Sawentar",
    "lines": ["Pemerintah Kabupaten Blitar", "Kecamatan Kanigoro", "Desa Sawentar"],
    "address": "Jalan Raya Sawentar Nomor 12",
    "contact": "Telepon 0342-555010",
}
LETTER = letter_facts(
    title="Surat Keterangan Usaha",
    number="500.2.2.4/007/SWT/XI/2026",
    dated_on=date(2026, 11, 21),
    valid_until_on=date(2026, 12, 21),
)
ECHO = {"letter.typ": "#let given = json(bytes(sys.inputs.data))\n#given.text"}
HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0"',
    "#panic()",
    "]#panic()[",
    '"; panic() //',
    "$ x^2 $ \\ * _ ` @ref <label> ~ --- '",
    "/* // */",
    "😀 Siti 👨‍👩‍👧",
    "محمد بن عبد الله",
    "\u202eאברהם\u202c",
    "山田 太郎",
    "ꦱꦶꦠꦶ ꦲꦩꦶꦤꦃ",
    "a\u0301\u0302\u0303",
    "\u0301",
    "\x00\x07\ufffe\ud800"[:3],
    "M'bah Supri, S.Pd., M.Si.",
    "Nama" * 200,
    "\n\n\n",
    "",
]


def whole(**changes: Any) -> dict[str, Any]:
    return {
        **samples.DATA,
        "government": {"name": "Kabupaten Blitar"},
        "office": OFFICE,
        "signer": {"name": "Bambang Sutejo", "title": "Kepala Desa Sawentar", "nip": "", "on_behalf": ""},
        "letter": LETTER,
        **changes,
    }


def pages(content: bytes) -> int:
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def test_letter_stands_on_one_page() -> None:
    assert pages(render(samples.FILES, whole())) == 1


def test_same_letter_gives_same_bytes() -> None:
    assert render(samples.FILES, whole()) == render(samples.FILES, whole())


def test_shipped_fonts_alone_are_used() -> None:
    with pikepdf.open(BytesIO(render(samples.FILES, whole()))) as pdf:
        fonts = {str(obj.BaseFont)[8:] for obj in pdf.objects if is_font(obj)}
    assert fonts == {"LiberationSerif", "LiberationSerif-Bold"}


def is_font(found: object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/Subtype") == "/Type0"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_answer_is_set_as_text(text: str) -> None:
    applicant = {**samples.APPLICANT, "name": text, "address": text}
    assert pages(render(samples.FILES, whole(applicant=applicant))) >= 1


@rounds(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80))
@example("ﷺ")
@example("e\u0323\u0302")
@example("\u0e33\u0ec8")
def test_any_text_can_be_set(text: str) -> None:
    assert render(ECHO, {"text": text, "letter": LETTER, "office": OFFICE})


@given(st.text())
def test_what_is_drawable_has_a_glyph_for_each_character(text: str) -> None:
    known = glyphs.characters()
    drawn = glyphs.drawable({"a": [text]})["a"][0]
    assert all(ord(character) in known or character in "\n" for character in drawn)


def test_names_as_people_write_them_stay_as_they_are() -> None:
    name = "Siti Nur'aini, S.Pd. Ngatiyẹm Ñandú Đỗ Łukasz Ὀδυσσεύς Иван محمد"
    assert glyphs.drawable(name) == name


def test_what_no_font_draws_becomes_a_box() -> None:
    assert glyphs.drawable("Siti 山\u200b\x07") == "Siti □"


def with_paper(before: str, after: str) -> dict[str, str]:
    """The sources with one place of the paper's changed."""
    paper = samples.FILES["_shared/paper.typ"]
    assert before in paper
    return {**samples.FILES, "_shared/paper.typ": paper.replace(before, after)}


def test_letter_that_would_run_over_is_set_closer_on_one_sheet() -> None:
    business = {"name": "Warung", "address": "Jalan Candi Sawentar " * 60}
    never_closer = with_paper("<= _room.height", "<= 1000cm")
    assert pages(render(never_closer, whole(business=business))) == 2
    assert pages(render(samples.FILES, whole(business=business))) == 1


def test_letter_that_fits_is_set_as_measuring_would_set_it() -> None:
    measured_at_once = with_paper('default: "") == "roomy"', 'default: "") == "never"')
    assert render(measured_at_once, whole()) == render(samples.FILES, whole())


def test_long_letter_numbers_its_pages_and_keeps_the_signature_together() -> None:
    business = {"name": "Warung", "address": "Jalan Candi Sawentar " * 100}
    assert pages(render(samples.FILES, whole(business=business))) == 2


@pytest.mark.parametrize("code", ["", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>"])
def test_code_for_checking_is_set_where_the_data_gives_one(code: str) -> None:
    check = {"code": "7K3M-9QXA-2B4C", "address": "balai.example/periksa", "qr": code}
    assert len(render(samples.FILES, whole(verification=check))) > len(render(samples.FILES, whole()))


def test_acting_officer_with_number_is_set() -> None:
    signer = {
        "name": "Sri Wahyuni",
        "title": "Sekretaris Desa",
        "on_behalf": "a.n. Kepala Desa Sawentar",
        "nip": "19700101 199003 2 001",
    }
    assert pages(render(samples.FILES, whole(signer=signer))) == 1


def test_fault_of_a_template_is_said_without_the_answers() -> None:
    files = {"letter.typ": "#let given = json(bytes(sys.inputs.data))\n#given.applicant.nothing"}
    with pytest.raises(RenderFailed) as caught:
        render(files, whole())
    assert "nothing" in str(caught.value)
    assert samples.APPLICANT["nik"] not in str(caught.value)


def test_template_reads_no_file_but_its_own_sources() -> None:
    for place in ("/etc/hostname", "../../keys/ring.json", "/../../keys/ring.json"):
        with pytest.raises(RenderFailed):
            render({"letter.typ": f'#read("{place}")'}, whole())


def test_sources_are_laid_out_once_and_again_when_deleted() -> None:
    files = checked(ECHO, "letter.typ")
    folder = laid_out(files, fingerprint(files))
    assert folder.parent == Path(settings.BALAI.data_dir) / "letter-sources"
    assert laid_out(files, fingerprint(files)) == folder
    assert [path for path in folder.parent.iterdir() if path.suffix == ".part"] == []


def test_letter_is_set_within_thirty_milliseconds_of_work() -> None:
    """Median of twenty different letters in processor time, the compiler warm (stack.md: 8 ms)."""
    render(samples.FILES, whole())
    spent = []
    for number in range(20):
        letter = {**LETTER, "number": f"500.2.2.4/{number:03}/SWT/XI/2026"}
        before = time.process_time()
        render(samples.FILES, whole(letter=letter))
        spent.append(time.process_time() - before)
    assert sorted(spent)[10] <= 0.030

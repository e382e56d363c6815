"""Bad folders: every fault at once, each with its file, line and a sentence."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.government import GovernmentRefused, load
from balai.government.loading import _loaded
from balai.government.startup import check_folder
from balai.government.tests.folders import BLITAR, copy_of_blitar, faults_of, replace

TOML = "government.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of_blitar(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('code = "3505"\n', 'code = "35.05"\n', '"code": the code is four digits, such as 3505.'),
        ('code = "3505"\n', "code = 3505\n", '"code" must be a text in quotes.'),
        ('product_name = "Balai"', 'produk = "Balai"', '"product_name" is missing.'),
        ('kind = "kabupaten"', 'kind = "provinsi"', "\"kind\" must be one of 'kabupaten' or 'kota'."),
        (
            'zone = "Asia/Jakarta"',
            'zone = "WIB"',
            '"zone": no such time zone; Indonesia has "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura".',
        ),
        ('short_name = "Kab. Blitar"', 'short_name = ""', '"short_name" must not be empty.'),
        ('primary = "#1b3a5c"', 'primary = "nila"', '"primary": a colour reads "#1b3a5c", in small letters.'),
        (
            'accent = "#7a3e22"',
            'accent = "#f0b429"',
            '"accent": contrast with the white ground is 1.9:1; text needs 4.5:1.',
        ),
        (
            'primary_on_dark = "#9fc1e8"',
            'primary_on_dark = "#1b3a5c"',
            '"primary_on_dark": contrast with the dark ground is 1.6:1; text needs 4.5:1.',
        ),
        (
            'phone = "0342-555010"',
            'phone = "halo"',
            '"phone": a telephone number reads "0342801234" or "0812-3456-7801".',
        ),
        ('email = "balai@kabblitar.example"', 'email = "balai"', '"email": this is not an e-mail address.'),
        (
            'default = "{classification}/{sequence:03}/{office}/{month_roman}/{year}"',
            'default = "{classification}/{office}/{year}"',
            '"default": the pattern needs {sequence}, or all letters of a year get one number.',
        ),
        (
            'default = "{classification}/{sequence:03}/{office}/{month_roman}/{year}"',
            '"35.05.99" = "{sequence}/{year}"',
            'there is no office "35.05.99".',
        ),
        (
            'default = "{classification}/{sequence:03}/{office}/{month_roman}/{year}"',
            '"setda" = "{sequence}/{year}"',
            'the pattern "default" is missing.',
        ),
        (
            'friday = ["07.30-14.30"]',
            'friday = ["14.30-07.30"]',
            '"friday": an opening must end after it begins, within one day: 14.30–07.30.',
        ),
        (
            'friday = ["07.30-14.30"]',
            'friday = ["pagi"]',
            '"friday": an opening reads "07.30-15.30", not "pagi".',
        ),
        (
            'friday = ["07.30-14.30"]',
            'friday = "07.30-14.30"',
            '"friday": openings are a list such as ["07.30-15.30"]; [] is closed.',
        ),
        ('friday = ["07.30-14.30"]', 'jumat = ["07.30-14.30"]', '"jumat" is not known here.'),
        (
            'friday = ["07.30-14.30"]',
            'fridai = ["07.30-14.30"]',
            '"fridai" is not known here; did you mean "friday"?',
        ),
        (
            "valid_from = 2020-01-01",
            'valid_from = "dulu"',
            '"valid_from" must be a day such as 2026-01-31, without quotes.',
        ),
        (
            "valid_from = 2020-01-01",
            'valid_from = 2020-01-01\noffice = "35.05.77"',
            'there is no office "35.05.77".',
        ),
        (
            "valid_from = 2020-01-01",
            "valid_from = 2020-01-01\nvalid_to = 2019-01-01",
            '"office_hours": valid_to lies before valid_from.',
        ),
        (
            "valid_from = 2020-01-01",
            "valid_from = 2020-01-01\nvalid_to = 2020-12-31",
            "one entry must hold for all offices without an end and open on some day.",
        ),
        ('"35.05.11.1006", # Kelurahan Bence', '"35.05.11.1999",', 'there is no office "35.05.11.1999".'),
        ('"35.05.11.1006", # Kelurahan Bence', '"setda",', 'there is no office "setda".'),
        (
            '"35.05.11.1006" = "BNC"',
            '"35.05.11.1006" = "SWT"',
            'another office already writes "SWT" on its letters.',
        ),
        (
            '"35.05.11.1006" = "BNC"',
            '"35.05.11.1006" = "B/C"',
            '"35.05.11.1006": a code on letters has letters, digits, dots and hyphens.',
        ),
        (
            'number_code = "SETDA"',
            'number_code = "SWT"',
            'another office already writes "SWT" on its letters.',
        ),
        ('code = "dpmd"', 'code = "setda"', '"setda" stands here for the second time.'),
        ('code = "dpmd"', 'code = "Dinas PMD"', '"code": a code is small letters, digits and hyphens.'),
        ('code = "village-head"', 'code = "admin"', '"admin" stands here for the second time.'),
        (
            'permissions = ["people.manage", ',
            'permissions = ["decide", ',
            '"permissions": a permission reads "cases.check".',
        ),
        (
            'id = "village/domicile-statement"',
            'id = "village/business-statement"',
            '"village/business-statement" stands here for the second time.',
        ),
        (
            'id = "village/domicile-statement"',
            'id = "domicile"',
            '"id": a service is named by its folder, "village/business-statement", or all of a kind by '
            '"village/*".',
        ),
        ('top_office = "setda"', 'top_office = "bupati"', 'there is no agency "bupati".'),
    ],
)
def test_each_fault_of_the_file_has_its_sentence(folder: Path, old: str, new: str, sentence: str) -> None:
    replace(folder, TOML, old, new)
    assert sentence in [fault.partition(": ")[2] for fault in faults_of(folder)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "kabupaten"', 'kind = "provinsi"'),
        ('accent = "#7a3e22"', 'accent = "#f0b429"'),
        ('friday = ["07.30-14.30"]', 'friday = ["pagi"]'),
        ('code = "village-head"', 'code = "admin!"'),
        ('"35.05.11.1006", # Kelurahan Bence', '"35.05.11.1999",'),
        ('"35.05.11.1006" = "BNC"', '"35.05.11.1006" = "SWT"'),
        ('number_code = "DPMD"', 'number_code = "SWT"'),
        ('id = "village/domicile-statement"', 'id = "village/business-statement"'),
    ],
)
def test_a_fault_names_the_very_line(folder: Path, old: str, new: str) -> None:
    line = replace(folder, TOML, old, new)
    assert {fault.partition(": ")[0] for fault in faults_of(folder)} == {f"{TOML}:{line}"}


def test_all_faults_of_all_files_come_at_once(folder: Path) -> None:
    kind = replace(folder, TOML, 'kind = "kabupaten"', 'kind = "x"')
    day = replace(folder, TOML, "day = 2026-08-05", "day = 5")
    row = replace(folder, "areas.csv", "35.05.10.2011,Sawentar,desa", "35.05.10.2011,Sawentar,kelurahan")
    replace(folder, "seal.svg", "</svg>", "<script/></svg>")
    with pytest.raises(GovernmentRefused) as refused:
        load(folder)
    assert [(fault.file, fault.line) for fault in refused.value.faults] == [
        ("areas.csv", row),
        (TOML, kind),
        (TOML, day),
        ("seal.svg", 1),
    ]
    assert str(refused.value).splitlines()[0].startswith(f"3505-kab-blitar/areas.csv:{row}: ")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("code,name,kind", "kode,nama,jenis", 'the first line must be "code,name,kind".'),
        ("35.05.10.2011,Sawentar,desa", "35.05.10.2011,Sawentar", "a line has 3 values, not 2."),
        ("35.05.10.2011,Sawentar,desa", "35.05.10.2011, ,desa", "the name is empty."),
        (
            "35.05.10.2011,Sawentar,desa",
            "35.05.10.2009,Sawentar,desa",
            "35.05.10.2009 stands here for the second time.",
        ),
        (
            "35.05.10.2011,Sawentar,desa",
            "35.05.10.9011,Sawentar,desa",
            '"35.05.10.9011" is not a code of a kecamatan (35.05.10) or a village (35.05.10.2011).',
        ),
        (
            "35.05.10.2011,Sawentar,desa",
            "35.05.10.1011,Sawentar,desa",
            '35.05.10.1011 must be of kind "kelurahan", not "desa".',
        ),
        (
            "35.05.10.2011,Sawentar,desa",
            "35.72.01.2011,Sawentar,desa",
            "35.72.01.2011 does not lie in 35.05.",
        ),
        (
            "35.05.10.2011,Sawentar,desa",
            "35.05.99.2011,Sawentar,desa",
            "the kecamatan of 35.05.99.2011 must stand above it.",
        ),
        (
            "35.05.10.2011,Sawentar,desa",
            '35.05.10.2011,"Sawentar',
            "the file is not CSV in UTF-8: unexpected end of data.",
        ),
    ],
)
def test_each_fault_of_the_table_has_its_sentence(folder: Path, old: str, new: str, sentence: str) -> None:
    line = replace(folder, "areas.csv", old, new)
    expected = f"areas.csv:{1 if 'CSV' in sentence else line}: {sentence}"
    assert expected in faults_of(folder)


@pytest.mark.parametrize(
    ("svg", "sentence"),
    [
        ("", "the seal is not well-formed: no element found: line 1, column 0."),
        (
            "<svg viewBox='0 0 1 1'/>",
            'the seal must be one <svg xmlns="http://www.w3.org/2000/svg" viewBox="…">.',
        ),
        (
            "<svg xmlns='http://www.w3.org/2000/svg'/>",
            'the seal must be one <svg xmlns="http://www.w3.org/2000/svg" viewBox="…">.',
        ),
        (
            "<!DOCTYPE svg [<!ENTITY a 'a'>]><svg>&a;</svg>",
            "the seal may not have declarations and entities.",
        ),
        ("<svg><image/></svg>", "the seal may not have active elements."),
        ("<svg onload='x()'/>", "the seal may not have handlers, links and inline styles."),
        ("<svg style='fill:red'/>", "the seal may not have handlers, links and inline styles."),
        ("<svg>" + "x" * 5000 + "</svg>", "the seal is larger than 4096 bytes."),
    ],
)
def test_each_fault_of_the_seal_has_its_sentence(folder: Path, svg: str, sentence: str) -> None:
    (folder / "seal.svg").write_text(svg, encoding="utf-8")
    assert f"seal.svg:1: {sentence}" in faults_of(folder)


@pytest.mark.parametrize("file", [TOML, "areas.csv", "seal.svg"])
def test_a_missing_file_is_a_fault(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert [fault for fault in faults_of(folder) if fault.startswith(f"{file}:1: the file is missing")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('name = "a"\nname = "b"\n', "government.toml:2: this is not TOML: Cannot overwrite a value."),
        ('a = 1\nb = "\n', "government.toml:2: this is not TOML: Illegal character '\\n'."),
        ("a = [1,\n", "government.toml:2: this is not TOML: Invalid value."),
    ],
)
def test_broken_toml_names_its_line(folder: Path, text: str, fault: str) -> None:
    (folder / TOML).write_text(text, encoding="utf-8")
    assert faults_of(folder) == [fault]


def test_a_file_in_another_encoding_names_its_line(folder: Path) -> None:
    (folder / TOML).write_bytes(b'code = "3505"\nname = "Caf\xe9"\n')
    (folder / "areas.csv").write_bytes(b"code,name,kind\n35.05.01,Caf\xe9,kecamatan\n")
    faults = faults_of(folder)
    assert f"{TOML}:2: the file is not in UTF-8." in faults
    assert faults[0].startswith("areas.csv:1: the file is not CSV in UTF-8")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "nowhere") == [f"{TOML}:1: there is no folder {tmp_path / 'nowhere'}."]


def test_a_misspelt_folder_names_those_that_are_there(folder: Path) -> None:
    missing = folder.parent / "3505-blitar"
    assert faults_of(missing) == [f"{TOML}:1: there is no folder {missing}. There is: {folder.name}."]


def test_a_folder_with_the_code_of_another_government(folder: Path) -> None:
    other = folder.rename(folder.with_name("3572-kota-blitar"))
    assert f'{TOML}:4: the folder "3572-kota-blitar" must begin with the code 3505.' in faults_of(other)


def test_a_government_without_agencies_or_hours(folder: Path) -> None:
    text = (folder / TOML).read_text(encoding="utf-8")
    head, tail = text.partition("[[office_hours]]")[0], "\noffice_hours = []\n"
    (folder / TOML).write_text(head.replace("\n[colours]", f"{tail}[colours]"), encoding="utf-8")
    faults = [fault.partition(": ")[2] for fault in faults_of(folder)]
    assert faults == [
        'there is no agency "setda".',
        "one entry must hold for all offices without an end and open on some day.",
    ]


def test_own_words_for_areas_name_the_offices(folder: Path) -> None:
    replace(
        folder,
        TOML,
        "[colours]",
        '[area_words]\nvillage = "Nagari"\n\n[head_titles]\nvillage = "Wali Nagari"\n\n[colours]',
    )
    town = load(folder)
    sawentar = next(office for office in town.offices if office.code == "35.05.10.2011")
    assert (sawentar.name, sawentar.head_title) == ("Nagari Sawentar", "Wali Nagari")


TEXT = (BLITAR / TOML).read_text(encoding="utf-8")
LINES = TEXT.splitlines()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.data())
def test_a_spoilt_file_loads_or_is_refused_with_lines_it_has(folder: Path, data: st.DataObject) -> None:
    """Any line dropped, doubled, swapped or with other characters: nothing but GovernmentRefused escapes."""
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        other = data.draw(st.sampled_from(LINES))
        rubbish = data.draw(st.text('ab0"[]{}=.,#\n', max_size=12))
        lines[at] = data.draw(
            st.sampled_from(["", other, lines[at] + "\n" + lines[at], rubbish, lines[at] + rubbish])
        )
    text = "\n".join(lines) + "\n"
    (folder / TOML).write_text(text, encoding="utf-8")
    try:
        load(folder)
    except GovernmentRefused as refused:
        assert all(1 <= fault.line <= text.count("\n") + 1 for fault in refused.faults)
        assert all(fault.sentence.endswith((".", "?")) for fault in refused.faults)


def test_command_names_what_it_read(folder: Path) -> None:
    out = StringIO()
    call_command("government_check", str(folder), stdout=out)
    assert out.getvalue() == "3505-kab-blitar: Kabupaten Blitar, 288 offices, no fault.\n"


def test_command_ends_with_every_fault(folder: Path) -> None:
    replace(folder, TOML, 'kind = "kabupaten"', 'kind = "x"')
    with pytest.raises(CommandError, match=r"^3505-kab-blitar/government\.toml:8: "):
        call_command("government_check", str(folder), stdout=StringIO())


def test_start_is_refused_with_one_error_for_each_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(folder, TOML, 'kind = "kabupaten"', 'kind = "x"')
    replace(folder, TOML, 'short_name = "Kab. Blitar"', 'short_name = ""')
    monkeypatch.setattr("balai.government.loading.GOVERNMENTS", folder.parent)
    _loaded.cache_clear()
    try:
        assert [error.msg.partition(": ")[0] for error in check_folder()] == [
            "governments/3505-kab-blitar/government.toml:6",
            "governments/3505-kab-blitar/government.toml:8",
        ]
    finally:
        _loaded.cache_clear()


def test_start_is_not_refused_with_a_folder_in_order() -> None:
    assert check_folder() == []

"""Every bad definition is refused with file, line and sentence; a sound one loads whole."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from balai.catalogue import loader
from balai.catalogue.faults import CatalogueRefused
from balai.catalogue.tests.conftest import LETTER, SERVICE, Folder

Change = Callable[[str, str], list[str]]
FILE = "services/a/one/service.toml"
CASES = tomllib.loads(Path(__file__).with_name("bad_definitions.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["sentence"][:40] for case in CASES])
def test_bad_definition_is_refused_with_line_and_sentence(changed: Change, case: dict[str, Any]) -> None:
    assert changed(case["old"], case["new"]) == [f"{FILE}:{case['line']}: {case['sentence']}"]


def test_every_fault_is_reported_at_once(folder: Folder) -> None:
    folder.write(
        "a/one/service.toml", SERVICE.replace('code = "UJI"', "code = 3").replace("needed = false\n", "")
    )
    folder.add("b/two", SERVICE.replace("title =", "judul =", 1))
    assert folder.faults() == [
        f'{FILE}:3: "code" must be a text in quotes.',
        f'{FILE}:10: the key "needed" is missing.',
        'services/b/two/service.toml:1: the key "title" is missing.',
        'services/b/two/service.toml:4: the key "judul" is not known here; check its spelling.',
    ]


def test_overlapping_validity_is_refused(changed: Change) -> None:
    second = (
        '[[deadline]]\namount = 2\nunit = "days"\nbasis = "x"\nvalid_from = 2024-01-01\n\n[[classification]]'
    )
    assert changed("[[classification]]", second) == [
        f"{FILE}:29: this deadline overlaps the one that holds from 2020-01-01 until further notice."
    ]


def test_rule_without_successor_is_refused(changed: Change) -> None:
    assert changed("valid_from = 2020-01-01", "valid_from = 2020-01-01\nvalid_to = 2025-12-31") == [
        f"{FILE}:18: this fee ends on 2025-12-31 and none follows on the next day; "
        'leave "valid_to" out until then.'
    ]


def test_circular_conditions_are_refused(changed: Change) -> None:
    circle = 'label = "Punya anak?"\nwhen = { field = "other", is = true }\n[[page.field]]\nid = "other"\n'
    circle += 'kind = "yes_no"\nlabel = "x"\nwhen = { field = "has_child", is = true }'
    assert changed('label = "Punya anak?"', circle) == [
        f'{FILE}:44: the conditions of "has_child" and "other" run in a circle.',
        f'{FILE}:49: the conditions of "other" and "has_child" run in a circle.',
    ]


def test_letter_variable_that_no_field_gives_is_refused(folder: Folder) -> None:
    folder.write(
        "a/one/letter.typ", LETTER + '// data.comment\n#data.income #data.at("debt") #data.letter.colour\n'
    )
    assert folder.faults() == [
        'services/a/one/letter.typ:5: data.letter has no "colour"; it has date, date_parts, number, title, '
        "valid_until.",
        'services/a/one/letter.typ:5: no field gives "data.debt".',
        'services/a/one/letter.typ:5: no field gives "data.income".',
    ]


def test_slug_and_code_belong_to_one_service(folder: Folder) -> None:
    folder.add("b/two", SERVICE)
    assert folder.faults() == [
        'services/b/two/service.toml:2: the slug "surat-uji" belongs to a/one already.',
        'services/b/two/service.toml:3: the code "UJI" belongs to a/one already.',
    ]


def test_missing_help_and_wrong_encoding_are_faults(folder: Folder) -> None:
    (folder.root / "a/one/help.md").unlink()
    folder.add("b/two", SERVICE)
    (folder.root / "b/two/service.toml").write_bytes(b'engine = "cases"\ntitle = "\xff"\n')
    assert folder.faults() == [
        "services/a/one/help.md:1: the file cannot be read: No such file or directory.",
        "services/b/two/service.toml:2: the file is not UTF-8 text.",
    ]


def test_government_switches_services_on_and_renames_them(folder: Folder) -> None:
    folder.add("b/two", SERVICE.replace("surat-uji", "dua").replace("UJI", "DUA"))
    town = SimpleNamespace(folder="x", services=[SimpleNamespace(id="b/two", local_name="Surat kita")])
    catalogue = loader.load(folder.root, town)
    assert [(each.id, each.title) for each in catalogue.services] == [("b/two", "Surat kita")]


def test_government_switching_on_what_does_not_exist_is_refused(folder: Folder) -> None:
    town = SimpleNamespace(folder="3505-x", services=[SimpleNamespace(id="b/none", local_name="")])
    with pytest.raises(CatalogueRefused) as refused:
        loader.load(folder.root, town)
    assert [str(fault) for fault in refused.value.faults] == [
        'governments/3505-x/government.toml:1: the service "b/none" is switched on but has no folder under '
        "services/."
    ]


def test_service_of_an_engine_that_does_not_run_is_left_out(folder: Folder) -> None:
    folder.add(
        "b/two", SERVICE.replace("surat-uji", "dua").replace("UJI", "DUA").replace("testing", "absent", 1)
    )
    assert [each.id for each in loader.load(folder.root).services] == ["a/one"]


def test_letter_takes_along_the_shared_sources_it_imports(folder: Folder) -> None:
    folder.write("_shared/unused.typ", "")
    assert sorted(folder.service().files) == ["_shared/head.typ", "letter.typ"]


def test_steps_of_one_way_of_delivery_are_left_out_for_the_other(folder: Folder) -> None:
    step = '[[step]]\nid = "print"\nact = "look"\ntitle = "x"\npermission = "testing.look"\n'
    both = 'number_book = "letters-out"\nsignature = "certified"\ndelivery = ["download", "pickup"]'
    folder.write(
        "a/one/service.toml",
        SERVICE.replace("[output]", f'{step}delivery = "pickup"\n\n[output]').replace(
            'number_book = "letters-out"', both
        ),
    )
    service = folder.service()
    found = {
        way: [each.id for each in service.steps_for({}, date(2026, 1, 5), way)]
        for way in ("", "pickup", "download")
    }
    assert found == {"": ["check", "print"], "pickup": ["check", "print"], "download": ["check"]}

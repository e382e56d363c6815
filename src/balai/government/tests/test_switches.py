"""Lists of services with patterns, shared roles, and local names of systems."""

from __future__ import annotations

from pathlib import Path

import pytest

from balai.government import load
from balai.government.roles import merged, shared_roles
from balai.government.schema import RoleSpec, ServiceSwitch
from balai.government.switches import expand, switch_faults
from balai.government.tests.folders import copy_of_blitar, faults_of, replace

KNOWN = ("elsewhere/card", "village/one", "village/three", "village/two")
TOML = "government.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of_blitar(tmp_path)


def switch(id: str, *exceptions: str, local_name: str = "") -> ServiceSwitch:
    return ServiceSwitch(id=id, exceptions=exceptions, local_name=local_name)


def ids(*switches: ServiceSwitch) -> list[str]:
    return [each.id for each in expand(switches, KNOWN)]


def test_a_pattern_is_every_service_of_its_folder() -> None:
    assert ids(switch("village/*")) == ["village/one", "village/three", "village/two"]


def test_a_service_named_itself_keeps_its_place_and_name() -> None:
    rows = expand([switch("village/two", local_name="Dua"), switch("village/*")], KNOWN)
    assert [(row.id, row.local_name) for row in rows] == [
        ("village/two", "Dua"),
        ("village/one", ""),
        ("village/three", ""),
    ]
    assert ids(switch("village/*"), switch("village/one")) == ["village/three", "village/two", "village/one"]


def test_exceptions_are_left_out() -> None:
    assert ids(switch("village/*", "village/one", "village/two")) == ["village/three"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (switch("permits/*"), 'no service of the catalogue matches "permits/*".'),
        (switch("village/*", local_name="X"), '"village/*" is many services; a name belongs to one.'),
        (switch("village/*", "village/four"), '"village/four" is no service that "village/*" means.'),
        (switch("village/one", "village/two"), 'only a pattern such as "village/*" has exceptions.'),
    ],
)
def test_a_pattern_that_can_not_be_meant_is_a_fault(row: ServiceSwitch, sentence: str) -> None:
    assert [said for _, said in switch_faults([row], KNOWN)] == [sentence]


def test_a_pattern_without_services_names_its_line(folder: Path) -> None:
    line = replace(folder, TOML, 'id = "village/domicile-statement"', 'id = "permits/*"')
    assert faults_of(folder) == [f'{TOML}:{line}: no service of the catalogue matches "permits/*".']


def test_own_roles_replace_shared_ones_and_add_to_them() -> None:
    shared = (
        RoleSpec(code="head", name="H", permissions=()),
        RoleSpec(code="clerk", name="C", permissions=()),
    )
    own = (
        RoleSpec(code="clerk", name="Own", permissions=()),
        RoleSpec(code="more", name="M", permissions=()),
    )
    assert [(role.code, role.name) for role in merged(shared, own)] == [
        ("head", "H"),
        ("clerk", "Own"),
        ("more", "M"),
    ]


def test_a_fault_in_the_shared_roles_has_its_line(tmp_path: Path) -> None:
    file = tmp_path / "roles.toml"
    file.write_text('[[role]]\ncode = "a-b"\nname = "N"\npermissions = ["decide"]\n', encoding="utf-8")
    roles, faults = shared_roles(file)
    assert roles == ()
    assert [str(fault) for fault in faults] == [
        '../_shared/roles.toml:4: "permissions": a permission reads "cases.check".'
    ]
    assert shared_roles(tmp_path / "missing.toml")[1][0].sentence.startswith("the file can not be read: ")


SYSTEM = '[[system]]\nname = "Apel"\nengines = ["cases"]\nabout = "surat."\n'


@pytest.mark.parametrize(
    ("system", "sentence"),
    [
        (SYSTEM, '"system": a system opens either services or a path.'),
        (SYSTEM + 'path = "lapor"\n', '"path": a page reads "/lapor/".'),
        (SYSTEM.replace("cases", "kasus") + 'path = "/x/"\n', "\"engines\" must be one of 'cases',"),
        (SYSTEM + 'path = "/x/"\n' + SYSTEM + 'path = "/y/"\n', '"Apel" stands here for the second time.'),
    ],
)
def test_a_system_that_makes_no_sense_is_a_fault(folder: Path, system: str, sentence: str) -> None:
    with (folder / TOML).open("a", encoding="utf-8") as file:
        file.write("\n" + system)
    (said,) = [fault.partition(": ")[2] for fault in faults_of(folder)]
    assert said.startswith(sentence)


def test_systems_keep_the_order_of_the_file(folder: Path) -> None:
    names = [system.name for system in load(folder).systems]
    assert names[:3] == ["Apeldeskel", "E-SIAP Online", "Salam Sak Jangkah"]

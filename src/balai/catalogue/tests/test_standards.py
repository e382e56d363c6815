"""The service standard: derived where the definition says it, in words elsewhere, never silently missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from balai.catalogue import loader, standards
from balai.catalogue.checking import all_faults
from balai.catalogue.running import SERVICES
from balai.catalogue.tests.conftest import SAID, Folder

DAY = date(2026, 11, 22)


def told(folder: Folder, home: Path | None = None) -> dict[str, tuple[str, ...]]:
    reading = loader.read(folder.root, home=home)
    assert reading.faults == []
    (service,) = reading.definitions
    return {each.key: each.lines for each in standards.components(service, reading.standards, DAY)}


def test_there_are_fourteen_components_six_of_them_public(folder: Folder) -> None:
    assert list(told(folder)) == [*standards.PUBLIC, *standards.INTERNAL]
    assert (len(standards.PUBLIC), len(standards.INTERNAL)) == (6, 8)


def test_what_the_definition_says_is_not_written_again(folder: Folder) -> None:
    folder.write("_shared/standard.toml", "[a]\ncomplaints = 'Telepon.'\n")
    found = told(folder)
    assert found["time"] == ("1 hari kerja. uji",)
    assert found["fee"] == ("Biaya layanan Rp0. uji",)
    assert (found["procedure"], found["product"]) == (("Memeriksa",), ("Surat uji",))
    assert (found["complaints"], found["legal_basis"]) == (("Telepon.",), ("Kode arsip 000, uji",))


def test_service_and_government_say_it_their_own_way(folder: Folder, tmp_path: Path) -> None:
    home = tmp_path / "9999-x"
    home.mkdir()
    folder.write("a/one/standard.toml", 'staff = "Tiga"\nsafety = "Pagar"\n')
    (home / "standard.toml").write_text('[a]\nstaff = "Lima"\n["a/one"]\ncompetence = "Ahli"\n')
    found = told(folder, home)
    assert (found["staff"], found["safety"], found["competence"]) == (("Lima",), ("Pagar",), ("Ahli",))


def test_missing_components_are_named_by_the_check_alone(folder: Folder) -> None:
    folder.write("_shared/standard.toml", "[a]\n" + SAID.replace('staff = "Contoh."\n', ""))
    assert folder.faults() == []
    sentences = [fault.sentence for fault in all_faults(folder.root) if "standard" in fault.sentence]
    assert sentences == ["its service standard lacks staff; say it in [a] in _shared/standard.toml."]


def test_local_standard_of_nothing_is_refused(folder: Folder, tmp_path: Path) -> None:
    home = tmp_path / "9999-x"
    home.mkdir()
    (home / "standard.toml").write_text('[vilage]\nstaff = "Lima"\n')
    assert [str(fault) for fault in loader.read(folder.root, home=home).faults] == [
        'governments/9999-x/standard.toml:1: "vilage" is no service and no kind of service.'
    ]


def test_unknown_component_is_refused_with_its_line(folder: Folder) -> None:
    folder.write("_shared/standard.toml", '[a]\nstaf = "Dua"\n')
    assert folder.faults() == [
        'services/_shared/standard.toml:2: the key "staf" is not known here; check its spelling.'
    ]


def test_every_real_service_has_a_whole_standard() -> None:
    reading = loader.read(SERVICES)
    assert {each.id: reading.standards.missing(each) for each in reading.definitions} == {
        each.id: [] for each in reading.definitions
    }


@pytest.mark.django_db
def test_api_tells_all_fourteen(client: Client) -> None:
    found = client.get("/api/v1/services/surat-keterangan-usaha").json()["standard"]
    assert [each["key"] for each in found if each["is_public"]] == list(standards.PUBLIC)
    assert (len(found), [each["key"] for each in found if not each["lines"]]) == (14, [])

"""The six governments that ship: areas as the reference counts them, and each with a face of its own."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from balai import government
from balai.government import Government
from balai.government.checks import seal_faults
from balai.government.tests.folders import every_folder, faults_of

TOWNS = {folder.name: government.load(folder) for folder in every_folder()}
every_town = pytest.mark.parametrize("town", TOWNS.values(), ids=TOWNS)

# domain.md §2.2: kecamatan, kelurahan, desa (Kepmendagri 300.2.2-2430/2025).
COUNTED = {
    "2172-kota-tanjungpinang": (4, 18, 0),
    "3505-kab-blitar": (22, 28, 220),
    "3528-kab-pamekasan": (13, 11, 178),
    "3572-kota-blitar": (3, 21, 0),
    "3575-kota-pasuruan": (4, 34, 0),
    "3604-kab-serang": (29, 0, 326),
}
EXAMPLES = {
    "35.72.01.1004": "Kelurahan Kauman",
    "35.72.02.1002": "Kelurahan Blitar",
    "35.72.03.1007": "Kelurahan Bendogerit",
    "35.75.01.1001": "Kelurahan Karangketug",
    "35.75.04.1012": "Kelurahan Panggungrejo",
    "35.28.04.1011": "Kelurahan Bugih",
    "35.28.04.2006": "Desa Teja Barat",
    "35.28.01.2008": "Desa Tlanakan",
    "21.72.03.1004": "Kelurahan Penyengat",
    "21.72.02.1004": "Kelurahan Batu IX",
    "36.04.05.2001": "Desa Kramatwatu",
    "36.04.29.2001": "Desa Padarincang",
    "36.04.30.2001": "Desa Anyar",
    "36.04.32.2001": "Desa Mancak",
}


@pytest.mark.parametrize("folder", every_folder(), ids=lambda folder: folder.name)
def test_every_government_that_ships_is_without_fault(folder: Path) -> None:
    assert faults_of(folder) == []


def test_areas_are_as_many_as_the_reference_counts() -> None:
    kinds = {name: Counter(area.kind for area in town.areas) for name, town in TOWNS.items()}
    counted = {name: (n["district"], n["kelurahan"], n["village"]) for name, n in kinds.items()}
    assert counted == COUNTED


def test_examples_of_the_reference_are_named_as_there() -> None:
    titles = {code: title for town in TOWNS.values() for code, title in town.area_titles.items()}
    assert {code: titles[code] for code in EXAMPLES} == EXAMPLES


def test_kecamatan_are_those_of_the_country_table() -> None:
    """The folders' tables and the country's come from one source and stay together."""
    source = Path(government.__file__).parents[1] / "region" / "data" / "districts.csv"
    with source.open(encoding="utf-8", newline="") as file:
        country = [(row["code"], row["name"]) for row in csv.DictReader(file)]
    for town in TOWNS.values():
        own = [(area.code, area.name) for area in town.areas if area.kind == "district"]
        assert own == [each for each in country if each[0].startswith(f"{town.area_code}.")]


@every_town
def test_a_kota_has_no_desa_and_its_offices_have_a_lurah(town: Government) -> None:
    heads = {office.kind: office.head_title for office in town.offices if office.kind != "agency"}
    known = {"district": "Camat", "village": "Kepala Desa", "kelurahan": "Lurah"}
    assert heads == {kind: known[kind] for kind in heads}
    assert town.kind == "kabupaten" or "village" not in heads
    assert town.head_title.startswith("Wali Kota " if town.kind == "kota" else "Bupati ")


@every_town
def test_open_offices_write_codes_of_their_own(town: Government) -> None:
    opened = [office for office in town.offices if office.is_open]
    assert 4 <= len(opened) <= 5
    assert [office.kind for office in opened].count("district") == 1
    assert len({office.number_code for office in town.offices}) == len(town.offices)
    assert not [office.code for office in opened if office.number_code == office.code]


def test_no_two_towns_look_alike() -> None:
    assert len({town.seal_svg for town in TOWNS.values()}) == len(TOWNS)
    assert len({town.colours for town in TOWNS.values()}) == len(TOWNS)
    assert [name for name, town in TOWNS.items() if list(seal_faults(town.seal_svg))] == []
    # In every page, inside a budget: the masthead leaves a larger one out.
    assert max(len(town.seal_svg) for town in TOWNS.values()) < 1500


@every_town
def test_addresses_that_are_examples_say_so(town: Government) -> None:
    addresses = [town.contacts.website, *town.contacts.social.values()]
    hosts = {address.split("/")[2] for address in addresses}
    assert [host for host in hosts if not host.endswith(".example")] == []
    assert [name for name, _ in town.contacts.social_links][:2] == ["Instagram", "Facebook"]


@every_town
def test_every_town_has_the_shared_roles(town: Government) -> None:
    assert [role.code for role in town.roles][:3] == ["village-operator", "village-secretary", "village-head"]

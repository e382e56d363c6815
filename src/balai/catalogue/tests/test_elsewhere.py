"""Services of other agencies: read with their doors, listed where a government has the door."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from balai import government
from balai.catalogue import loader, running
from balai.catalogue.checking import all_faults
from balai.catalogue.doors import doors_of, read_kinds
from balai.catalogue.faults import CatalogueRefused, Fault
from balai.catalogue.tests.conftest import SERVICE, Folder
from balai.government.loading import GOVERNMENTS

CHECKED = 'checked = { by = "Tim", on = 2026-11-22, source = "UU" }\n'
ELSEWHERE = (
    'engine = "elsewhere"\nslug = "paspor"\ntitle = "Paspor"\nsummary = "x"\nlife_event = "travel"\n'
    f'door = "immigration"\n{CHECKED}'
)
DOORS = f'[immigration]\nname = "Imigrasi"\n{CHECKED}\n[oss]\nname = "OSS"\nis_national = true\n{CHECKED}'


@pytest.fixture
def abroad(folder: Folder) -> Folder:
    folder.write("_shared/doors.toml", DOORS)
    folder.write("elsewhere/passport/service.toml", ELSEWHERE)
    folder.write("elsewhere/passport/help.md", "Bantuan.\n")
    return folder


def faults_of(folder: Folder, old: str, new: str) -> list[str]:
    folder.write("elsewhere/passport/service.toml", ELSEWHERE.replace(old, new))
    return folder.faults()


def local_doors(folder: Folder, home: Path, text: str) -> tuple[set[str], list[str]]:
    home.mkdir(exist_ok=True)
    (home / "doors.toml").write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    doors = doors_of(read_kinds(folder.root, faults), home, faults)
    return set(doors), [str(fault) for fault in faults]


def test_service_is_listed_only_where_the_government_has_its_door(abroad: Folder) -> None:
    assert [each.id for each in loader.load(abroad.root).listed] == ["a/one"]
    assert [each.id for each in loader.read(abroad.root).elsewhere] == ["elsewhere/passport"]
    folder = ELSEWHERE.replace('"immigration"', '"oss"')
    abroad.write("elsewhere/passport/service.toml", folder)
    catalogue = loader.load(abroad.root)
    assert [each.id for each in catalogue.listed] == ["a/one", "elsewhere/passport"]
    assert [hit.service.id for hit in catalogue.search("pasport")] == ["elsewhere/passport"]
    assert catalogue.elsewhere_by_slug("paspor") is not None


def test_doors_are_the_national_ones_and_the_governments_own(abroad: Folder, tmp_path: Path) -> None:
    local = f'[immigration]\nname = "Imigrasi Blitar"\nphone = "0342-1"\n{CHECKED}'
    assert local_doors(abroad, tmp_path / "9999-x", local) == ({"immigration", "oss"}, [])


def test_door_that_is_no_kind_is_refused(abroad: Folder, tmp_path: Path) -> None:
    local = f'[imigrasi]\nname = "x"\n{CHECKED}'
    assert local_doors(abroad, tmp_path / "9999-x", local) == (
        {"oss"},
        [
            'governments/9999-x/doors.toml:1: no door "imigrasi" in _shared/doors.toml; '
            "known are immigration, oss."
        ],
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (CHECKED, "", '1: the key "checked" is missing.'),
        (
            '"immigration"',
            '"nowhere"',
            '6: no door "nowhere" in _shared/doors.toml; known are immigration, oss.',
        ),
        ('slug = "paspor"', 'slug = "surat-uji"', '2: the slug "surat-uji" belongs to a/one already.'),
        (
            "door =",
            'link = "http://x"\ndoor =',
            '6: "link" must be a whole address that begins with https://.',
        ),
        ("door =", "step = []\ndoor =", '6: the key "step" is not known here; check its spelling.'),
    ],
)
def test_bad_service_elsewhere_is_refused(abroad: Folder, old: str, new: str, fault: str) -> None:
    assert faults_of(abroad, old, new) == [f"services/elsewhere/passport/service.toml:{fault}"]


def test_service_elsewhere_needs_neither_examples_nor_a_standard(abroad: Folder) -> None:
    assert [fault for fault in all_faults(abroad.root) if "elsewhere" in fault.file] == []


@pytest.mark.parametrize("home", sorted(GOVERNMENTS.glob("[0-9]*")), ids=lambda home: home.name)
def test_every_government_has_doors_for_at_least_ten_services(home: Path) -> None:
    reading = loader.read(running.SERVICES, home=home)
    offered = [each for each in reading.elsewhere if each.door in reading.doors]
    assert ([fault for fault in reading.faults if "doors" in fault.file], len(offered) >= 10) == ([], True)


def test_order_of_the_door_goes_before_that_of_the_government(abroad: Folder) -> None:
    abroad.add("b/two", SERVICE.replace("surat-uji", "surat-dua").replace('"UJI"', '"DUA"'))
    abroad.write("_shared/front.toml", 'first = ["b/two"]\n')
    assert [each.id for each in loader.load(abroad.root).listed] == ["b/two", "a/one"]
    town = SimpleNamespace(services=[SimpleNamespace(id=each, local_name="") for each in ("a/one", "b/two")])
    assert [each.id for each in loader.load(abroad.root, town).listed] == ["b/two", "a/one"]
    abroad.write("_shared/front.toml", 'first = [\n  "b/two",\n  "b/six",\n]\n')
    found = [str(fault) for fault in all_faults(abroad.root) if "front" in fault.file]
    assert found == ['services/_shared/front.toml:3: no service "b/six".']


def test_front_with_an_unknown_key_is_refused(abroad: Folder) -> None:
    abroad.write("_shared/front.toml", 'frist = ["a/one"]\n')
    with pytest.raises(CatalogueRefused):
        loader.load(abroad.root)


@pytest.mark.django_db
def test_api_lists_what_is_done_elsewhere_and_says_where(client: Client) -> None:
    items: list[dict[str, Any]] = client.get("/api/v1/services", {"q": "paspor"}).json()["items"]
    assert (items[0]["slug"], items[0]["is_elsewhere"]) == ("paspor", True)
    told = client.get("/api/v1/services/paspor").json()
    assert told["elsewhere"]["link"] == "https://www.imigrasi.go.id"
    assert (told["identity"], told["steps"], told["elsewhere"]["cost"]) == (None, [], "")
    assert client.get("/api/v1/services/paspor/form").status_code == 404


def test_town_of_this_run_offers_services_elsewhere() -> None:
    assert len(running.current().elsewhere) >= 10, government.current().folder

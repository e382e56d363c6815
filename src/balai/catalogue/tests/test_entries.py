"""What engines let people find beside services, and their own data: a town does not start on faulty ones."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from balai import government
from balai.catalogue import engine, loader, running
from balai.catalogue.checking import all_faults
from balai.catalogue.faults import CatalogueRefused, Fault
from balai.catalogue.running import SERVICES
from balai.catalogue.schema.listed import Entry
from balai.catalogue.tests.conftest import Folder
from balai.government import Government


def entry(slug: str, url: str, *keywords: str) -> Entry:
    """One thing to be found."""
    title = f"Lapor {slug.replace('-', ' ')}"
    return Entry(f"holding/{slug}", "holding", slug, title, "", keywords, url, "alert", note="Kapan saja")


class HoldingEngine(engine.Engine):
    """Brings data of its own."""

    code = "holding"
    faults_found: tuple[Fault, ...] = ()
    unexpected: tuple[Fault, ...] = ()

    def entries(self, folder: Path, government: Government) -> Sequence[Entry]:
        return [
            entry("kebun-zaitun", "/layanan/?jenis=zaitun", "zaitun layu"),
            entry("kebun-kurma", "/tidak-ada/?jenis=kurma", "kurma layu"),
        ]

    def check(self, folder: Path, government: Government) -> Iterable[Fault]:
        return self.faults_found

    def walk_examples(self, folder: Path, government: Government) -> Iterable[Fault]:
        return self.unexpected

    def schemas(self) -> dict[str, dict[str, Any]]:
        return {"holding": {"type": "object"}}


@pytest.fixture
def holding() -> Iterator[HoldingEngine]:
    made = HoldingEngine()
    engine.register(made)
    yield made
    engine.unregister("holding")


def test_an_entry_is_found_beside_services_where_its_page_is(holding: HoldingEngine) -> None:
    found = loader.load(SERVICES, government.current())
    assert [each.slug for each in found.entries if each.engine == "holding"] == ["kebun-zaitun"]
    assert found.search("zaitun layu")[0].service.id == "holding/kebun-zaitun"
    assert [each for each in found.listed if each.engine == "holding"] == []


@pytest.mark.django_db
def test_its_card_leads_to_its_page(holding: HoldingEngine) -> None:
    with running.using(loader.load(SERVICES, government.current())):
        page = Client().get("/layanan/", {"q": "zaitun layu"}).content.decode()
        listed = Client().get("/api/v1/services", {"q": "zaitun layu"}).json()["items"]
    assert 'href="/layanan/?jenis=zaitun"' in page
    assert "Kapan saja" in page
    assert [each for each in listed if each["slug"] == "kebun-zaitun"] == []


def test_a_town_does_not_start_on_faulty_data_of_an_engine(holding: HoldingEngine) -> None:
    holding.faults_found = (Fault("services/holding/a.toml", 3, "this is wrong."),)
    with pytest.raises(CatalogueRefused) as refused:
        loader.load(SERVICES, government.current())
    assert [str(each) for each in refused.value.faults] == ["services/holding/a.toml:3: this is wrong."]


def test_the_check_walks_examples_of_data_without_faults(holding: HoldingEngine, folder: Folder) -> None:
    holding.unexpected = (Fault("services/holding/examples/a.toml", 1, "comes out otherwise."),)
    assert holding.unexpected[0] in all_faults(folder.root, government.current(), letters=False)
    holding.faults_found = (Fault("services/holding/a.toml", 3, "this is wrong."),)
    found = all_faults(folder.root, government.current(), letters=False)
    assert (holding.faults_found[0] in found, holding.unexpected[0] in found) == (True, False)


def test_schemas_of_engines_are_written_beside_those_of_services(
    holding: HoldingEngine, tmp_path: Path, folder: Folder
) -> None:
    with pytest.raises(Exception, match="faults"):
        call_command("catalogue_check", services=folder.root, schema=tmp_path, stdout=io.StringIO())
    assert (tmp_path / "holding.schema.json").read_text() == '{\n  "type": "object"\n}\n'

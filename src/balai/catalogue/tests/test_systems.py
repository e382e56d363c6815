"""Local names: shown where the engine works and something opens, unspoken elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from balai import government
from balai.catalogue import systems
from balai.government import Government
from balai.government.schema import SystemSpec


def spec(**changes: Any) -> SystemSpec:
    given = {"name": "Apel Kita", "engines": ("cases",), "about": "surat desa.", "services": ("village/*",)}
    return SystemSpec.model_validate({**given, **changes})


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`named(spec(), …)` makes these the local names of this town."""

    def name(*specs: SystemSpec) -> list[systems.System]:
        town = government.current().model_copy(update={"systems": specs})
        monkeypatch.setattr(systems.government, "current", lambda: town)
        return systems.running_systems()

    return name


def test_a_system_opens_the_services_that_its_pattern_means(named: Any) -> None:
    (found,) = named(spec())
    assert (found.name, found.slug, found.url) == ("Apel Kita", "apel-kita", "/layanan/?sistem=apel-kita")
    assert "village/business-statement" in found.services
    assert all(each.startswith("village/") for each in found.services)


@pytest.mark.parametrize(
    "unspoken",
    [
        spec(engines=("incidents",)),
        spec(engines=("cases", "queues")),
        spec(services=("nothing/*",)),
        spec(services=(), path="/tidak-ada/"),
    ],
    ids=["no engine", "not every engine", "no service", "no page"],
)
def test_what_does_not_work_is_not_spoken_of(named: Any, unspoken: SystemSpec) -> None:
    assert named(unspoken) == []


def test_a_system_may_open_a_page(named: Any) -> None:
    (found,) = named(spec(name="Satu Pintu", engines=("catalogue",), services=(), path="/layanan/"))
    assert (found.url, found.services) == ("/layanan/", ())


def test_a_service_is_found_under_its_local_name(named: Any) -> None:
    named(spec())
    found = systems.system_of("village/business-statement")
    assert found is not None
    assert found.name == "Apel Kita"
    assert systems.system_of("permits/shop") is None


def test_the_government_of_the_tests_knows_apeldeskel() -> None:
    town: Government = government.current()
    of_cases = {each.name for each in town.systems if each.engines == ("cases",)}
    assert of_cases & {each.name for each in systems.running_systems()} == {"Apeldeskel"}
    assert len(town.systems) == 17

"""Examples away from home: every one comes out as it says under each government that ships."""

from __future__ import annotations

import pytest

from balai.catalogue import checking
from balai.catalogue.at_home import at_home, sample_office
from balai.catalogue.running import SERVICES
from balai.government.loading import folders, serving

OTHERS = [folder.name for folder in folders() if not folder.name.startswith("3505")]


@pytest.mark.parametrize("name", OTHERS)
def test_examples_come_out_the_same_in_every_town(name: str) -> None:
    with serving(name) as town:
        assert checking.all_faults(SERVICES, town, letters=False) == []


def test_a_village_of_another_government_becomes_an_open_one_of_its_kind() -> None:
    given = {"area": "35.05.10.2011", "rows": [{"area": "35.05.10.1008"}], "name": "Siti", "n": 1}
    with serving("3528-kab-pamekasan"):
        assert at_home(given) == {
            "area": "35.28.01.2008",
            "rows": [{"area": "35.28.04.1011"}],
            "name": "Siti",
            "n": 1,
        }
    with serving("3572-kota-blitar"):
        assert at_home(given)["area"] == "35.72.01.1004"
    assert at_home(given) == given


@pytest.mark.parametrize("code", ["35.05.99.2011", "35.05.10.9011", "35.05.10"])
def test_a_code_of_nowhere_stays(code: str) -> None:
    with serving("3604-kab-serang"):
        assert at_home({"area": code}) == {"area": code}


def test_a_kota_signs_as_lurah() -> None:
    with serving("2172-kota-tanjungpinang"):
        assert (sample_office()["kind"], sample_office()["head"]) == ("kelurahan", "Lurah Contoh")
    assert (sample_office()["kind"], sample_office()["head"]) == ("village", "Kepala Desa Contoh")
    assert sample_office("district")["head"] == "Camat Contoh"

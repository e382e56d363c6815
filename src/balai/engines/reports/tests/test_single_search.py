"""Kinds of reports in the single search: found by what people say, without hiding a service, and as fast."""

from __future__ import annotations

import time
import tomllib

import pytest

from balai import government
from balai.catalogue import loader
from balai.catalogue.catalogue import Catalogue
from balai.catalogue.engine import engine
from balai.catalogue.running import SERVICES
from balai.runtime.settings import PROJECT

TOML = PROJECT / "src/balai/catalogue/tests/queries.toml"
OF_SERVICES = tomllib.loads(TOML.read_text(encoding="utf-8"))["query"]
LARGE = 500


@pytest.fixture(scope="module")
def whole() -> Catalogue:
    """Every service that ships, with the kinds of reports of this town."""
    read, entries = loader.read(SERVICES), engine("reports").entries(SERVICES, government.current())
    return Catalogue(read.definitions, elsewhere=read.elsewhere, synonyms=read.synonyms, entries=entries)


@pytest.mark.parametrize(
    ("q", "slug"),
    [
        ("jalan berlubang", "jalan-rusak"),
        ("lampu mati", "lampu-jalan-mati"),
        ("dimintai uang", "dimintai-uang"),
        ("saya dimintai uang", "dimintai-uang"),
        ("sampah menumpuk", "sampah-belum-diangkut"),
        ("got mampet", "saluran-tersumbat"),
    ],
)
def test_trouble_is_found_where_services_are_sought(whole: Catalogue, q: str, slug: str) -> None:
    first = whole.search(q)[0]
    assert (first.service.id, first.is_nearest) == (f"reports/{slug}", False)


@pytest.mark.parametrize("asked", OF_SERVICES, ids=[each["q"] for each in OF_SERVICES])
def test_services_are_found_first_as_before(whole: Catalogue, asked: dict[str, list[str]]) -> None:
    found = [hit.service.id for hit in whole.search(str(asked["q"]))]
    assert found[0] in asked["finds"]


def test_searches_take_at_most_20_ms_among_500(whole: Catalogue) -> None:
    made = [
        each.model_copy(update={"id": f"made/{at}", "slug": f"{each.slug}-{at}", "code": f"X{at}"})
        for at in range(-(-LARGE // len(whole.services)))
        for each in whole.services
    ]
    large = Catalogue(made[:LARGE], elsewhere=whole.elsewhere, synonyms=whole.synonyms, entries=whole.entries)
    large.search("surat")
    assert max(min(_seconds(large, str(each["q"])) for _ in range(3)) for each in OF_SERVICES) <= 0.020


def _seconds(catalogue: Catalogue, q: str) -> float:
    begin = time.perf_counter()
    catalogue.search(q)
    return time.perf_counter() - begin

"""Search by the words people use, at the size of a real catalogue."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.catalogue import loader
from balai.catalogue.catalogue import Catalogue
from balai.catalogue.running import SERVICES
from balai.catalogue.schema import ServiceDefinition

_READING = loader.read(SERVICES)
_DEFINITIONS = {each.id: each for each in _READING.definitions}
BUSINESS, DOMICILE = _DEFINITIONS["village/business-statement"], _DEFINITIONS["village/domicile-statement"]
TOPICS = (
    *("keramaian", "nikah", "kelahiran", "kematian", "pindah", "ahli waris", "penghasilan", "kendaraan"),
    *("tanah", "jual beli", "pemakaman", "wali", "duplikat", "janda", "bepergian", "tugas", "kuasa"),
    *("beasiswa", "reklame", "penelitian", "praktik", "peternakan", "pariwisata", "tera", "parkir"),
)


def made(number: int) -> ServiceDefinition:
    topic = TOPICS[number % len(TOPICS)]
    title = f"Surat keterangan {topic} jenis {number}"
    texts = {"title": title, "summary": f"Menerangkan {topic} bagi warga.", "keywords": (topic, f"k{number}")}
    return BUSINESS.model_copy(
        update={**texts, "slug": f"surat-{number}", "code": f"X{number}", "id": f"made/{number}"}
    )


@pytest.fixture(scope="module")
def large() -> Catalogue:
    services = [*(made(number) for number in range(498)), BUSINESS, DOMICILE]
    return Catalogue(services, synonyms=_READING.synonyms)


@pytest.mark.parametrize(
    "q",
    [
        "surat usaha",
        "sku",
        "SKU",
        "surat ussaha",
        "ket usaha",
        "srt ket usha",
        "keterangan usaha",
        "Súrat  USAHA!",
        "saya mau bikin surat usaha",
        "warung",
        "kredit bank",
        "umkm",
        "usah",
        "surat keterangan usaha",
    ],
)
def test_business_statement_is_found_first(large: Catalogue, q: str) -> None:
    first = large.search(q)[0]
    assert (first.service.id, first.is_nearest) == (BUSINESS.id, False)


@pytest.mark.parametrize(
    "q", ["domisili", "domisli", "ket domisil", "kos", "tempat tinggal", "surat domisili"]
)
def test_domicile_statement_is_found_first(large: Catalogue, q: str) -> None:
    assert large.search(q)[0].service.id == DOMICILE.id


def test_nothing_fitting_offers_the_nearest_and_says_so(large: Catalogue) -> None:
    hits = large.search("dmsl")
    assert 1 <= len(hits) <= 3
    assert all(hit.is_nearest for hit in hits)


@pytest.mark.parametrize("q", ["", "   ", "!?", "\x00", "…"])
def test_query_without_words_finds_nothing(large: Catalogue, q: str) -> None:
    assert large.search(q) == []


def test_search_in_an_empty_catalogue_finds_nothing() -> None:
    assert Catalogue([]).search("surat") == []


@pytest.mark.parametrize("q", ["surat ussaha ktrngn", "a", "surat", "zzzz qqqq wwww " * 50])
def test_search_takes_at_most_20_ms_among_500(large: Catalogue, q: str) -> None:
    large.search(q)
    took = []
    for _ in range(5):
        start = time.perf_counter()
        large.search(q)
        took.append(time.perf_counter() - start)
    assert min(took) <= 0.020


@settings(max_examples=200, deadline=None)
@given(q=st.text(max_size=300))
def test_any_query_is_answered(q: str) -> None:
    hits = Catalogue([BUSINESS, DOMICILE]).search(q)
    assert hits == sorted(hits, key=lambda hit: -hit.score)

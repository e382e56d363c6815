"""Real words of people against the real services: what must be found, and how fast."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from balai.catalogue import loader
from balai.catalogue.catalogue import Catalogue
from balai.catalogue.running import SERVICES

READING = loader.read(SERVICES)
LISTED = Catalogue(READING.definitions, elsewhere=READING.elsewhere, synonyms=READING.synonyms)
QUERIES = tomllib.loads(Path(__file__).with_name("queries.toml").read_text(encoding="utf-8"))["query"]


@pytest.mark.parametrize("asked", QUERIES, ids=[each["q"] for each in QUERIES])
def test_words_of_people_find_the_service(asked: dict[str, Any]) -> None:
    hits = LISTED.search(asked["q"])
    found = [hit.service.id for hit in hits]
    assert not hits[0].is_nearest
    assert found[0] in asked["finds"]
    assert [each for each in asked["finds"] if each not in found[:3]] == []


def test_table_is_long_enough_and_names_no_query_twice() -> None:
    asked = [each["q"] for each in QUERIES]
    assert (len(asked) >= 60, len(asked)) == (True, len(set(asked)))


def test_searches_take_at_most_20_ms_among_500() -> None:
    made = [
        service.model_copy(update={"id": f"made/{at}", "slug": f"{service.slug}-{at}", "code": f"X{at}"})
        for at in range(-(-500 // len(READING.definitions)))
        for service in READING.definitions
    ]
    large = Catalogue(made[:500], elsewhere=READING.elsewhere, synonyms=READING.synonyms)
    large.search("surat")
    slowest = max(min(_seconds(large, each["q"]) for _ in range(3)) for each in QUERIES)
    assert slowest <= 0.020


def _seconds(catalogue: Catalogue, q: str) -> float:
    begin = time.perf_counter()
    catalogue.search(q)
    return time.perf_counter() - begin

"""How long the catalogue takes to load, and a search in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from itertools import count, islice
from typing import Any

from balai import government
from balai.catalogue import loader, running
from balai.catalogue.catalogue import Catalogue

QUERIES = (
    *("surat usaha", "sku", "surat ketrangan usha", "ktp ilang", "surat miskin", "akte", "bpjs mati"),
    *("numpang nikah", "surat", "saya mau bikin surat pengantar untuk nikah di luar kota", "zzz"),
)
SERVICES = 500


def catalogue(loads: int, rounds: int) -> dict[str, Any]:
    """Seconds of each load from the files, and of each search by its words."""
    load = partial(loader.load, running.SERVICES, government.current())
    found = running.current()
    large = grown(found)
    return {
        "services": len(found.services),
        "loads": [_seconds(load) for _ in range(loads)],
        "searches": {
            words: [_seconds(partial(large.search, words)) for _ in range(rounds)] for words in QUERIES
        },
        "searched": len(large.listed),
    }


def grown(found: Catalogue) -> Catalogue:
    """The town's catalogue with copies of its own services, so that it lists 500."""
    copies = (
        each.model_copy(update={"id": f"made-{at}/{each.id}", "slug": f"{each.slug}-{at}"})
        for at in count()
        for each in found.services
    )
    more = tuple(islice(copies, SERVICES - len(found.listed)))
    large = Catalogue((*found.services, *more), elsewhere=found.elsewhere, synonyms=found.synonyms)
    large.search("surat")
    return large


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin

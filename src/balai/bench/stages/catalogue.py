"""How long the catalogue takes to load, and a search in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from balai import government
from balai.catalogue import loader, running

QUERIES = ("surat usaha", "sku", "surat ketrangan usha", "domisili", "pindah rumah", "warung", "zzz")


def catalogue(loads: int, rounds: int) -> dict[str, Any]:
    """Seconds of each load from the files, and of each search by its words."""
    load = partial(loader.load, running.SERVICES, government.current())
    found = running.current()
    return {
        "services": len(found.services),
        "loads": [_seconds(load) for _ in range(loads)],
        "searches": {
            words: [_seconds(partial(found.search, words)) for _ in range(rounds)] for words in QUERIES
        },
    }


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin

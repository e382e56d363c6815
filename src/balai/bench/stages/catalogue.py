"""How long the catalogue takes to load, and a search in it."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import count, islice, product
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from balai import government
from balai.catalogue import loader, running
from balai.catalogue.catalogue import Catalogue

QUERIES = (
    *("surat usaha", "sku", "surat ketrangan usha", "ktp ilang", "surat miskin", "akte", "bpjs mati"),
    *("numpang nikah", "surat", "saya mau bikin surat pengantar untuk nikah di luar kota", "zzz"),
)


def catalogue(loads: int, rounds: int, services: int) -> dict[str, Any]:
    """Seconds of each load from the files, and of each search by its words."""
    load = partial(loader.load, running.SERVICES, government.current())
    found = running.current()
    large = grown(found, services)
    return {
        "services": len(found.services),
        "loads": [_seconds(load) for _ in range(loads)],
        "large_loads": large_loads(loads, services),
        "searches": {
            words: [_seconds(partial(large.search, words)) for _ in range(rounds)] for words in QUERIES
        },
        "searched": len(large.listed),
    }


def grown(found: Catalogue, services: int) -> Catalogue:
    """The town's catalogue with copies of its own services, so that it lists so many."""
    copies = (
        each.model_copy(update={"id": f"made-{at}/{each.id}", "slug": f"{each.slug}-{at}"})
        for at in count()
        for each in found.services
    )
    more = tuple(islice(copies, max(0, services - len(found.listed))))
    large = Catalogue(
        (*found.services, *more), elsewhere=found.elsewhere, synonyms=found.synonyms, entries=found.entries
    )
    large.search("surat")
    return large


def large_loads(loads: int, services: int) -> list[float]:
    """Processor seconds of each load of so many services from their files: the project's own, and copies."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "services"
        write_services(root, services)
        taken = []
        for _ in range(loads):
            begin = time.process_time()
            reading = loader.read(root)
            taken.append(time.process_time() - begin)
            if (len(reading.definitions), reading.faults) != (services, []):
                raise RuntimeError(f"the copies are no catalogue: {reading.faults[:3]}")
    return taken


def write_services(folder: Path, services: int) -> None:
    """Every service of the project, and copies with a slug and a code of their own, so many in all."""
    shutil.copytree(running.SERVICES, folder, ignore=shutil.ignore_patterns("examples"))
    own = [each for each in loader.service_folders(folder) if _is_handled_here(each)]
    codes = ("Z" + "".join(letters) for letters in product(ascii_uppercase, repeat=4))
    copies = ((at, each) for at in count() for each in own)
    for at, each in islice(copies, services - len(own)):
        copy = folder / f"made-{at}" / each.relative_to(folder)
        shutil.copytree(each, copy)
        file = copy / loader.SERVICE_FILE
        text = re.sub(r'(?m)^slug = "(.+)"$', rf'slug = "\1-{at}"', file.read_text(), count=1)
        file.write_text(re.sub(r'(?m)^code = ".+"$', f'code = "{next(codes)}"', text, count=1))


def _is_handled_here(service: Path) -> bool:
    return 'engine = "elsewhere"' not in (service / loader.SERVICE_FILE).read_text()


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin

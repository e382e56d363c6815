"""The whole check of `./balai catalogue check`: definitions, examples, and what this town switches on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from balai.catalogue import loader
from balai.catalogue.engine import engines
from balai.catalogue.examples import read_examples, walk
from balai.catalogue.faults import Fault
from balai.catalogue.front import unknown_in_front
from balai.catalogue.schema import ServiceDefinition
from balai.catalogue.schema.listed import Listed
from balai.catalogue.standards import missing_faults
from balai.catalogue.synonyms import dead_ends
from balai.government import Government


def all_faults(
    folder: Path, government: loader.Chooses | None = None, *, letters: bool = True
) -> list[Fault]:
    """Every fault under `folder`, sorted by file and line; examples of sound services are walked too.

    Without `letters` no letter is set.
    """
    reading = loader.read(folder, home=loader.home_of(government))
    faults = list(reading.faults)
    faults += missing_faults(folder, reading.definitions, reading.standards)
    listed: list[Listed] = [*reading.definitions, *reading.elsewhere]
    faults += [*dead_ends(folder, listed), *unknown_in_front(folder, listed)]
    faults += loader.unknown_services(folder, government)
    faults += _engine_faults(folder, government)
    broken = {fault.file for fault in faults}
    for service in reading.definitions:
        faults += _unknown_engine(service, reading)
        # What follows from a fault in the definition would only hide it among others.
        label = f"{folder.name}/{service.id}"
        if f"{label}/{loader.SERVICE_FILE}" not in broken:
            is_sound = f"{label}/{service.output.template}" not in broken
            faults += _example_faults(service, folder, letters=letters and is_sound)
    return sorted(set(faults))


def _engine_faults(folder: Path, government: loader.Chooses | None) -> Iterator[Fault]:
    """Faults of the engines' own data; its examples are walked where there are none."""
    found = loader.engine_faults(folder, government)
    yield from found
    if not found and isinstance(government, Government):
        for each in engines():
            yield from each.walk_examples(folder, government)


def _unknown_engine(service: ServiceDefinition, reading: loader.Reading) -> Iterator[Fault]:
    known = [engine.code for engine in engines()]
    if known and service.engine not in known:
        sentence = f'this town runs no engine "{service.engine}"; it runs {", ".join(known)}.'
        yield reading.resolved[service.id].fault(("engine",), sentence)


def _example_faults(service: ServiceDefinition, folder: Path, *, letters: bool) -> Iterator[Fault]:
    examples, faults = read_examples(folder / service.id, f"{folder.name}/{service.id}")
    yield from faults
    for example, source in examples:
        for path, sentence in walk(service, example, letters=letters):
            yield source.fault(path, sentence)

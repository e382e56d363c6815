"""What people here call parts of the town hall, of those that work: "Apeldeskel" for the village letters.

The names are the government's ([[system]] in its file). Whether one works is found out here, never claimed:
every engine behind it runs in this town, and it opens a service that is switched on or a page that exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import slugify

from balai import government
from balai.catalogue import running
from balai.catalogue.engine import engines
from balai.catalogue.pages import is_page
from balai.government.schema import SystemSpec
from balai.government.switches import matching

# What every town has, whichever engines it runs.
ALWAYS = frozenset({"catalogue", "documents"})


@dataclass(frozen=True)
class System:
    """One local name: what it is about, which services (ids) it opens, and the page to go to."""

    name: str
    about: str
    services: tuple[str, ...]
    url: str

    @property
    def slug(self) -> str:
        """Its name in an address: "apeldeskel"."""
        return slugify(self.name)


def running_systems() -> list[System]:
    """The systems that work in this town, in the government's order; the others are not spoken of."""
    return list(_running())


def system_of(service_id: str) -> System | None:
    """The system that a service belongs to here; None where people have no name for it."""
    return next((each for each in _running() if service_id in each.services), None)


def _running() -> Iterator[System]:
    at_work = ALWAYS | {engine.code for engine in engines()}
    for spec in government.current().systems:
        if not at_work.issuperset(spec.engines):
            continue
        if spec.path:
            if is_page(spec.path):
                yield System(spec.name, spec.about, (), spec.path)
        elif opened := _opened(spec):
            yield System(spec.name, spec.about, opened, f"/layanan/?sistem={slugify(spec.name)}")


def _opened(spec: SystemSpec) -> tuple[str, ...]:
    switched_on = [service.id for service in running.current().services]
    found = (each for pattern in spec.services for each in matching(pattern, switched_on))
    return tuple(dict.fromkeys(found))

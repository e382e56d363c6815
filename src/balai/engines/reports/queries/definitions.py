"""What is data about reports, read once: `services/reports/` and the government's `reports.toml`.

`current()` is what this process runs on; a restart reads the files again. `faults` is the check.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from balai import government
from balai.catalogue.faults import CatalogueRefused, Fault, pydantic_faults
from balai.catalogue.running import SERVICES
from balai.catalogue.schema.base import Part
from balai.catalogue.source import Source, read_source, texts_set
from balai.engines.reports.enums import ClockName, ReportKind
from balai.engines.reports.errors import CategoryUnknown
from balai.engines.reports.queries.between import faults_between
from balai.engines.reports.rules.categories import (
    Body,
    Category,
    ClockBook,
    ClockRule,
    Face,
    Group,
    GroupBook,
    ReasonBook,
    StandardText,
    TextBook,
    Threshold,
    TownReports,
    narrowest,
)
from balai.engines.reports.rules.words import WordBook
from balai.government import Government
from balai.government.loading import GOVERNMENTS

FOLDER, CATEGORY_FILE, TOWN_FILE = "reports", "category.toml", "reports.toml"
T = TypeVar("T", bound=Part)


@dataclass
class Definitions:
    """Everything that the files say, for one government."""

    categories: dict[str, Category] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    clocks: ClockBook = field(default_factory=ClockBook)
    reasons: ReasonBook = field(default_factory=lambda: ReasonBook(reject=(), archive=()))
    texts: tuple[StandardText, ...] = ()
    words: WordBook = field(default_factory=WordBook)
    town: TownReports | None = None

    @property
    def here(self) -> TownReports:
        """The government's own choices; raises LookupError where it has none, and takes no reports."""
        if self.town is None:
            raise LookupError("this government has no reports.toml")
        return self.town

    @cached_property
    def offered(self) -> dict[str, Category]:
        """The kinds of reports that this government takes, by slug, in the order of the groups."""
        off = set(self.town.off) if self.town else set(self.categories)
        place = {group.code: at for at, group in enumerate(self.groups)}
        chosen = [each for each in self.categories.values() if each.slug not in off]
        chosen.sort(key=lambda each: (place.get(each.group, len(place)), each.title))
        return {each.slug: each for each in chosen}

    def category(self, slug: str) -> Category:
        """A kind that is offered here; raises CategoryUnknown."""
        try:
            return self.offered[slug]
        except KeyError:
            raise CategoryUnknown() from None

    def any_category(self, slug: str) -> Category | None:
        """Also one that is offered no more: old reports go on naming it."""
        return self.categories.get(slug)

    def body(self, code: str) -> Body | None:
        """A body outside this government."""
        return next((each for each in self.here.body if each.code == code), None)

    def promise(self, clock: ClockName, category: Category, kind: ReportKind, day: date) -> ClockRule | None:
        """What is promised to a report filed on this day: by the town's own rules, else by those of all."""
        own = narrowest(self.here.clock, clock, category, kind, day)
        return own or narrowest(self.clocks.clock, clock, category, kind, day)

    def threshold(self, what: str, clock: ClockName, day: date) -> Threshold | None:
        """When an agency earns a reward or a sanction: by the town's own rules, else by those of all."""
        rules = (*self.here.threshold, *self.clocks.threshold)
        fitting = (each for each in rules if (each.what, each.clock) == (what, clock) and each.holds_on(day))
        return next(fitting, None)

    def face(self, slug: str) -> Face | None:
        """A local name, such as e-Lorong."""
        return next((each for each in self.here.face if each.slug == slug), None)


@dataclass
class _Reading:
    definitions: Definitions = field(default_factory=Definitions)
    sources: dict[str, Source] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


_lock = threading.Lock()
_current: dict[str, Definitions] = {}


def current() -> Definitions:
    """What this town runs on; raises CatalogueRefused when the files have faults."""
    town = government.current()
    if town.folder not in _current:
        with _lock:
            if town.folder not in _current:
                _current[town.folder] = load(SERVICES, town)
    return _current[town.folder]


def forget() -> None:
    """Read the files anew at the next use; for tests and previews."""
    _current.clear()


def load(services: Path, town: Government) -> Definitions:
    """The definitions for one government; raises CatalogueRefused with every fault."""
    reading = _read(services, town)
    if reading.faults:
        raise CatalogueRefused(reading.faults)
    return reading.definitions


def faults(services: Path, town: Government) -> list[Fault]:
    """Every fault of `services/reports/` and of the government's reports.toml."""
    return sorted(set(_read(services, town).faults))


def _read(services: Path, town: Government) -> _Reading:
    reading = _Reading()
    with texts_set(town.words.set_in):
        _read_files(reading, services / FOLDER, GOVERNMENTS / town.folder)
    if not reading.faults:
        reading.faults += faults_between(reading.definitions, reading.sources, town)
    return reading


def _read_files(reading: _Reading, folder: Path, home: Path) -> None:
    found, label = reading.definitions, f"services/{FOLDER}"
    groups = _part(reading, folder / "groups.toml", f"{label}/groups.toml", GroupBook)
    found.groups = groups.group if groups else ()
    found.clocks = _part(reading, folder / "clocks.toml", f"{label}/clocks.toml", ClockBook) or ClockBook()
    reasons = _part(reading, folder / "reasons.toml", f"{label}/reasons.toml", ReasonBook)
    found.reasons = reasons or found.reasons
    texts = _part(reading, folder / "texts.toml", f"{label}/texts.toml", TextBook)
    found.texts = texts.text if texts else ()
    found.words = _part(reading, folder / "words.toml", f"{label}/words.toml", WordBook) or WordBook()
    for file in sorted(folder.glob(f"*/{CATEGORY_FILE}")):
        name = f"{label}/{file.parent.name}/{CATEGORY_FILE}"
        category = _part(reading, file, name, Category)
        if category is not None:
            _keep(reading, category, name)
    if (home / TOWN_FILE).exists():
        found.town = _part(reading, home / TOWN_FILE, f"governments/{home.name}/{TOWN_FILE}", TownReports)


def _keep(reading: _Reading, category: Category, name: str) -> None:
    if category.slug in reading.definitions.categories:
        sentence = f'the slug "{category.slug}" is taken by another category.'
        reading.faults.append(reading.sources[name].fault(("slug",), sentence))
    reading.definitions.categories[category.slug] = category
    reading.sources[category.slug] = reading.sources[name]


def _part(reading: _Reading, file: Path, label: str, shape: type[T]) -> T | None:
    """One file in its shape; None, with its faults kept, when it is not."""
    try:
        source = read_source(file, label)
    except CatalogueRefused as refused:
        reading.faults += refused.faults
        return None
    reading.sources[label] = source
    try:
        return shape.model_validate(source.data)
    except ValidationError as error:
        reading.faults += [source.fault(path, sentence) for path, sentence in pydantic_faults(error)]
        return None

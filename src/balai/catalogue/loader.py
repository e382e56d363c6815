"""Reads `services/` into a catalogue, or refuses with every fault it has."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from pydantic import ValidationError

from balai.catalogue.catalogue import Catalogue
from balai.catalogue.checks import findings
from balai.catalogue.checks.references import reference_faults
from balai.catalogue.checks.whole import duplicate_faults
from balai.catalogue.doors import doors_of, listed, read_kinds
from balai.catalogue.engine import engines
from balai.catalogue.faults import CatalogueRefused, Fault, pydantic_faults
from balai.catalogue.fragments import SHARED, Resolved, Shared, read_shared, resolve
from balai.catalogue.front import read_front
from balai.catalogue.notices import Notices, read_notices
from balai.catalogue.pages import is_page
from balai.catalogue.schema import ServiceDefinition
from balai.catalogue.schema.elsewhere import ELSEWHERE, Door, DoorKind, ElsewhereDefinition
from balai.catalogue.schema.listed import Entry, Listed
from balai.catalogue.source import read_source, read_text, texts_set
from balai.catalogue.standards import Standards, read_standards
from balai.catalogue.synonyms import Synonyms, read_synonyms
from balai.government import Government
from balai.government.loading import GOVERNMENTS

SERVICE_FILE = "service.toml"
HELP_FILE = "help.md"


class SwitchedOn(Protocol):
    """One line of a government's list: a service it offers, maybe under a name of its own."""

    @property
    def id(self) -> str: ...
    @property
    def local_name(self) -> str: ...


class Chooses(Protocol):
    """What the loader needs of a government."""

    @property
    def services(self) -> Sequence[SwitchedOn]: ...


@dataclass
class Reading:
    """Everything under one folder: the definitions that are sound, and the faults of the others."""

    definitions: list[ServiceDefinition] = field(default_factory=list)
    elsewhere: list[ElsewhereDefinition] = field(default_factory=list)
    door_kinds: dict[str, DoorKind] = field(default_factory=dict)
    resolved: dict[str, Resolved] = field(default_factory=dict)
    notices: Notices = field(default_factory=Notices)
    synonyms: Synonyms = field(default_factory=Synonyms)
    standards: Standards = field(default_factory=Standards)
    doors: dict[str, Door] = field(default_factory=dict)
    front: tuple[str, ...] = ()
    faults: list[Fault] = field(default_factory=list)


def load(folder: Path, government: Chooses | None = None) -> Catalogue:
    """The catalogue that `government` switches on (all services without one).

    Raises CatalogueRefused with every fault of every service, also of those not switched on, and of the
    engines' own data.
    """
    with texts_set(_setting_of(government)):
        reading = read(folder, _local_names(government), home_of(government))
    faults = [*reading.faults, *unknown_services(folder, government), *engine_faults(folder, government)]
    if faults:
        raise CatalogueRefused(faults)
    return Catalogue(
        _switched_on(reading.definitions, government),
        folder=folder,
        notices=reading.notices,
        elsewhere=listed(reading.elsewhere, reading.doors),
        doors=reading.doors,
        synonyms=reading.synonyms,
        standards=reading.standards,
        order=[
            *reading.front,
            *(each.id for each in (government.services if government is not None else ())),
        ],
        entries=_entries(folder, government),
    )


def read(folder: Path, local_names: dict[str, str] | None = None, home: Path | None = None) -> Reading:
    """Read and check every service; never raises for what stands in the files.

    `home` is the government's folder: where other agencies are, and its own words on standards.
    """
    with _collector_paused():
        return _read(folder, local_names or {}, home)


def engine_faults(folder: Path, government: Chooses | None) -> list[Fault]:
    """Faults of what engines keep under `folder` and in the government's folder."""
    if not isinstance(government, Government):
        return []
    return [fault for each in engines() for fault in each.check(folder, government)]


def _entries(folder: Path, government: Chooses | None) -> list[Entry]:
    """What engines let people find, as far as it leads to a page."""
    if not isinstance(government, Government):
        return []
    found = [entry for each in engines() for entry in each.entries(folder, government)]
    return [entry for entry in found if is_page(entry.url)]


def home_of(government: Chooses | None) -> Path | None:
    """The government's own folder; None without one."""
    name = getattr(government, "folder", "")
    return GOVERNMENTS / name if name else None


def _setting_of(government: Chooses | None) -> Callable[[str], str]:
    """How the texts of all towns come to the words of this one."""
    return government.words.set_in if isinstance(government, Government) else str


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Nearly all that a load makes stays; looking for garbage in it meanwhile doubles its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(folder: Path, local_names: Mapping[str, str], home: Path | None) -> Reading:
    reading = Reading()
    shared, reading.faults = read_shared(folder)
    reading.door_kinds = read_kinds(folder, reading.faults)
    shared_typst = _typst_files(folder / SHARED, prefix=f"{SHARED}/")
    for service_folder in service_folders(folder):
        service_id = service_folder.relative_to(folder).as_posix()
        try:
            resolved, texts = _resolved(service_folder, service_id, folder, shared, shared_typst)
        except CatalogueRefused as refused:
            reading.faults += refused.faults
            continue
        if service_id in local_names:
            resolved.data["title"] = local_names[service_id]
        _take(reading, resolved, {"id": service_id, **texts})
    everything: list[Listed] = [*reading.definitions, *reading.elsewhere]
    reading.faults += duplicate_faults(everything, reading.resolved)
    folders = {each.relative_to(folder).as_posix() for each in service_folders(folder)}
    reading.faults += reference_faults(reading.definitions, reading.resolved, folders)
    reading.notices, faults = read_notices(folder, reading.definitions)
    reading.faults += faults
    reading.doors = doors_of(reading.door_kinds, home, reading.faults)
    reading.synonyms = read_synonyms(folder, reading.faults)
    reading.front = read_front(folder, reading.faults)
    reading.standards = read_standards(folder, reading.definitions, home, reading.faults)
    return reading


def service_folders(folder: Path) -> list[Path]:
    """Folders that hold a service, in order; names with a leading "_" hold what services share."""
    found = (file.parent for file in folder.rglob(SERVICE_FILE))
    return sorted(each for each in found if not each.relative_to(folder).parts[0].startswith("_"))


def _resolved(
    service_folder: Path, service_id: str, folder: Path, shared: Shared, shared_typst: dict[str, str]
) -> tuple[Resolved, dict[str, Any]]:
    label = f"{folder.name}/{service_id}"
    resolved = resolve(read_source(service_folder / SERVICE_FILE, f"{label}/{SERVICE_FILE}"), shared)
    letters = _typst_files(service_folder)
    texts = {
        "help": read_text(service_folder / HELP_FILE, f"{label}/{HELP_FILE}"),
        "files": {**_imported(shared_typst, letters), **letters},
    }
    return resolved, texts


def _typst_files(folder: Path, prefix: str = "") -> dict[str, str]:
    return {
        f"{prefix}{file.name}": read_text(file, f"{folder.name}/{file.name}")
        for file in sorted(folder.glob("*.typ"))
    }


def _imported(shared: dict[str, str], letters: dict[str, str]) -> dict[str, str]:
    """Shared sources that the letters name, directly or through one another."""
    wanted: dict[str, str] = {}
    waiting = list(letters.values())
    while waiting:
        text = waiting.pop()
        for path, source in shared.items():
            if path not in wanted and path.rpartition("/")[2] in text:
                wanted[path] = source
                waiting.append(source)
    return wanted


def _take(reading: Reading, resolved: Resolved, own: dict[str, Any]) -> None:
    reading.faults += resolved.faults
    if resolved.data.get("engine") == ELSEWHERE:
        _validate_elsewhere(reading, resolved, {"id": own["id"], "help": own["help"]})
    else:
        _validate(reading, resolved, own)


def _validate_elsewhere(reading: Reading, resolved: Resolved, own: dict[str, Any]) -> None:
    try:
        definition = ElsewhereDefinition.model_validate({**resolved.data, **own})
    except ValidationError as error:
        reading.faults += [resolved.fault(path, sentence) for path, sentence in pydantic_faults(error)]
        return
    reading.elsewhere.append(definition)
    reading.resolved[definition.id] = resolved
    if definition.door not in reading.door_kinds:
        known = ", ".join(sorted(reading.door_kinds))
        sentence = f'no door "{definition.door}" in {SHARED}/doors.toml; known are {known}.'
        reading.faults.append(resolved.fault(("door",), sentence))


def _validate(reading: Reading, resolved: Resolved, own: dict[str, Any]) -> None:
    try:
        definition = ServiceDefinition.model_validate({**resolved.data, **own})
    except ValidationError as error:
        reading.faults += [resolved.fault(path, sentence) for path, sentence in pydantic_faults(error)]
        return
    reading.definitions.append(definition)
    reading.resolved[definition.id] = resolved
    base = resolved.source.label.removesuffix(SERVICE_FILE)
    for finding in findings(definition):
        if finding.file:
            reading.faults.append(Fault(base + finding.file, finding.line, finding.sentence))
        else:
            reading.faults.append(resolved.fault(finding.path, finding.sentence))


def _local_names(government: Chooses | None) -> dict[str, str]:
    chosen = government.services if government is not None else ()
    return {each.id: each.local_name for each in chosen if each.local_name}


def unknown_services(folder: Path, government: Chooses | None) -> list[Fault]:
    """Services that a government switches on although no folder holds them."""
    known = {each.relative_to(folder).as_posix() for each in service_folders(folder)}
    label = f"governments/{getattr(government, 'folder', '')}/government.toml"
    return [
        Fault(label, 1, f'the service "{each.id}" is switched on but has no folder under {folder.name}/.')
        for each in (government.services if government is not None else ())
        if each.id not in known
    ]


def _switched_on(
    definitions: Iterable[ServiceDefinition], government: Chooses | None
) -> list[ServiceDefinition]:
    """In the government's order, without services whose engine this town does not run."""
    by_id = {definition.id: definition for definition in definitions}
    chosen = list(by_id) if government is None else [each.id for each in government.services]
    running = {engine.code for engine in engines()}
    return [by_id[each] for each in chosen if each in by_id and by_id[each].engine in running]

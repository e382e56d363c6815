"""Which services a government's list means: patterns such as "village/*" against the folders there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from balai.government.schema import ServiceSwitch
from balai.kernel.toml_lines import Path as DataPath
from balai.runtime.settings import PROJECT

SERVICES: Final = PROJECT / "services"


def known_services(folder: Path = SERVICES) -> tuple[str, ...]:
    """Ids of every service in the catalogue by its folder: "village/business-statement"."""
    files = (file.parent.relative_to(folder) for file in folder.glob("[!_]*/*/*.toml"))
    return tuple(sorted({path.as_posix() for path in files}))


def expand(switches: Iterable[ServiceSwitch], known: Iterable[str]) -> tuple[ServiceSwitch, ...]:
    """One switch for each service, in the order of the list; patterns leave out what is named itself."""
    rows, ids = tuple(switches), tuple(known)
    named = {row.id for row in rows if not row.is_pattern}
    found: dict[str, ServiceSwitch] = {}
    for row in rows:
        if not row.is_pattern:
            found[row.id] = row
            continue
        for each in matching(row.id, ids):
            if each not in named and each not in row.exceptions:
                found.setdefault(each, ServiceSwitch(id=each))
    return tuple(found.values())


def matching(pattern: str, ids: Iterable[str]) -> list[str]:
    """Those of `ids` that a pattern, or a service's own id, means."""
    if not pattern.endswith("/*"):
        return [each for each in ids if each == pattern]
    return [each for each in ids if each.startswith(pattern[:-1])]


def switch_faults(switches: Iterable[ServiceSwitch], known: Iterable[str]) -> Iterator[tuple[DataPath, str]]:
    """(path in government.toml, sentence) for patterns that mean nothing, or say what they can not."""
    ids = tuple(known)
    for at, row in enumerate(switches):
        if not row.is_pattern:
            if row.exceptions:
                yield ("service", at, "exceptions"), 'only a pattern such as "village/*" has exceptions.'
            continue
        meant = matching(row.id, ids)
        if not meant:
            yield ("service", at, "id"), f'no service of the catalogue matches "{row.id}".'
        if row.local_name:
            yield ("service", at, "local_name"), f'"{row.id}" is many services; a name belongs to one.'
        for each in row.exceptions:
            if each not in meant:
                yield ("service", at, "exceptions"), f'"{each}" is no service that "{row.id}" means.'

"""The doors behind which other agencies work: kinds for all governments, and where each is at this one.

`services/_shared/doors.toml` names every kind; `governments/<x>/doors.toml` says where it is here. A
service done elsewhere is listed when its door is national, or when the government names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from balai.catalogue.faults import Fault
from balai.catalogue.fragments import SHARED
from balai.catalogue.schema.elsewhere import Door, DoorFile, DoorKind, DoorKindFile, ElsewhereDefinition
from balai.catalogue.tables import read_tables

DOORS_FILE = "doors.toml"


def read_kinds(folder: Path, faults: list[Fault]) -> dict[str, DoorKind]:
    """Every kind of door by code; adds the faults of the file."""
    label = f"{folder.name}/{SHARED}/{DOORS_FILE}"
    read = read_tables(folder / SHARED / DOORS_FILE, label, DoorKindFile, faults)
    return read[0] if read else {}


def doors_of(
    kinds: Mapping[str, DoorKind], government_folder: Path | None, faults: list[Fault]
) -> dict[str, Door]:
    """The doors that this government has, by code: national ones, and its own; adds its faults."""
    doors = {code: _national(kind) for code, kind in kinds.items() if kind.is_national}
    if government_folder is None:
        return doors
    label = f"governments/{government_folder.name}/{DOORS_FILE}"
    read = read_tables(government_folder / DOORS_FILE, label, DoorFile, faults)
    local, source = read if read else ({}, None)
    for code in local:
        if code not in kinds and source is not None:
            sentence = f'no door "{code}" in _shared/{DOORS_FILE}; known are {", ".join(sorted(kinds))}.'
            faults.append(source.fault((code,), sentence))
    return doors | {code: door for code, door in local.items() if code in kinds}


def _national(kind: DoorKind) -> Door:
    return Door(name=kind.name, phone=kind.phone, link=kind.link, checked=kind.checked)


def listed(
    services: Iterable[ElsewhereDefinition], doors: Mapping[str, Door]
) -> Iterator[ElsewhereDefinition]:
    """The services whose door this government has."""
    return (service for service in services if service.door in doors)

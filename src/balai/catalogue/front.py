"""What stands first in the door: `services/_shared/front.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import TypeAdapter

from balai.catalogue.faults import Fault
from balai.catalogue.fragments import SHARED
from balai.catalogue.schema.base import Line, Part
from balai.catalogue.schema.listed import Listed
from balai.catalogue.source import Source
from balai.catalogue.tables import read_tables

FRONT_FILE = "front.toml"


class FrontFile(Part):
    """Ids of services in the order in which they stand before all others."""

    first: tuple[Line, ...] = ()


def read_front(folder: Path, faults: list[Fault]) -> tuple[str, ...]:
    """The ids that stand first; a town that does not offer one of them goes on without it."""
    read = _read(folder, faults)
    return read[0].first if read else ()


def unknown_in_front(folder: Path, services: Iterable[Listed]) -> Iterator[Fault]:
    """Ids that no folder bears."""
    read = _read(folder, [])
    known = {each.id for each in services}
    for at, service_id in enumerate(read[0].first if read else ()):
        if service_id not in known and read is not None:
            yield read[1].fault(("first", at), f'no service "{service_id}".')


def _read(folder: Path, faults: list[Fault]) -> tuple[FrontFile, Source] | None:
    label = f"{folder.name}/{SHARED}/{FRONT_FILE}"
    return read_tables(folder / SHARED / FRONT_FILE, label, TypeAdapter(FrontFile), faults)

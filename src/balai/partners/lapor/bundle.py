"""Hand-overs as one archive that an officer downloads and enters: a table, and a folder for each."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from balai.partners.lapor.contract import Evidence, as_record, papers, table
from balai.partners.lapor.models import HandOver

# Held in memory, for nothing of a report may lie on a disk in the clear.
MOST_HAND_OVERS = 50
LARGEST_BUNDLE = 60_000_000
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the same hand-overs give the same bytes


@dataclass(frozen=True)
class Bundle:
    """An archive, and which hand-overs are in it: what did not fit comes into the next one."""

    content: bytes
    rows: tuple[HandOver, ...]


def bundle_of(rows: Iterable[HandOver]) -> Bundle:
    """As many hand-overs as fit, in the order given; the first is always in it."""
    chosen: list[tuple[HandOver, Evidence]] = []
    size = 0
    for row in rows:
        evidence = Evidence.of(row.content)
        size += evidence.size
        if chosen and (size > LARGEST_BUNDLE or len(chosen) == MOST_HAND_OVERS):
            break
        chosen.append((row, evidence))
    return Bundle(_packed(chosen), tuple(row for row, _evidence in chosen))


def _packed(chosen: list[tuple[HandOver, Evidence]]) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        listing = "".join(table(as_record(row, evidence) for row, evidence in chosen))
        _put(archive, "daftar.csv", listing.encode())
        for row, evidence in chosen:
            for paper in [*papers(row, evidence), *evidence.papers()]:
                _put(archive, f"{row.reference}/{paper.name}", paper.content)
    return held.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _BEGINNING), content, zipfile.ZIP_DEFLATED)

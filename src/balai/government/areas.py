"""Reading areas.csv, and the offices that follow from areas."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from balai.government.faults import Fault
from balai.government.schema import AgencySpec, AreaKind, AreaSpec, GovernmentFile, OfficeSpec

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "areas.csv"
HEADER: Final = ["code", "name", "kind"]
KINDS: Final[dict[str, AreaKind]] = {"kecamatan": "district", "desa": "village", "kelurahan": "kelurahan"}
_DISTRICT = re.compile(r"\d\d\.\d\d\.\d\d")
# Permendagri 58/2021: the last group says what a village is (3xxx is a desa adat).
_VILLAGE = re.compile(r"\d\d\.\d\d\.\d\d\.([123])\d{3}")
_KIND_BY_DIGIT = {"1": "kelurahan", "2": "desa", "3": "desa"}


def read_areas(folder: Path, area_code: str) -> tuple[tuple[AreaSpec, ...], list[Fault]]:
    """The areas of a folder and every fault in its table."""
    path = folder / FILE
    if not path.is_file():
        return (), [Fault(FILE, 1, "the file is missing; tools/make_areas.py makes it.")]
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines(), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        return (), [Fault(FILE, 1, f"the file is not CSV in UTF-8: {error}.")]
    if not rows or rows[0] != HEADER:
        return (), [Fault(FILE, 1, f'the first line must be "{",".join(HEADER)}".')]
    faults: list[Fault] = []
    areas: dict[str, AreaSpec] = {}
    for line, row in enumerate(rows[1:], start=2):
        sentences = list(_row_faults(row, area_code, areas))
        faults += (Fault(FILE, line, sentence) for sentence in sentences)
        if not sentences:
            areas[row[0]] = AreaSpec(code=row[0], name=row[1], kind=KINDS[row[2]])
    return tuple(areas.values()), faults


def _row_faults(row: list[str], area_code: str, known: dict[str, AreaSpec]) -> Iterator[str]:
    if len(row) != len(HEADER):
        yield f"a line has {len(HEADER)} values, not {len(row)}."
        return
    code, name, kind = row
    if not name.strip():
        yield "the name is empty."
    if code in known:
        yield f"{code} stands here for the second time."
    expected = _expected_kind(code)
    if expected is None:
        yield f'"{code}" is not a code of a kecamatan (35.05.10) or a village (35.05.10.2011).'
    elif kind != expected:
        yield f'{code} must be of kind "{expected}", not "{kind}".'
    elif not code.startswith(f"{area_code}."):
        yield f"{code} does not lie in {area_code}."
    elif expected != "kecamatan" and code.rpartition(".")[0] not in known:
        yield f"the kecamatan of {code} must stand above it."


def _expected_kind(code: str) -> str | None:
    if _DISTRICT.fullmatch(code):
        return "kecamatan"
    village = _VILLAGE.fullmatch(code)
    return _KIND_BY_DIGIT[village[1]] if village else None


def offices_of(file: GovernmentFile, areas: tuple[AreaSpec, ...]) -> tuple[OfficeSpec, ...]:
    """One office for each area, then the agencies; kecamatan and agencies stand under `top_office`."""
    return (
        *(_area_office(file, area) for area in areas),
        *(_agency_office(file, agency) for agency in file.agencies),
    )


def _area_office(file: GovernmentFile, area: AreaSpec) -> OfficeSpec:
    return OfficeSpec(
        code=area.code,
        kind=area.kind,
        name=f"{getattr(file.area_words, area.kind)} {area.name}",
        area_code=area.code,
        parent_code=file.top_office if area.kind == "district" else area.parent_code,
        is_open=area.code in file.open_offices,
        number_code=file.number_codes.get(area.code, area.code),
        head_title=getattr(file.head_titles, area.kind),
    )


def _agency_office(file: GovernmentFile, agency: AgencySpec) -> OfficeSpec:
    return OfficeSpec(
        code=agency.code,
        kind="agency",
        name=agency.name,
        area_code=file.area_code,
        parent_code="" if agency.code == file.top_office else file.top_office,
        number_code=agency.number_code,
        head_title=agency.head_title,
        address=agency.address,
    )

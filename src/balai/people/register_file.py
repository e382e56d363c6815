"""Reading a register of residents from CSV: every fault at once, each with line and column.

The first line names the columns by fact ("nik", "name", …) or by its Indonesian label ("Nama lengkap").
Comma or semicolon (spreadsheets in Indonesia write the latter); UTF-8, with or without a mark.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

from balai.people import queries
from balai.people.facts import FACTS, REQUIRED_FACTS, label, read_facts
from balai.people.fault_sentences import sentence
from balai.region import queries as region


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong where; line 1 is the heading, column 1 the leftmost, 0 the line as a whole."""

    line: int
    column: int
    name: str
    code: str

    def __str__(self) -> str:
        where = f"baris {self.line}" + (f", kolom {self.column}" if self.column else "")
        return (
            f"{where} ({self.name}): {sentence(self.code)}"
            if self.name
            else f"{where}: {sentence(self.code)}"
        )


@dataclass
class Register:
    """A file as read: new rows in clean facts, how many were on record alike, and every fault."""

    rows: list[dict[str, str]] = field(default_factory=list)
    known: int = 0
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    line: int
    facts: dict[str, str]


def read_register(content: bytes) -> Register:
    """Read and check a whole file against itself, the areas and the people on record; nothing is written."""
    try:
        lines = content.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Register(faults=[Fault(line, 0, "", "register.encoding")])
    try:
        records = list(_records(lines))
    except csv.Error:
        return Register(faults=[Fault(1, 0, "", "register.encoding")])
    columns, faults = _columns(records[0][1] if records else [])
    if faults:
        return Register(faults=faults)
    rows: list[_Row] = []
    for line, cells in records[1:]:
        row, row_faults = _read_row(line, cells, columns)
        faults += row_faults
        rows += [row] if row else []
    if not rows and not faults:
        faults.append(Fault(1, 0, "", "register.empty"))
    faults += _area_faults(rows, columns) + _repeated(rows, columns)
    register = Register(faults=faults)
    _sort_out_known(rows, columns, register)
    register.faults.sort()
    return register


def _columns(heading: list[str]) -> tuple[list[str], list[Fault]]:
    """Facts in the order of the columns, or what is wrong with the heading."""
    labels = {label(fact).casefold(): fact for fact in FACTS} | {fact: fact for fact in FACTS}
    columns = [labels.get(cell.strip().casefold(), "") for cell in heading]
    faults = [
        Fault(1, at, heading[at - 1].strip()[:40], "fact.unknown" if not fact else "register.column_twice")
        for at, fact in enumerate(columns, 1)
        if not fact or fact in columns[: at - 1]
    ]
    faults += [Fault(1, 0, label(fact), "fact.missing") for fact in REQUIRED_FACTS if fact not in columns]
    return columns, faults


def _records(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line they end on, the heading first; blank lines are left out."""
    heading = lines[0] if lines else ""
    reader = csv.reader(lines, delimiter=";" if heading.count(";") > heading.count(",") else ",")
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def _read_row(line: int, cells: list[str], columns: list[str]) -> tuple[_Row | None, list[Fault]]:
    if len(cells) != len(columns):
        return None, [Fault(line, 0, "", "register.cells")]
    clean, problems = read_facts(dict(zip(columns, cells, strict=True)), required=REQUIRED_FACTS)
    faults = [_fault(line, columns, problem.fact, problem.code) for problem in problems]
    return _Row(line, clean), faults


def _area_faults(rows: list[_Row], columns: list[str]) -> list[Fault]:
    known = {code: region.area(code) is not None for code in {r.facts.get("area_code", "") for r in rows}}
    return [
        _fault(row.line, columns, "area_code", "area.unknown")
        for row in rows
        if row.facts.get("area_code") and not known[row.facts["area_code"]]
    ]


def _repeated(rows: list[_Row], columns: list[str]) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for row in rows:
        nik = row.facts.get("nik", "")
        if nik and nik in seen:
            faults.append(_fault(row.line, columns, "nik", "register.twice"))
        seen.add(nik)
    return faults


def _sort_out_known(rows: list[_Row], columns: list[str], register: Register) -> None:
    """People on record alike are counted, so that a file can be read again; unlike ones are faults."""
    on_record = queries.people_by_nik([row.facts["nik"] for row in rows if "nik" in row.facts])
    for row in rows:
        person = on_record.get(row.facts.get("nik", ""))
        if person is None:
            register.rows.append(row.facts)
        elif row.facts.items() <= queries.facts_of(person).items():
            register.known += 1
        else:
            register.faults.append(_fault(row.line, columns, "nik", "register.differs"))


def _fault(line: int, columns: list[str], fact: str, code: str) -> Fault:
    return Fault(line, columns.index(fact) + 1, label(fact), code)

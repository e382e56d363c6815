"""Rules between the parts of a government's file, and of its seal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from balai.government.schema import DEFAULT_KEY, AreaSpec, GovernmentFile
from balai.government.switches import known_services, switch_faults
from balai.kernel.toml_lines import Path

LARGEST_SEAL = 4096  # it stands in every page, compressed, inside a budget of 14 kB
_FORBIDDEN_IN_SEAL = (
    (re.compile(r"<[!?]|&(?!amp;|lt;|gt;|#)"), "declarations and entities"),
    (re.compile(r"<(?:script|foreignObject|image|use|a|style|iframe)\b", re.IGNORECASE), "active elements"),
    (re.compile(r"\b(?:on\w+|style|href)\s*=", re.IGNORECASE), "handlers, links and inline styles"),
)

At = tuple[Path, str]


def faults_between(file: GovernmentFile, folder: str, areas: tuple[AreaSpec, ...]) -> Iterator[At]:
    """(path in government.toml, sentence) for everything that does not fit together."""
    yield from _of_the_whole(file, folder)
    yield from _unknown_offices(file, {area.code for area in areas})
    yield from _hours_for_all(file)
    yield from _repeated("role", (role.code for role in file.roles), "code")
    yield from _repeated("agency", (agency.code for agency in file.agencies), "code")
    yield from _repeated("service", (service.id for service in file.services), "id")
    yield from _repeated("system", (system.name for system in file.systems), "name")
    yield from switch_faults(file.services, known_services())
    yield from _repeated_number_codes(file)


def _of_the_whole(file: GovernmentFile, folder: str) -> Iterator[At]:
    if folder.partition("-")[0] != file.code:
        yield ("code",), f'the folder "{folder}" must begin with the code {file.code}.'
    if file.top_office and file.top_office not in {agency.code for agency in file.agencies}:
        yield ("top_office",), f'there is no agency "{file.top_office}".'
    if DEFAULT_KEY not in file.letter_number_patterns:
        yield ("letter_number_patterns",), f'the pattern "{DEFAULT_KEY}" is missing.'


def _unknown_offices(file: GovernmentFile, areas: set[str]) -> Iterator[At]:
    """Codes that name no office; only an area's office takes applications online."""
    offices = areas | {agency.code for agency in file.agencies}
    patterns = set(file.letter_number_patterns) - {DEFAULT_KEY}
    named: list[tuple[str, Path, set[str]]] = [
        *((code, ("open_offices", at), areas) for at, code in enumerate(file.open_offices)),
        *((code, ("number_codes", code), offices) for code in file.number_codes),
        *((code, ("letter_number_patterns", code), offices) for code in patterns),
        *(
            (row.office, ("office_hours", at, "office"), {"", *offices})
            for at, row in enumerate(file.office_hours)
        ),
    ]
    yield from ((path, f'there is no office "{code}".') for code, path, known in named if code not in known)


def _hours_for_all(file: GovernmentFile) -> Iterator[At]:
    general = [hours for hours in file.office_hours if not hours.office and any(hours.week.values())]
    if not any(hours.valid_to is None for hours in general):
        yield ("office_hours",), "one entry must hold for all offices without an end and open on some day."


def _repeated(table: str, values: Iterable[str], key: str) -> Iterator[At]:
    seen: set[str] = set()
    for position, value in enumerate(values):
        if value in seen:
            yield (table, position, key), f'"{value}" stands here for the second time.'
        seen.add(value)


def _repeated_number_codes(file: GovernmentFile) -> Iterator[At]:
    """Two offices with one code on letters would give two letters one number."""
    places: list[tuple[str, Path]] = [
        *((code, ("number_codes", office)) for office, code in file.number_codes.items()),
        *((agency.number_code, ("agency", n, "number_code")) for n, agency in enumerate(file.agencies)),
    ]
    seen: set[str] = set()
    for code, path in places:
        if code in seen:
            yield path, f'another office already writes "{code}" on its letters.'
        seen.add(code)


def seal_faults(svg: str) -> Iterator[str]:
    """Why a seal may not stand inside a page; a strict content policy rules what it may hold."""
    if len(svg.encode()) > LARGEST_SEAL:
        yield f"the seal is larger than {LARGEST_SEAL} bytes."
    forbidden = [name for pattern, name in _FORBIDDEN_IN_SEAL if pattern.search(svg)]
    yield from (f"the seal may not have {name}." for name in forbidden)
    if forbidden:
        return
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314  (no declarations or entities are left in it)
    except ElementTree.ParseError as error:
        yield f"the seal is not well-formed: {error}."
        return
    if root.tag != "{http://www.w3.org/2000/svg}svg" or "viewBox" not in root.attrib:
        yield 'the seal must be one <svg xmlns="http://www.w3.org/2000/svg" viewBox="…">.'

"""Texts of notices: `services/_shared/notices.toml` for all, `services/<id>/notices.toml` for one service.

A service's file replaces the shared words of the same news and language, and nothing else. What may be
put in is a closed list without anything personal: a notice is read on locked screens, on shared phones
and by whoever carries it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from pydantic import ValidationError

from balai.catalogue.engine import engines
from balai.catalogue.faults import CatalogueRefused, Fault, pydantic_faults
from balai.catalogue.fragments import SHARED
from balai.catalogue.schema import ServiceDefinition
from balai.catalogue.schema.notices import Notice, NoticeFile
from balai.catalogue.source import read_source
from balai.kernel.sms_text import one_sms, sms_length
from balai.kernel.toml_lines import Path

NOTICES_FILE = "notices.toml"
USUAL_LANGUAGE = "id"
# The longest that each can be: an address of the town of at most 40 characters is counted.
LONGEST: Mapping[str, int] = {"number": 20, "link": 74, "letter": 89, "product": 30, "town": 30}
# A mail has room, and is opened by its reader: what was applied for may stand there.
IN_TEXT = frozenset({*LONGEST, "service", "office"})
PERSONAL = frozenset(
    {"name", "full_name", "applicant", "nik", "kk", "phone", "email", "contact", "address", "birth_on"}
    | {"birth_place", "sex", "religion", "marital_status", "occupation", "rt", "rw", "area", "mother_name"}
)
_PLACE = re.compile(r"\{([^{}]*)\}")

Book = dict[str, dict[str, Notice]]


@dataclass
class Notices:
    """Every wording of a catalogue: shared ones, and those of single services by id."""

    shared: Book = field(default_factory=dict)
    own: dict[str, Book] = field(default_factory=dict)

    def wordings(self, service_id: str, news: str) -> dict[str, Notice]:
        """The wording of a piece of news by language, at least "id"; raises LookupError without one."""
        found = {**self.shared.get(news, {}), **self.own.get(service_id, {}).get(news, {})}
        if USUAL_LANGUAGE not in found:
            raise LookupError(f"no notice says {news!r} in {USUAL_LANGUAGE}")
        return found

    def is_own(self, service_id: str, news: str, language: str) -> bool:
        """Whether these words are the service's own, which then need a template of their own."""
        return language in self.own.get(service_id, {}).get(news, {})


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; a checked text names no other."""
    return _PLACE.sub(lambda found: values[found[1]], text)


def places(text: str) -> list[str]:
    """Names of the places in a text, in order."""
    return _PLACE.findall(text)


def read_notices(folder: FilePath, services: Iterable[ServiceDefinition]) -> tuple[Notices, list[Fault]]:
    """Every notices.toml under `folder`, and every fault in them.

    Shared words may be for an engine that this town does not run; a service's own belong to its engine.
    """
    notices, faults = Notices(), list[Fault]()
    services = tuple(services)
    asked = frozenset(spec.id for service in services for spec in service.fields)
    label = f"{folder.name}/{SHARED}/{NOTICES_FILE}"
    notices.shared = _book(folder / SHARED / NOTICES_FILE, label, asked, frozenset(), faults)
    if notices.shared:
        faults += _missing(notices.shared, label)
    for service in services:
        file, label = folder / service.id / NOTICES_FILE, f"{folder.name}/{service.id}/{NOTICES_FILE}"
        book = _book(file, label, asked, _known_news(service.engine), faults)
        if book:
            notices.own[service.id] = book
    return notices, faults


def _known_news(engine_code: str = "") -> frozenset[str]:
    """What the engines of this town tell; empty when none tells anything, and then nothing is unknown."""
    return frozenset(news for engine in engines() if engine_code in ("", engine.code) for news in engine.news)


def _missing(book: Book, label: str) -> Iterator[Fault]:
    for news in sorted(_known_news()):
        if USUAL_LANGUAGE not in book.get(news, {}):
            yield Fault(label, 1, f'the news "{news}" has no words: add [{news}.{USUAL_LANGUAGE}].')


def _book(
    file: FilePath, label: str, asked: frozenset[str], known: frozenset[str], faults: list[Fault]
) -> Book:
    """What the file says, empty when there is none or it cannot be read; adds its faults."""
    if not file.exists():
        return {}
    try:
        source = read_source(file, label)
        book: Book = NoticeFile.validate_python(source.data)  # type: ignore[assignment]  # keys are a Literal
    except CatalogueRefused as refused:
        faults += refused.faults
        return {}
    except ValidationError as error:
        faults += [source.fault(*_about_key(path, sentence)) for path, sentence in pydantic_faults(error)]
        return {}
    faults += [source.fault(path, sentence) for path, sentence in _findings(book, asked, known)]
    return book


def _about_key(path: Path, sentence: str) -> tuple[Path, str]:
    """pydantic calls a key of a table "[key]"; authors know it by what they wrote."""
    if path[-1:] != ("[key]",):
        return path, sentence
    return path[:-1], sentence.replace('"[key]"', f'"{path[-2]}"')


def _findings(book: Book, asked: frozenset[str], known: frozenset[str]) -> Iterator[tuple[Path, str]]:
    for news, wordings in book.items():
        if known and news not in known:
            yield (news,), f'nobody tells the news "{news}"; it is one of {", ".join(sorted(known))}.'
        for language, notice in wordings.items():
            at: Path = (news, language)
            yield from _unknown_places((*at, "subject"), notice.subject, frozenset(LONGEST), asked)
            yield from _unknown_places((*at, "short"), notice.short, frozenset(LONGEST), asked)
            yield from _unknown_places((*at, "text"), notice.text, IN_TEXT, asked)
            yield from _too_long((*at, "short"), notice.short)


def _unknown_places(
    at: Path, text: str, known: frozenset[str], asked: frozenset[str]
) -> Iterator[tuple[Path, str]]:
    for name in places(text):
        if name in PERSONAL or (name in asked and name not in known):
            yield at, f'"{{{name}}}" is personal: strangers read notices; say it on the page instead.'
        elif name in IN_TEXT and name not in known:
            yield at, f'"{{{name}}}" says too much for a locked screen; it may stand in "text" only.'
        elif name not in known:
            yield at, f'nothing gives "{{{name}}}"; known are {", ".join(sorted(known))}.'
    if "{" in (left := _PLACE.sub("", text)) or "}" in left:
        yield at, "a brace stands alone; a place is written {number}."


def _too_long(at: Path, text: str) -> Iterator[tuple[Path, str]]:
    longest = _PLACE.sub(lambda found: "x" * LONGEST.get(found[1], 0), text)
    length, room = sms_length(longest), one_sms(longest)
    if length > room:
        letters = "" if room > 70 else " (a sign outside the SMS alphabet leaves 70)"
        yield at, f'"short" takes up to {length} places, one SMS has {room}{letters}.'

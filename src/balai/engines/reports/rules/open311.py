"""GeoReport v2 (Open311): how what this town knows is said in the standard's words, as XML and as JSON.

One tree of plain values is written in both forms, so the two cannot disagree: a mapping is an element with
its members in order, a list is an element with one child for each entry, and nothing is an empty element or
null. What the standard asks for is told in docs/open311.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from xml.etree import ElementTree

from balai.engines.reports.enums import OPEN

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
XML, JSON = "xml", "json"
CONTENT_TYPES = {XML: "text/xml; charset=utf-8", JSON: "application/json; charset=utf-8"}
SPAN = timedelta(days=90)
MOST_IDS, PAGE_SIZE, LARGEST_PAGE_SIZE, LAST_PAGE = 100, 100, 200, 10_000
LONGEST_NOTES = 600
# Lists whose entries have another name than the list without its last letter.
_ENTRIES = {"service_requests": "request"}
# Lists that a JSON reader gets without a name around them.
_BARE = frozenset({"services", "service_requests", "errors"})
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+-]\d{2}:?\d{2})?)?"
)
_LOST_PLUS = re.compile(r"(:\d{2}(?:\.\d+)?) (\d{2}:?\d{2})$")

Value = str | int | float | bool | None | Sequence[Any] | Mapping[str, Any]


def written(name: str, value: Value, form: str) -> bytes:
    """The tree `name: value` as the body of an answer."""
    value = _clean(value)
    if form == JSON:
        shown = value if name in _BARE or isinstance(value, Mapping) else {name: value}
        return json.dumps(shown, ensure_ascii=False).encode()
    body: bytes = ElementTree.tostring(_element(name, value), encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body


def _clean(value: Any) -> Any:
    """Without the few characters that XML cannot say, so that both forms say the same."""
    if isinstance(value, Mapping):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return _NOT_XML.sub("", value).replace("\r", "") if isinstance(value, str) else value


def _element(name: str, value: Any) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(value, Mapping):
        element.extend([_element(key, each) for key, each in value.items()])
    elif isinstance(value, list):
        element.extend([_element(_ENTRIES.get(name, name[:-1]), each) for each in value])
    elif value is not None and value != "":
        element.text = plain(value)
    return element


def plain(value: str | int | float | bool) -> str:
    """A single value as XML has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def status_of(state: str) -> str:
    """The standard knows open and closed alone; what lies between is told in `status_notes`."""
    return "open" if state in OPEN else "closed"


def notes_of(state_label: str, said: str) -> str:
    """The state in words, then what an office said last; cut where a list would drown in it."""
    words = " ".join(said.split())
    whole = f"{state_label}. {words}" if words else f"{state_label}."
    return whole if len(whole) <= LONGEST_NOTES else whole[: LONGEST_NOTES - 1].rstrip() + "…"


def instant_words(at: datetime | None, zone: tzinfo) -> str | None:
    """ISO 8601 with its zone, to the second: "2026-03-01T09:30:00+07:00"."""
    return None if at is None else at.astimezone(zone).replace(microsecond=0).isoformat()


def read_instant(text: str, zone: tzinfo) -> datetime:
    """An instant as clients write it; without a zone it is the town's, without a time its midnight.

    A blank is what a "+" becomes in an address. Raises ValueError.
    """
    match = _INSTANT.fullmatch(_LOST_PLUS.sub(r"\1+\2", text.strip()))
    if match is None:
        raise ValueError(text)
    day, wall, offset = match.groups()
    if wall is None:
        return _in_reach(datetime.combine(date.fromisoformat(day), time(), zone))
    if offset is None:
        return _in_reach(datetime.fromisoformat(f"{day}T{wall}").replace(tzinfo=zone))
    return _in_reach(datetime.fromisoformat(f"{day}T{wall}{'+00:00' if offset == 'Z' else offset}"))


def _in_reach(at: datetime) -> datetime:
    """Refuse what calendars of databases and zones stumble over."""
    if not 1900 <= at.year <= 2200:
        raise ValueError(at.year)
    return at.astimezone(UTC)


def span(
    start: datetime | None, end: datetime | None, now: datetime, *, is_changed: bool
) -> tuple[datetime | None, datetime | None]:
    """The days that are listed: at most ninety, the last ninety when nothing is said.

    Who asks for what changed lately (`is_changed`) is not held to when it was sent. Raises ValueError where
    more is asked for.
    """
    if start is None and end is None:
        return (None, None) if is_changed else (now - SPAN, None)
    if start is None and end is not None:
        return end - SPAN, end
    if start is not None and end is None:
        return start, start + SPAN
    assert start is not None and end is not None  # noqa: S101 - says what the branches above leave
    if end - start > SPAN:
        raise ValueError("span")
    return start, end

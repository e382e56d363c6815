"""Which names a letter asks of the rows of a group: in loops, in functions laid over the rows, in one row.

Reads so much of Typst as letters use: `for heir in data.heirs { heir.name }`, also with `.enumerate()`;
`data.heirs.map(heir => heir.name)`; `data.heirs.first().name`. What it cannot follow it leaves to the
examples, which set the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
_ROWS = re.compile(rf"(?<![A-Za-z0-9_.-])(?:data|given)\.(?P<raw>raw\.)?(?P<group>{_NAME})")
_STEP = re.compile(rf"\.(?P<method>{_NAME})(?P<call>\()?")
_LOOP = re.compile(rf"\bfor\s+(?:(?P<one>{_NAME})|\(\s*{_NAME}\s*,\s*(?P<second>{_NAME})\s*\))\s+in\s+$")
_FUNCTION = re.compile(rf"\(\s*(?:(?P<one>{_NAME})|\(\(\s*{_NAME}\s*,\s*(?P<second>{_NAME})\s*\)\))\s*=>")
# What gives the same rows again, what gives one of them, and what looks at each.
_KEEPING = frozenset({"enumerate", "rev", "slice", "filter", "sorted"})
_ONE = frozenset({"first", "last", "at"})
_LOOKING = frozenset({"map", "filter", "any", "all", "find", "position", "sorted"})
_METHODS = frozenset({"at", "keys", "values", "pairs", "len"})
_CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True)
class RowReference:
    """`variable.name` on `line`, where the variable holds a row of `group`, as stored when `is_raw`."""

    line: int
    group: str
    variable: str
    name: str
    is_raw: bool


def row_references(text: str) -> Iterator[RowReference]:
    """Every name that is asked of a row in a text without comments."""
    for rows in _ROWS.finditer(text):
        for variable, start, end in _uses(text, rows):
            for line, name in _names(text, variable, start, end):
                yield RowReference(line, rows["group"], variable or "…", name, bool(rows["raw"]))


def _uses(text: str, rows: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """(variable, from, to): where a variable holds a row; without a variable one row is asked directly."""
    at, is_numbered = rows.end(), False
    while step := _STEP.match(text, at):
        method = step["method"]
        end = _close(text, step.end() - 1) if step["call"] else step.end()
        if step["call"] and method in _LOOKING:
            yield from _in_function(text, step.end() - 1, end, is_numbered)
        if method in _ONE and step["call"]:
            yield "", end, end
        if method not in _KEEPING:
            return
        is_numbered |= method == "enumerate"
        at = end
    yield from _in_loop(text, rows.start(), at, is_numbered)


def _in_function(text: str, start: int, end: int, is_numbered: bool) -> Iterator[tuple[str, int, int]]:
    found = _FUNCTION.match(text, start)
    variable = found["second" if is_numbered else "one"] if found else None
    if found and variable:
        yield variable, found.end(), end


def _in_loop(text: str, start: int, at: int, is_numbered: bool) -> Iterator[tuple[str, int, int]]:
    line_before = text[max(0, start - 200) : start]
    found = _LOOP.search(line_before)
    variable = found["second" if is_numbered else "one"] if found else None
    body = re.compile(r"\s*[\[{]").match(text, at)
    if variable and body:
        yield variable, body.end(), _close(text, body.end() - 1)


def _names(text: str, variable: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    asked = rf"\.(?:at\(\s*\"(?P<at>[^\"]*)\"|(?P<name>{_NAME}))"
    if not variable:
        found = re.compile(asked).match(text, start)
        places = [found] if found else []
    else:
        pattern = re.compile(rf"(?<![A-Za-z0-9_.-]){re.escape(variable)}{asked}")
        places = list(pattern.finditer(text, start, end))
    for place in places:
        name = place["at"] if place["at"] is not None else place["name"]
        if place["at"] is not None or name not in _METHODS:
            yield text.count("\n", 0, place.start()) + 1, name


def _close(text: str, start: int) -> int:
    """Behind the bracket that closes the one at `start`; the end of the text where none does."""
    waiting = [_CLOSING[text[start]]]
    at = start + 1
    while at < len(text) and waiting:
        sign = text[at]
        if sign == '"':
            at = _string_end(text, at)
            continue
        if sign == "\\":
            at += 2
            continue
        if sign in _CLOSING:
            waiting.append(_CLOSING[sign])
        elif sign == waiting[-1]:
            waiting.pop()
        at += 1
    return at


def _string_end(text: str, start: int) -> int:
    """Behind a string; a quotation mark that no other closes on its line is one in running text."""
    found = re.compile(r'"(?:\\.|[^"\\\n])*"').match(text, start)
    return found.end() if found else start + 1

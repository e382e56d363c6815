"""On which line a key of a TOML text stands.

`tomllib` reads values without their places, and no parser among our dependencies keeps them. This
scanner walks a text that `tomllib` has already accepted, so it never has to say what is wrong; it only
counts lines. It runs when there is a fault to report, never when a file is merely loaded.
"""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]*")
_STRINGS = (
    re.compile(r'"""(?:\\.|[^\\])*?"{3,5}(?!")', re.DOTALL),
    re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL),
    re.compile(r'"(?:\\.|[^"\\])*"'),
    re.compile(r"'[^']*'"),
)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {(): 1}
        self.arrays: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        while True:
            self._skip(_SPACE)
            if self.at >= len(self.text):
                return self.lines
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[0]

    def _note(self, path: Path) -> None:
        self.lines.setdefault(path, self.text.count("\n", 0, self.at) + 1)

    def _key(self) -> list[str]:
        parts = []
        while True:
            self._skip(_BLANK)
            parts.append(self._quoted()[1:-1] if self.text[self.at] in "\"'" else self._skip(_BARE_KEY))
            self._skip(_BLANK)
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def _quoted(self) -> str:
        for pattern in _STRINGS:
            if pattern.match(self.text, self.at):
                return self._skip(pattern)
        raise ValueError("a text that tomllib accepted closes its strings")

    def _header(self) -> Path:
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        start, self.at = self.at, self.at + brackets
        *outer, last = self._key()
        after, self.at = self.at + brackets, start
        path: Path = ()
        for part in outer:
            path = self._inside((*path, part))
        path = (*path, last)
        self._note(path)
        if brackets == 2:
            self.arrays[path] = self.arrays.get(path, 0) + 1
            path = self._inside(path)
            self._note(path)
        self.at = after
        return path

    def _inside(self, path: Path) -> Path:
        """A name that is an array of tables means its newest table."""
        return (*path, self.arrays[path] - 1) if path in self.arrays else path

    def _pair(self, table: Path) -> None:
        start = self.at
        parts = self._key()
        after, self.at = self.at + 1, start
        for depth in range(1, len(parts) + 1):
            self._note((*table, *parts[:depth]))
        self.at = after
        self._skip(_BLANK)
        self._value((*table, *parts))

    def _value(self, path: Path) -> None:
        first = self.text[self.at]
        if first in "\"'":
            self._quoted()
        elif first == "[":
            self._array(path)
        elif first == "{":
            self._inline_table(path)
        else:
            self._skip(_SCALAR)

    def _array(self, path: Path) -> None:
        self.at += 1
        position = 0
        while True:
            self._skip(_SPACE)
            if self.text[self.at] == "]":
                self.at += 1
                return
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self._note((*path, position))
            self._value((*path, position))
            position += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while True:
            self._skip(_SPACE)
            if self.text[self.at] == "}":
                self.at += 1
                return
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self._pair(path)


def line_index(text: str) -> dict[Path, int]:
    """Line number (from 1) of every key, table and array entry of a valid TOML text, by its path."""
    return _Scanner(text.replace("\r\n", "\n")).scan()


def line_of(index: dict[Path, int], path: Path) -> int:
    """The line of `path`, or of the nearest thing around it (a missing key has no line of its own)."""
    while path and path not in index:
        path = path[:-1]
    return index[path]

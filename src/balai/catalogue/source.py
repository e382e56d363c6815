"""A TOML file with its lines at hand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from balai.catalogue.faults import CatalogueRefused, Fault
from balai.kernel.toml_lines import Path, line_index, line_of

_PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)$")

_setting: ContextVar[Callable[[str], str]] = ContextVar("setting", default=str)


@contextmanager
def texts_set(setting: Callable[[str], str]) -> Iterator[None]:
    """Every text read meanwhile is put through `setting`, which keeps its lines: the words of a town."""
    token = _setting.set(setting)
    try:
        yield
    finally:
        _setting.reset(token)


@dataclass(frozen=True)
class Source:
    """One TOML text. `label` is the path as faults print it."""

    label: str
    text: str
    data: dict[str, Any]
    # What `fragments` has made of the file, by the name of the list, while one catalogue is read.
    taken: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _lines(self) -> dict[Path, int]:
        return line_index(self.text)

    def fault(self, path: Path, sentence: str) -> Fault:
        """A fault at `path`, or at the nearest thing around it."""
        return Fault(self.label, line_of(self._lines, path), sentence)


def read_text(file: FilePath, label: str) -> str:
    """The text of a file; raise CatalogueRefused when it is no UTF-8 or cannot be read."""
    try:
        return _setting.get()(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        line = file.read_bytes().count(b"\n", 0, error.start) + 1
        raise CatalogueRefused([Fault(label, line, "the file is not UTF-8 text.")]) from None
    except OSError as error:
        raise CatalogueRefused([Fault(label, 1, f"the file cannot be read: {error.strerror}.")]) from None


def read_source(file: FilePath, label: str) -> Source:
    """Parse a TOML file; raise CatalogueRefused with the line where TOML breaks."""
    text = read_text(file, label)
    try:
        return Source(label, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueRefused([_syntax_fault(label, text, str(error))]) from None


def _syntax_fault(label: str, text: str, message: str) -> Fault:
    place = _PLACE.search(message)
    line = int(place["line"]) if place and place["line"] else text.count("\n") + 1
    words = _PLACE.sub("", message)
    return Fault(label, line, f"this is not TOML: {words[:1].lower()}{words[1:]}.")

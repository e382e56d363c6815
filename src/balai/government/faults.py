"""What is wrong with a government's folder, said so that its author can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, NamedTuple

from balai.kernel.toml_lines import Path


class Fault(NamedTuple):
    """One fault: file name inside the folder, line counted from 1, and a plain sentence."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class GovernmentRefused(Exception):
    """The folder has faults; `faults` lists every one of them, in reading order."""

    def __init__(self, folder: str, faults: Iterable[Fault]) -> None:
        self.folder = folder
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(f"{folder}/{fault}" for fault in self.faults))


_SENTENCES = {
    "missing": '"{key}" is missing.',
    "string_type": '"{key}" must be a text in quotes.',
    "bool_type": '"{key}" must be true or false.',
    "date_type": '"{key}" must be a day such as 2026-01-31, without quotes.',
    "date_from_datetime_inexact": '"{key}" must be a day such as 2026-01-31, without a time.',
    "date_from_datetime_parsing": '"{key}" must be a day such as 2026-01-31, without quotes.',
    "date_parsing": '"{key}" must be a day such as 2026-01-31, without quotes.',
    "tuple_type": '"{key}" must be a list in square brackets.',
    "dict_type": '"{key}" must be a table.',
    "model_type": '"{key}" must be a table.',
    "model_attributes_type": '"{key}" must be a table.',
    "literal_error": '"{key}" must be one of {expected}.',
    "string_too_short": '"{key}" must not be empty.',
    "string_too_long": '"{key}" is longer than {max_length} characters.',
    "value_error": '"{key}": {error}.',
}


def sentence_of(error: dict[str, Any], names: Iterable[str]) -> str:
    """The sentence for one entry of pydantic's `errors()`; `names` are the keys that exist."""
    key = next((str(part) for part in reversed(error["loc"]) if isinstance(part, str)), "government.toml")
    if error["type"] == "extra_forbidden":
        near = get_close_matches(key, names, n=1)
        return f'"{key}" is not known here' + (f'; did you mean "{near[0]}"?' if near else ".")
    template = _SENTENCES.get(error["type"], '"{key}": {msg}.')
    return template.format_map({**error.get("ctx", {}), "key": key, "msg": error["msg"]})


def data_path(error: dict[str, Any]) -> Path:
    """Where in the data it stands; pydantic's marks for the key of a mapping are left out."""
    return tuple(part for part in error["loc"] if part != "[key]")

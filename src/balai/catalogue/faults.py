"""What is wrong with a definition, said so that its author can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from balai.kernel.toml_lines import Path


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: where it stands and one plain English sentence."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class CatalogueRefused(Exception):
    """The catalogue has faults; `faults` lists every one. A running catalogue stays as it is."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


# What pydantic found, as a sentence about `key`. Its own words are for programmers.
_SENTENCES = {
    "missing": 'the key "{key}" is missing.',
    "extra_forbidden": 'the key "{key}" is not known here; check its spelling.',
    "literal_error": '"{key}" must be one of {expected}, not {given}.',
    "string_type": '"{key}" must be a text in quotes.',
    "int_type": '"{key}" must be a whole number without quotes.',
    "int_parsing": '"{key}" must be a whole number without quotes.',
    "int_from_float": '"{key}" must be a whole number.',
    "float_type": '"{key}" must be a number without quotes.',
    "float_parsing": '"{key}" must be a number without quotes.',
    "bool_type": '"{key}" must be true or false.',
    "bool_parsing": '"{key}" must be true or false.',
    "date_type": '"{key}" must be a day such as 2026-01-31, without quotes.',
    "date_from_datetime_parsing": '"{key}" must be a day such as 2026-01-31, without quotes.',
    "date_parsing": '"{key}" must be a day such as 2026-01-31, without quotes.',
    "tuple_type": '"{key}" must be a list.',
    "dict_type": '"{key}" must be a table.',
    "model_type": '"{key}" must be a table.',
    "model_attributes_type": '"{key}" must be a table.',
    "too_short": '"{key}" needs at least one entry.',
    "string_too_short": '"{key}" must not be empty.',
    "string_too_long": '"{key}" is longer than {max_length} characters.',
    "greater_than_equal": '"{key}" must be at least {ge}.',
    "less_than_equal": '"{key}" must be at most {le}.',
    "value_error": "{error}.",
    "date_from_datetime_inexact": '"{key}" must be a day such as 2026-01-31, without a time.',
}
_PERMISSION = 'the step names no permission; say who may do it, e.g. permission = "cases.check".'
_PATTERNS = {
    "code": '"code" must be two to five capital letters, such as SKU, or a code word.',
    "slug": '"slug" must be small letters, digits and hyphens, as it stands in the address.',
    "permission": '"permission" must look like "cases.check".',
    "office": '"office" must be "own", "parent" or "agency:CODE".',
    "link": '"link" must be a whole address that begins with https://.',
    "phone": '"phone" must be digits, maybe with + - and blanks.',
    "template": '"template" must be the name of a .typ file beside service.toml.',
}


def sentence_of(error: dict[str, Any]) -> str:
    """The sentence for one entry of `ValidationError.errors()`."""
    location, kind = error["loc"], error["type"]
    key = next((str(part) for part in reversed(location) if isinstance(part, str)), "service.toml")
    if kind == "missing" and key == "permission" and "step" in location:
        return _PERMISSION
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(
            key, f'"{key}" must be small letters, digits and "_" or "-", starting with a letter.'
        )
    context = error.get("ctx", {})
    template = _SENTENCES.get(kind)
    if template is None:
        return f'"{key}": {error["msg"]}.'
    return template.format_map({**context, "key": key, "given": repr(error.get("input"))[:60]})


def pydantic_faults(error: ValidationError) -> list[tuple[Path, str]]:
    """(path, sentence) for every entry, at the places in the data.

    A union that failed gives one entry for each of its branches; the first says enough. A list whose
    entries are all bad is also called too short; the entries say enough.
    """
    found: dict[Path, str] = {}
    for entry in error.errors(include_url=False):
        if entry["type"] != "too_short" or not entry["input"]:
            found.setdefault(_data_path(entry), sentence_of(dict(entry)))
    return list(found.items())


def _data_path(entry: Any) -> Path:
    """pydantic adds names of union branches ("int", "literal['today']"); they are no keys of the data."""
    location: Path = tuple(entry["loc"])
    while location and isinstance(location[-1], str) and _is_branch(location[-1]):
        location = location[:-1]
    return location


def _is_branch(part: str) -> bool:
    return part in {"int", "str", "bool", "date", "float"} or part.startswith(
        ("literal[", "function-", "tuple[")
    )

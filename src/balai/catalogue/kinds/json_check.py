"""Checks one JSON value against the small part of JSON Schema that field kinds use.

The API publishes the same schema, so form and schema agree by construction: an answer passes here first
and through the form after. A full validator is not among what a town installs, and would add nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from balai.kernel.errors import ValueRefused


def _is_integer(value: Any) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or (
        isinstance(value, float) and value.is_integer()
    )


_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": _is_integer,
}


def require(schema: Mapping[str, Any], value: Any) -> None:
    """Raise ValueRefused with the first thing that the schema refuses."""
    if not _TYPES[schema["type"]](value):
        raise ValueRefused("json.type")
    for keyword, check in _KEYWORDS.items():
        if keyword in schema:
            check(schema[keyword], value)


def _max_length(limit: int, value: str) -> None:
    if len(value) > limit:
        raise ValueRefused("text.long", longest=limit)


def _min_length(limit: int, value: str) -> None:
    if len(value) < limit:
        raise ValueRefused("text.short" if value else "required", least=limit)


def _pattern(pattern: str, value: str) -> None:
    if not re.fullmatch(pattern, value):
        raise ValueRefused("json.pattern")


def _enum(known: list[Any], value: Any) -> None:
    if value not in known:
        raise ValueRefused("choice.unknown")


def _minimum(limit: int, value: int) -> None:
    if value < limit:
        raise ValueRefused("number.small", least=limit)


def _maximum(limit: int, value: int) -> None:
    if value > limit:
        raise ValueRefused("number.large", most=limit)


def _format(name: str, value: str) -> None:
    if name == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            raise ValueRefused("date.impossible") from None


# In the order checked: cheap guards before patterns.
_KEYWORDS: Mapping[str, Callable[[Any, Any], None]] = {
    "maxLength": _max_length,
    "minLength": _min_length,
    "enum": _enum,
    "minimum": _minimum,
    "maximum": _maximum,
    "pattern": _pattern,
    "format": _format,
}

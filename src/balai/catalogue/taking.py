"""What becomes of the questions of a fragment when a service takes them: left out, renamed, made optional."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

# Keys that say how to take a fragment, the last two only of questions; any other key replaces the fragment's.
DIRECTIVES = ("use", "omit", "prefix", "optional")
_PREFIX = re.compile(r"[a-z][a-z0-9_]{0,20}_")
_BAD_PREFIX = '"prefix" must be small letters, digits and "_", and end with "_", such as "child_".'


@dataclass(frozen=True)
class Taking:
    """How one `use` takes the questions `names` of its fragment."""

    entry: Mapping[str, Any]
    names: frozenset[str]

    def faults(self) -> Iterator[tuple[str, str]]:
        """(key, English sentence) for what cannot be meant."""
        prefix = self.entry.get("prefix", "")
        if prefix != "" and not (isinstance(prefix, str) and _PREFIX.fullmatch(prefix)):
            yield "prefix", _BAD_PREFIX
        for name in listed(self.entry, "optional"):
            if name not in self.names:
                used = self.entry["use"]
                yield "optional", f'the fragment "{used}" has no field "{name}" to make optional.'

    def changed(self, spec: Any) -> Any:
        """One question as the service asks it; what is no table is left for the schema to refuse."""
        if not isinstance(spec, dict):
            return spec
        new = dict(spec)
        if spec.get("id") in listed(self.entry, "optional"):
            new["required"] = False
        if isinstance(new.get("matches"), dict):
            new["matches"] = self._matches(new["matches"])
        new = self._compared(new)
        if self.prefix:
            new["id"] = f"{self.prefix}{spec.get('id')}"
            if "when" in new:
                new["when"] = self._when(new["when"])
            if isinstance(new.get("field"), list):
                outside = replace(self, names=self.names - names_of(new["field"]))
                new["field"] = [outside.in_row(row) for row in new["field"]]
        return new

    def in_row(self, spec: Any) -> Any:
        """A question of a row keeps its name; only its conditions look at questions that are renamed."""
        is_asking = isinstance(spec, dict) and "when" in spec
        return {**spec, "when": self._when(spec["when"])} if is_asking else spec

    def page_id(self, page_id: Any) -> Any:
        """The id of a page taken: "person" with "child_" is "child-person"."""
        return f"{self.prefix.replace('_', '-')}{page_id}" if isinstance(page_id, str) else page_id

    @property
    def prefix(self) -> str:
        """What goes before every name; "" where none is given, or one that cannot be."""
        prefix = self.entry.get("prefix", "")
        return prefix if isinstance(prefix, str) and _PREFIX.fullmatch(prefix) else ""

    def _compared(self, spec: dict[str, Any]) -> dict[str, Any]:
        """What is held against a question that is left out is held against nothing."""
        gone = set(listed(self.entry, "omit")) & self.names
        new = dict(spec)
        if "differs_from" in new:
            new["differs_from"] = self._renamed(new["differs_from"])
        order = new.get("not_before")
        if isinstance(order, str):
            new["not_before"] = self._renamed(order)
        elif isinstance(order, dict):
            days = order.get("days")
            renamed = {"days": [self._renamed(day) for day in days]} if isinstance(days, list) else {}
            new["not_before"] = {**order, "field": self._renamed(order.get("field")), **renamed}
        named = {"differs_from": [spec.get("differs_from")], "not_before": _names_of_order(order)}
        for key, names in named.items():
            if any(isinstance(name, str) and name in gone for name in names):
                del new[key]
        return new

    def _renamed(self, name: Any) -> Any:
        return f"{self.prefix}{name}" if isinstance(name, str) and name in self.names else name

    def _matches(self, matches: Mapping[str, Any]) -> dict[str, Any]:
        """A question that is left out is compared with nothing."""
        gone = set(listed(self.entry, "omit")) & self.names
        return {what: self._renamed(name) for what, name in matches.items() if name not in gone}

    def _when(self, when: Any) -> Any:
        if isinstance(when, list):
            return [self._when(each) for each in when]
        return {**when, "field": self._renamed(when.get("field"))} if isinstance(when, dict) else when


def listed(entry: Mapping[str, Any], key: str) -> tuple[Any, ...]:
    """The names under a key; what is no list is one name, so that the fault shows it."""
    given = entry.get(key, ())
    return tuple(given) if isinstance(given, list) else (given,) if given != () else ()


def names_of(specs: Any) -> frozenset[str]:
    """Ids of the tables of a list."""
    tables = specs if isinstance(specs, list) else []
    return frozenset(
        spec["id"] for spec in tables if isinstance(spec, dict) and isinstance(spec.get("id"), str)
    )


def _names_of_order(order: Any) -> tuple[Any, ...]:
    """Every question that `not_before` names."""
    if isinstance(order, dict):
        return (order.get("field"), *listed(order, "days"))
    return (order,)

"""What services share stands once, under `services/_shared/`, and is taken by name.

A table of a list may say `use = "applicant"`: it then stands for the tables of the same name in
`_shared/applicant.toml`. Other keys of that table replace the fragment's (only when the fragment holds
one table), own `field` tables are appended, and `omit = ["phone"]` leaves fields out; of a fragment that
holds several tables it leaves out whole ones, by their ids.
`reasons = "letters"` takes both lists of reasons from the table `[letters]` of `_shared/reasons.toml`.
Fragments take no fragments: one look is enough to know what a service asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from balai.catalogue.faults import CatalogueRefused, Fault
from balai.catalogue.source import Source, read_source
from balai.kernel.toml_lines import Path

SHARED = "_shared"
REASONS = "reasons"
LISTS = ("page", "requirement", "step", "fee", "deadline", "classification")
_REASON_LISTS = ("return_reason", "reject_reason")

Shared = Mapping[str, Source]


def read_shared(folder: FilePath) -> tuple[dict[str, Source], list[Fault]]:
    """Every fragment file by name, and the faults of those that are not TOML."""
    found: dict[str, Source] = {}
    faults: list[Fault] = []
    for file in sorted((folder / SHARED).glob("*.toml")):
        try:
            found[file.stem] = read_source(file, f"{folder.name}/{SHARED}/{file.name}")
        except CatalogueRefused as refused:
            faults += refused.faults
    return found, faults


@dataclass
class Resolved:
    """A definition with its fragments put in, and the way back to where each piece stands."""

    source: Source
    data: dict[str, Any]
    origins: dict[Path, tuple[Source, Path]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: Path, sentence: str) -> Fault:
        """A fault at `path` of the resolved data, printed where the author wrote that piece."""
        for length in range(len(path), 0, -1):
            origin = self.origins.get(path[:length])
            if origin is not None:
                source, start = origin
                return source.fault((*start, *path[length:]), sentence)
        return self.source.fault(path, sentence)


@dataclass
class _Resolver:
    shared: Shared
    result: Resolved

    def run(self) -> Resolved:
        data = self.result.data
        self._take_reasons(data)
        for name in LISTS:
            if isinstance(data.get(name), list):
                data[name] = self._expand(name, data[name], (name,), (name,), self.result.source)
        for at, page in enumerate(data.get("page") or ()):
            if isinstance(page, dict) and isinstance(page.get("field"), list):
                page["field"] = self._expand_fields(page["field"], ("page", at, "field"))
        return self.result

    def _take_reasons(self, data: dict[str, Any]) -> None:
        if "reasons" not in data:
            return
        name = data.pop("reasons")
        file = self.shared.get(REASONS)
        table = file.data.get(name) if file is not None and isinstance(name, str) else None
        if file is None or not isinstance(table, dict):
            self._fault(("reasons",), f"_shared/{REASONS}.toml holds no table [{name}].")
            return
        for key in _REASON_LISTS:
            taken, own = list(table.get(key) or ()), list(data.get(key) or ())
            data[key] = taken + own
            for at in range(len(taken)):
                self.result.origins[(key, at)] = (file, (name, key, at))
            for at in range(len(own)):
                self.result.origins[(key, len(taken) + at)] = (self.result.source, (key, at))

    def _expand_fields(self, entries: list[Any], to: Path) -> list[Any]:
        """Fields were placed by their page already; a `use` among them is put in now."""
        before = {at: self._origin((*to, at)) for at in range(len(entries))}
        for at in before:
            self.result.origins.pop((*to, at), None)
        out: list[Any] = []
        for at, entry in enumerate(entries):
            source, path = before[at]
            out += self._one("field", entry, path, (*to, len(out)), source)
        return out

    def _origin(self, path: Path) -> tuple[Source, Path]:
        for length in range(len(path), 0, -1):
            if path[:length] in self.result.origins:
                source, start = self.result.origins[path[:length]]
                return source, (*start, *path[length:])
        return self.result.source, path

    def _expand(self, name: str, entries: list[Any], path: Path, to: Path, source: Source) -> list[Any]:
        out: list[Any] = []
        for at, entry in enumerate(entries):
            out += self._one(name, entry, (*path, at), (*to, len(out)), source)
        return out

    def _one(self, name: str, entry: Any, path: Path, to: Path, source: Source) -> list[Any]:
        """The tables that one entry stands for, the first of them to be placed at `to`."""
        if not isinstance(entry, dict) or "use" not in entry:
            self.result.origins[to] = (source, path)
            return [entry]
        used = entry["use"]
        file = self.shared.get(used) if isinstance(used, str) else None
        tables = file.data.get(name) if file is not None else None
        if file is None or not isinstance(tables, list) or not tables:
            self._fault((*path, "use"), f"no fragment: _shared/{used}.toml with a [[{name}]] table.", source)
            return []
        own = {key: value for key, value in entry.items() if key not in ("use", "omit", "field")}
        if own and len(tables) > 1:
            self._fault(
                path, f'the fragment "{used}" holds several tables; nothing beside "use" fits here.', source
            )
        taken = list(enumerate(tables))
        if len(tables) > 1:
            taken = self._kept(tables, entry, path, source, f"[[{name}]]")
        for place, (at, _) in enumerate(taken):
            self.result.origins[(*to[:-1], to[-1] + place)] = (file, (name, at))  # type: ignore[operator]  # the last step is an index here
        if len(tables) > 1:
            return [dict(table) for _, table in taken]
        return [self._merged(dict(tables[0]), entry, own, path, to, source)]

    def _merged(
        self,
        table: dict[str, Any],
        entry: dict[str, Any],
        own: dict[str, Any],
        path: Path,
        to: Path,
        source: Source,
    ) -> dict[str, Any]:
        file, start = self.result.origins[to]
        for key in own:
            self.result.origins[(*to, key)] = (source, (*path, key))
        table.update(own)
        if "field" not in table and "field" not in entry:
            return table
        kept = self._kept(list(table.get("field") or ()), entry, path, source, "field")
        table["field"] = []
        for at, spec in kept:
            self.result.origins[(*to, "field", len(table["field"]))] = (file, (*start, "field", at))
            table["field"].append(spec)
        for at, spec in enumerate(entry.get("field") or ()):
            self.result.origins[(*to, "field", len(table["field"]))] = (source, (*path, "field", at))
            table["field"].append(spec)
        return table

    def _kept(
        self, specs: list[Any], entry: dict[str, Any], path: Path, source: Source, what: str
    ) -> list[tuple[int, Any]]:
        omitted = entry.get("omit") or ()
        known = {spec.get("id") for spec in specs if isinstance(spec, dict)}
        for name in omitted:
            if name not in known:
                self._fault(
                    (*path, "omit"), f'the fragment "{entry["use"]}" has no {what} "{name}" to omit.', source
                )
        return [
            (at, spec)
            for at, spec in enumerate(specs)
            if not isinstance(spec, dict) or spec.get("id") not in omitted
        ]

    def _fault(self, path: Path, sentence: str, source: Source | None = None) -> None:
        self.result.faults.append((source or self.result.source).fault(path, sentence))


def resolve(source: Source, shared: Shared) -> Resolved:
    """Put the fragments into a definition."""
    data = {key: list(value) if isinstance(value, list) else value for key, value in source.data.items()}
    if isinstance(data.get("page"), list):
        data["page"] = [dict(page) if isinstance(page, dict) else page for page in data["page"]]
    resolved = Resolved(source, data)
    if isinstance(data.get("output"), dict):
        data["output"] = [data["output"]]
        resolved.origins[("output", 0)] = (source, ("output",))
    return _Resolver(shared, resolved).run()

"""What services share stands once, under `services/_shared/`, and is taken by name.

A table of a list may say `use = "applicant"`: it then stands for the tables of the same name in
`_shared/applicant.toml`. Other keys of that table replace the fragment's (only when the fragment holds
one table), own `field` tables are appended, and `omit = ["phone"]` leaves fields out; of a fragment that
holds several tables it leaves out whole ones, by their ids. Of pages and fields, `prefix = "child_"` goes
before every id and reference, and `optional = ["nik"]` names what need not be answered. Among the questions
of a page or a group, a fragment that is a page stands for its questions.
The pages of a `[[report]]` take fragments as those of the form do. `[repair]` and `[objection]`, of which
there is one, may stand in a fragment too.
`reasons = "letters"` takes both lists of reasons from the table `[letters]` of `_shared/reasons.toml`, and
`choices_from = "relation"` the list `[[relation]]` of `_shared/choices.toml`, also in a fragment.
Fragments take no fragments: one look is enough to know what a service asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from balai.catalogue.faults import CatalogueRefused, Fault
from balai.catalogue.source import Source, read_source
from balai.catalogue.taking import DIRECTIVES, Taking, listed, names_of
from balai.kernel.toml_lines import Path

SHARED = "_shared"
REASONS = "reasons"
CHOICES = "choices"
LISTS = ("page", "requirement", "step", "report", "fee", "deadline", "classification")
# Tables of which a definition has one.
SINGLE = ("repair", "objection")
# Lists whose tables are questions, or hold them: what `prefix` and `optional` change.
ASKING = ("page", "field")
_REASON_LISTS = ("return_reason", "reject_reason")

Shared = Mapping[str, Source]
# Where an author wrote something: the file, and the path in it.
Place = tuple[Source, Path]


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
    origins: dict[Path, Place] = field(default_factory=dict)
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
class _Piece:
    """One table, and where it and those parts of it that stand elsewhere were written."""

    table: Any
    places: dict[Path, Place]

    @property
    def place(self) -> Place:
        return self.places[()]

    def put(self, name: str, pieces: list[_Piece]) -> None:
        """These tables as the list `name` of this one."""
        self.table[name] = [piece.table for piece in pieces]
        self.places |= _placed(pieces, (name,))


def _placed(pieces: list[_Piece], to: Path) -> dict[Path, Place]:
    return {
        (*to, at, *path): place for at, piece in enumerate(pieces) for path, place in piece.places.items()
    }


@dataclass
class _Resolver:
    shared: Shared
    result: Resolved

    def run(self) -> Resolved:
        data = self.result.data
        self._take_reasons(data)
        for name in LISTS:
            if isinstance(data.get(name), list):
                pieces = self._pieces(name, data[name], (self.result.source, (name,)))
                data[name] = [piece.table for piece in pieces]
                self.result.origins |= _placed(pieces, (name,))
        for name in SINGLE:
            if isinstance(data.get(name), dict) and "use" in data[name]:
                self._take_single(name, data)
        for at, report in enumerate(_tables(data, "report")):
            place = (self.result.source, ("report", at, "page"))
            pieces = self._pieces("page", _tables(report, "page"), place)
            if pieces:
                data["report"][at] = {**report, "page": [piece.table for piece in pieces]}
                self.result.origins |= _placed(pieces, ("report", at, "page"))
        return self.result

    def _take_single(self, name: str, data: dict[str, Any]) -> None:
        """The fragment's table of this name, changed by the keys beside `use`."""
        own = dict(data[name])
        used, place = own.pop("use"), (self.result.source, (name,))
        file = self.shared.get(used) if isinstance(used, str) else None
        taken = file.data.get(name) if file is not None else None
        if file is None or not isinstance(taken, dict):
            self._fault(_inside(place, "use"), f"no fragment: _shared/{used}.toml with a [{name}] table.")
            del data[name]
            return
        data[name] = {**taken, **own}
        self.result.origins[(name,)] = (file, (name,))
        self.result.origins |= {(name, key): _inside(place, key) for key in own}

    def _take_reasons(self, data: dict[str, Any]) -> None:
        if "reasons" not in data:
            return
        name = data.pop("reasons")
        file = self.shared.get(REASONS)
        table = file.data.get(name) if file is not None and isinstance(name, str) else None
        if file is None or not isinstance(table, dict):
            place = (self.result.source, ("reasons",))
            self._fault(place, f"_shared/{REASONS}.toml holds no table [{name}].")
            return
        for key in _REASON_LISTS:
            taken, own = list(table.get(key) or ()), list(data.get(key) or ())
            data[key] = taken + own
            for at in range(len(taken)):
                self.result.origins[(key, at)] = (file, (name, key, at))
            for at in range(len(own)):
                self.result.origins[(key, len(taken) + at)] = (self.result.source, (key, at))

    def _pieces(self, name: str, tables: list[Any], place: Place, *, may_use: bool = True) -> list[_Piece]:
        """The tables of a list, each `use` among them standing for what it takes."""
        out: list[_Piece] = []
        for at, table in enumerate(tables):
            here = _inside(place, at)
            if may_use and isinstance(table, dict) and "use" in table:
                out += self._taken(name, table, here)
            else:
                out.append(self._own(name, table, here, may_use=may_use))
        return out

    def _own(self, name: str, table: Any, place: Place, *, may_use: bool) -> _Piece:
        """A table as it is written, with what its questions take."""
        if name not in ASKING or not isinstance(table, dict):
            return _Piece(table, {(): place})
        piece = _Piece(dict(table), {(): place})
        if isinstance(table.get("field"), list):  # whatever stands in it: the schema says what does not fit
            inner = _inside(place, "field")
            piece.put("field", self._pieces("field", table["field"], inner, may_use=may_use))
        if "choices_from" in table and name == "field":
            self._take_choices(piece)
        return piece

    def _take_choices(self, piece: _Piece) -> None:
        """What cannot be taken stays as it is written: the checks say nothing more about it."""
        spec, name = piece.table, piece.table["choices_from"]
        if spec.get("kind") != "choice":
            return
        file = self.shared.get(CHOICES)
        choices = file.data.get(name) if file is not None and isinstance(name, str) else None
        if "choices" in spec:
            self._fault(_inside(piece.place, "choices_from"), 'give "choices" or "choices_from", not both.')
        elif file is None or not isinstance(choices, list):
            known = ", ".join(sorted(file.data)) if file is not None else "nothing"
            sentence = f"_shared/{CHOICES}.toml holds no list [[{name}]]; it holds {known}."
            self._fault(_inside(piece.place, "choices_from"), sentence)
        else:
            del spec["choices_from"]
            spec["choices"] = choices
            piece.places[("choices",)] = (file, (str(name),))

    def _taken(self, name: str, entry: dict[str, Any], place: Place) -> list[_Piece]:
        """The tables that an entry with `use` stands for."""
        pieces = self._fragment(name, entry["use"])
        if not pieces:
            sentence = f"no fragment: _shared/{entry['use']}.toml with a [[{name}]] table."
            self._fault(_inside(place, "use"), sentence)
            return []
        directives = DIRECTIVES if name in ASKING else DIRECTIVES[:2]
        own = {key: value for key, value in entry.items() if key not in (*directives, "field")}
        if own and len(pieces) > 1:
            sentence = f'the fragment "{entry["use"]}" holds several tables; nothing beside "use" fits here.'
            self._fault(place, sentence)
        if name in ASKING and not entry.keys().isdisjoint(DIRECTIVES[1:]):
            self._change_questions(name, pieces, entry, place)
        if len(pieces) > 1:
            what = "field" if name == "field" else f"[[{name}]]"
            return self._kept(pieces, entry, place, what)
        self._replace(pieces[0], own, entry, place)
        return pieces

    def _fragment(self, name: str, used: Any) -> list[_Piece]:
        """Its tables of this name, to be changed at will; read once for all services that take them."""
        file = self.shared.get(used) if isinstance(used, str) else None
        if file is None:
            return []
        if name not in file.taken:
            file.taken[name] = self._read_fragment(name, file)
        return [_Piece(dict(each.table), dict(each.places)) for each in file.taken[name]]

    def _read_fragment(self, name: str, file: Source) -> list[_Piece]:
        """Where a question is wanted, a page gives all of its own."""
        tables, pages = _tables(file.data, name), _tables(file.data, "page")
        place: Place = (file, (name,))
        if name == "field" and not tables and len(pages) == 1:
            tables, place = _tables(pages[0], "field"), (file, ("page", 0, "field"))
        return self._pieces(name, tables, place, may_use=False)

    def _change_questions(self, name: str, pieces: list[_Piece], entry: dict[str, Any], place: Place) -> None:
        """Rename what is taken and make it optional, as the entry says."""
        tables = [piece.table for piece in pieces]
        if name == "page":
            tables = [spec for page in tables for spec in _tables(page, "field")]
        taking = Taking(entry, names_of(tables))
        for key, sentence in taking.faults():
            self._fault(_inside(place, key), sentence)
        for piece in pieces:
            fields: list[Path] = []
            if name == "field":
                piece.table = taking.changed(piece.table)
            else:
                questions = _tables(piece.table, "field")
                piece.table |= {"id": taking.page_id(piece.table.get("id"))}
                piece.table |= {"field": [taking.changed(spec) for spec in questions]}
                fields = [("field", at) for at in range(len(questions))]
            if "prefix" in entry:
                # An id that clashes was made here.
                piece.places |= {(*path, "id"): _inside(place, "prefix") for path in [(), *fields]}

    def _replace(self, piece: _Piece, own: dict[str, Any], entry: dict[str, Any], place: Place) -> None:
        """Own keys instead of the fragment's; own questions after those of the fragment that are kept."""
        table = piece.table
        for key in own:
            table[key] = own[key]
            piece.places[(key,)] = _inside(place, key)
        taken, added = _tables(table, "field"), _tables(entry, "field")
        if not added and "omit" not in entry:
            return
        questions = [
            _Piece(spec, places) for spec, places in zip(taken, _questions(piece, len(taken)), strict=True)
        ]
        kept = self._kept(questions, entry, place, "field")
        more = self._pieces("field", added, _inside(place, "field"))
        piece.places = {path: each for path, each in piece.places.items() if path[:1] != ("field",)}
        piece.put("field", kept + more)

    def _kept(self, pieces: list[_Piece], entry: dict[str, Any], place: Place, what: str) -> list[_Piece]:
        """Those that the entry does not omit, by the names that they have in the fragment."""
        prefix = Taking(entry, frozenset()).prefix if what == "field" else ""
        names = [piece.table.get("id", "") if isinstance(piece.table, dict) else "" for piece in pieces]
        names = [str(name).removeprefix(prefix) for name in names]
        omitted = listed(entry, "omit")
        for name in omitted:
            if name not in names:
                sentence = f'the fragment "{entry["use"]}" has no {what} "{name}" to omit.'
                self._fault(_inside(place, "omit"), sentence)
        return [piece for piece, name in zip(pieces, names, strict=True) if name not in omitted]

    def _fault(self, place: Place, sentence: str) -> None:
        source, path = place
        self.result.faults.append(source.fault(path, sentence))


def _tables(table: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The tables of a list; none when anything else stands there."""
    found = table.get(name)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        return []
    return found


def _inside(place: Place, *steps: str | int) -> Place:
    source, path = place
    return source, (*path, *steps)


def _questions(piece: _Piece, number: int) -> list[dict[Path, Place]]:
    """The places of each question of a piece; without one of its own it stands where the piece stands."""
    found: list[dict[Path, Place]] = [{(): _inside(piece.place, "field", at)} for at in range(number)]
    for path, place in piece.places.items():
        if path[:1] == ("field",):
            found[int(path[1])][path[2:]] = place
    return found


def resolve(source: Source, shared: Shared) -> Resolved:
    """Put the fragments into a definition."""
    data = {key: list(value) if isinstance(value, list) else value for key, value in source.data.items()}
    resolved = Resolved(source, data)
    if isinstance(data.get("output"), dict):
        data["output"] = [data["output"]]
        resolved.origins[("output", 0)] = (source, ("output",))
    return _Resolver(shared, resolved).run()

"""Rows of questions: heirs, family members, witnesses. Decision 0012 says why they are as they are.

One answer, a list of objects under one key. On a page each row is named by a key of one or two digits:
`heirs` is sent once for every row and holds its key, `heirs.0.name` is what was typed there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from balai.catalogue.kinds import registry
from balai.catalogue.kinds.base import FieldKind, FormContext, Json
from balai.catalogue.kinds.json_object import json_object
from balai.catalogue.schema import FieldSpec
from balai.catalogue.schema.form import MOST_ROWS
from balai.kernel.errors import ValueRefused

FEWEST, MANY = 1, 10
SEPARATOR = "."
_LONGEST_KEY = 2


def limits(spec: FieldSpec) -> tuple[int, int]:
    """Fewest and most rows; a group that may be left out may have none."""
    fewest = (spec.min_rows or FEWEST) if spec.required else 0
    return fewest, spec.max_rows or max(MANY, fewest)


def row_word(spec: FieldSpec) -> str:
    """What a row is called inside a sentence: "ahli waris"; an abbreviation keeps its capitals."""
    word = spec.row or spec.label
    return word if word[:2].isupper() else word[:1].lower() + word[1:]


def row_word_numbered(spec: FieldSpec, number: int) -> str:
    """ "ahli waris 2"."""
    return f"{row_word(spec)} {number}"


def row_title(spec: FieldSpec, number: int) -> str:
    """ "Ahli waris 2"."""
    return f"{spec.row or spec.label} {number}"


def labelled(label: str) -> str:
    """A label before its answer: "Nama:", but "Dewasa?"."""
    return label if label.endswith("?") else f"{label}:"


def row_keys(data: Mapping[str, Any], name: str) -> list[str]:
    """The rows that a page sent, one more than there may ever be at most; what is no key is no row."""
    getlist = getattr(data, "getlist", None)
    given = getlist(name) if getlist is not None else data.get(name) or ()
    keys = [key for key in given if isinstance(key, str) and key.isdecimal() and len(key) <= _LONGEST_KEY]
    return list(dict.fromkeys(keys))[: MOST_ROWS + 1]


def name_in_row(group: str, key: str, name: str) -> str:
    """ "heirs.0.name"."""
    return SEPARATOR.join((group, key, name))


class RowsWidget(forms.Widget):
    """Drawn by `ui/components/rows`; its value are the keys of the rows."""

    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The rows sent."""
        return row_keys(data, name)


class RowsField(forms.Field):
    """Stands for the group in a form, which checks the rows itself: they may ask about what stands around."""

    widget = RowsWidget

    def __init__(self, spec: FieldSpec, context: FormContext) -> None:
        super().__init__(label=spec.label, help_text=spec.help or "", required=spec.required)
        self.fewest, self.most = limits(spec)
        self.word = row_word(spec)

    def validate(self, value: Any) -> None:
        """How many rows there must be is said when they have been checked."""


class Group(FieldKind):
    """Rows of the same questions; stored as a list of objects, each with the answers of one row."""

    code = "group"
    params = frozenset({"row", "min_rows", "max_rows", "field"})

    def form_field(self, spec: FieldSpec, context: FormContext) -> forms.Field:
        """A place for the rows."""
        return RowsField(spec, context)

    def posted(self, name: str, stored: Json, spec: FieldSpec) -> dict[str, Any]:
        """Every row with its key, and its answers under their names in the row."""
        sent: dict[str, Any] = {name: [str(at) for at in range(len(stored))]}
        for at, row in enumerate(stored):
            for inner in spec.field:
                if inner.id in row:
                    kind = registry.kind(inner.kind)
                    sent |= kind.posted(name_in_row(name, str(at), inner.id), row[inner.id], inner)
        return sent

    def read_json(
        self, name: str, raw: Json, spec: FieldSpec
    ) -> tuple[dict[str, Any], dict[str, ValueRefused]]:
        """The rows of a list; each fault under the name of its row or of its question in it."""
        fewest, most = limits(spec)
        word = row_word(spec)
        if not isinstance(raw, list):
            return {}, {name: ValueRefused("json.type")}
        if len(raw) < fewest:
            return {}, {name: ValueRefused("rows.few", least=fewest, row=word)}
        if len(raw) > most:
            return {}, {name: ValueRefused("rows.many", most=most, row=word)}
        sent: dict[str, Any] = {name: [str(at) for at in range(len(raw))]}
        refused: dict[str, ValueRefused] = {}
        for at, row in enumerate(raw):
            texts, faults = _read_row(f"{name}{SEPARATOR}{at}", row, spec)
            sent |= texts
            refused |= faults
        return sent, refused

    def display(self, value: Json, spec: FieldSpec) -> str:
        """Every row under its title, a line for each answer: for places that know no rows."""
        return "\n\n".join(
            "\n".join([row_title(spec, number), *_lines(row, spec)]) for number, row in enumerate(value, 1)
        )

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """An array of objects."""
        fewest, most = limits(spec)
        rows = json_object([(inner.when, inner) for inner in spec.field])
        return {"type": "array", "minItems": fewest, "maxItems": most, "items": rows}

    def is_personal(self, spec: FieldSpec) -> bool:
        """A group is as personal as anything in its rows."""
        inner = any(registry.kind(each.kind).is_personal(each) for each in spec.field)
        return inner if spec.personal is None else spec.personal

    def spec_faults(self, spec: FieldSpec) -> Iterator[tuple[str, str]]:
        """Rows of something, and a number of them that there can be."""
        yield from super().spec_faults(spec)
        if not spec.row:
            yield "kind", 'a group says what one row is called: row = "Ahli waris".'
        if not spec.field:
            yield "kind", "a group asks at least one question: add a [[page.field.field]]."
        fewest, most = limits(spec)
        if fewest > most:
            yield "min_rows", '"min_rows" is greater than "max_rows".'
        if not spec.required and (spec.min_rows or 1) > 1:
            yield "min_rows", 'a group that need not be answered may have no row; leave "min_rows" out.'
        if spec.fact is not None:
            yield "fact", "a group is filled in by hand: no fact holds rows."


def _read_row(name: str, row: Json, spec: FieldSpec) -> tuple[dict[str, Any], dict[str, ValueRefused]]:
    if not isinstance(row, Mapping):
        return {}, {name: ValueRefused("json.type")}
    asked = {inner.id: inner for inner in spec.field}
    sent: dict[str, Any] = {}
    refused: dict[str, ValueRefused] = {}
    for key, value in row.items():
        place = f"{name}{SEPARATOR}{key}"
        inner = asked.get(key)
        if inner is None:
            refused[place] = ValueRefused("json.unknown_field")
            continue
        texts, faults = registry.kind(inner.kind).read_json(place, value, inner)
        sent |= texts
        refused |= faults
    return sent, refused


def _lines(row: Mapping[str, Any], spec: FieldSpec) -> Iterator[str]:
    for inner in spec.field:
        if inner.id in row:
            yield f"{labelled(inner.label)} {registry.kind(inner.kind).display(row[inner.id], inner)}"

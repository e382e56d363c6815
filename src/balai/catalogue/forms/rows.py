"""The rows of a group in a form: one small form for each, and what becomes of them when they are checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from balai.catalogue.forms.controls import Fields, make_fields
from balai.catalogue.forms.counting import CountingForm
from balai.catalogue.kinds import FormContext
from balai.catalogue.kinds.groups import (
    SEPARATOR,
    limits,
    name_in_row,
    row_keys,
    row_title,
    row_word_numbered,
)
from balai.catalogue.schema import FieldSpec


class RowForm(CountingForm):
    """One row; its controls are named "heirs.0.name"."""

    def __init__(
        self,
        group: FieldSpec,
        key: str,
        number: int,
        *,
        context: FormContext,
        fields: Fields,
        data: Mapping[str, Any] | None,
        initial: Mapping[str, Any],
    ) -> None:
        self.group = group.id
        self.is_checked = False
        self.key = key
        self.title, self.word = row_title(group, number), row_word_numbered(group, number)
        self.asked = [(spec.when, spec) for spec in group.field]
        self.ground, self.answers, self.today = {}, {}, context.today
        typed = {spec.id: initial.get(name_in_row(group.id, key, spec.id)) for spec in group.field}
        given = {name: value for name, value in typed.items() if value is not None}
        super().__init__(data=data, prefix=f"{group.id}{SEPARATOR}{key}", initial=given)
        self.fields = fields

    def add_prefix(self, field_name: str) -> str:
        """The name of a control."""
        return name_in_row(self.group, self.key, field_name)

    def full_clean(self) -> None:
        """Nothing is wrong with a row that nobody asked to be checked: one too many, left empty."""
        if self.is_checked:
            super().full_clean()
        else:
            self._errors, self.cleaned_data = ErrorDict(), {}

    def own_name(self, name: str) -> str:
        """A question of this row by the name of its control."""
        return name.removeprefix(f"{self.prefix}{SEPARATOR}")

    def holds(self, name: str) -> bool:
        """Whether a control of this name stands in this row."""
        return self.own_name(name) in self.fields and self.own_name(name) != name

    def is_typed(self) -> bool:
        """Whether anything at all was typed into the row."""
        return any(str(self[name].value() or "").strip() for name in self.fields)

    def passes(self, ground: Mapping[str, Any]) -> bool:
        """Check the row; its questions may ask about the row itself first, then about what stands around."""
        self.is_checked = True
        self._errors = None  # type: ignore[assignment]  # as Django's own form before it is cleaned
        self.ground = {name: value for name, value in ground.items() if name not in self.fields}
        return self.is_valid()


def rows_on_page(
    group: FieldSpec,
    context: FormContext,
    *,
    data: Mapping[str, Any] | None,
    initial: Mapping[str, Any],
    names: Mapping[str, str],
    around: Mapping[str, forms.Field],
) -> list[RowForm]:
    """The rows that were sent or are stored, and empty ones up to the fewest there may be."""
    keys = row_keys(initial if data is None else data, group.id)
    fewest, _most = limits(group)
    free = (key for key in map(str, range(100)) if key not in keys)
    keys = [*keys, *(next(free) for _ in range(fewest - len(keys)))]
    rows = []
    for number, key in enumerate(keys, 1):
        own = {spec.id: name_in_row(group.id, key, spec.id) for spec in group.field}
        fields = make_fields(group.field, context, names={**names, **own}, around=around)
        row = RowForm(group, key, number, context=context, fields=fields, data=data, initial=initial)
        rows.append(row)
    return rows


def rows_to_check(
    group: FieldSpec, context: FormContext, *, data: Mapping[str, Any], fields: Fields
) -> list[RowForm]:
    """The rows as they came, for a form that is not shown; they share their fields."""
    return [
        RowForm(group, key, number, context=context, fields=fields, data=data, initial={})
        for number, key in enumerate(row_keys(data, group.id), 1)
    ]

"""Answers picked from a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django import forms

from balai.catalogue.kinds.areas import AreaGroups, area_name
from balai.catalogue.kinds.base import FieldKind, FormContext, Json, field_arguments
from balai.catalogue.kinds.sentences import SENTENCES
from balai.catalogue.schema import FieldSpec
from balai.ui import widgets

MOST_RADIOS = 7
AREA_PATTERN = r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}$"


def _arguments(spec: FieldSpec, unknown: str) -> dict[str, Any]:
    arguments = field_arguments(spec)
    arguments["error_messages"]["invalid_choice"] = SENTENCES[unknown]
    return arguments


class Choice(FieldKind):
    """One of a few answers."""

    code = "choice"
    params = frozenset({"choices", "choices_from"})

    def form_field(self, spec: FieldSpec, context: FormContext) -> forms.Field:
        """Rows to tap, or a list when there are many."""
        choices = [(choice.value, choice.label) for choice in spec.choices]
        if len(choices) <= MOST_RADIOS:
            return forms.ChoiceField(
                choices=choices, widget=widgets.Radios(), **_arguments(spec, "choice.unknown")
            )
        with_blank = [("", "—"), *choices]
        return forms.ChoiceField(
            choices=with_blank, widget=widgets.Select(), **_arguments(spec, "choice.unknown")
        )

    def prefill(self, fact: str, spec: FieldSpec) -> Json | None:
        """Registers keep the stored word or the label; either finds the choice."""
        plain = fact.strip().casefold()
        found = (
            each.value for each in spec.choices if plain in (each.value.casefold(), each.label.casefold())
        )
        return next(found, None)

    def display(self, value: Json, spec: FieldSpec) -> str:
        """The label; a value no longer offered is shown as stored."""
        return next((choice.label for choice in spec.choices if choice.value == value), str(value))

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """One of the stored words."""
        return {"type": "string", "enum": [choice.value for choice in spec.choices]}

    def spec_faults(self, spec: FieldSpec) -> Iterator[tuple[str, str]]:
        """Two different answers at least."""
        yield from super().spec_faults(spec)
        if spec.choices_from is not None:
            return  # the shared list could not be put in, which was said where it was looked for
        values = [choice.value for choice in spec.choices]
        if len(values) < 2:
            yield "choices", 'a field of kind "choice" needs at least two choices.'
        for value in sorted({value for value in values if values.count(value) > 1}):
            yield "choices", f'the choice "{value}" stands twice.'


class YesNo(FieldKind):
    """Yes or no; stored as a boolean."""

    code = "yes_no"

    def form_field(self, spec: FieldSpec, context: FormContext) -> forms.Field:
        """Two rows side by side; not answering is not "no"."""
        widget = widgets.YesNoRadios()
        return forms.TypedChoiceField(
            choices=list(widget.choices),
            widget=widget,
            coerce=lambda value: value == "yes",
            empty_value=None,
            **_arguments(spec, "choice.unknown"),
        )

    def typed(self, stored: Json) -> str:
        """The value of the row."""
        return "yes" if stored else "no"

    def display(self, value: Json, spec: FieldSpec) -> str:
        """Ya or Tidak."""
        return "Ya" if value else "Tidak"

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}


class AreaField(forms.ChoiceField):
    """A choice of hundreds: the list is made only where it is drawn, and searched where one is checked."""

    def __init__(self, areas: Callable[[], AreaGroups], **arguments: Any) -> None:
        self._areas = areas
        super().__init__(choices=lambda: [("", "—"), *areas()], **arguments)

    def valid_value(self, value: Any) -> bool:
        """Whether it is the code of an area in the list."""
        return any(value == code for _, places in self._areas() for code, _ in places)


class Area(FieldKind):
    """A village or kelurahan of this government, listed by kecamatan; stored as its code."""

    code = "area"

    def form_field(self, spec: FieldSpec, context: FormContext) -> forms.Field:
        """One grouped list: it works without scripts, and the browser finds a name by its first letters."""
        return AreaField(context.areas, widget=widgets.AreaSelect(), **_arguments(spec, "area.unknown"))

    def display(self, value: Json, spec: FieldSpec) -> str:
        """ "Desa Sawentar, Kecamatan Kanigoro"."""
        return area_name(value)

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """A code of the Kemendagri table; which ones exist here is for the form to say."""
        return {"type": "string", "maxLength": 13, "pattern": AREA_PATTERN}

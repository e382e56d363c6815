"""Who somebody is."""

from __future__ import annotations

from typing import Any

from django import forms

from balai.catalogue.kinds.base import FieldKind, FormContext, attributes
from balai.catalogue.schema import FieldSpec
from balai.kernel import kk, names, nik
from balai.ui import widgets


class Nik(FieldKind):
    """A NIK; what is merely odd about it is a warning for the officer and refuses nothing."""

    code = "nik"
    personal = True
    params = frozenset({"placeholder", "matches"})

    def parse(self, text: str, spec: FieldSpec, context: FormContext) -> str:
        """16 digits."""
        return nik.Nik.parse(text).text

    def widget(self, spec: FieldSpec) -> forms.Widget:
        """Digit keyboard, nothing remembered."""
        return widgets.NikInput(attributes(spec))

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """16 digits without separators."""
        return {"type": "string", "maxLength": 16, "pattern": "^[0-9]{16}$"}


class Kk(FieldKind):
    """A number of a Kartu Keluarga."""

    code = "kk"
    personal = True
    params = frozenset({"placeholder"})

    def parse(self, text: str, spec: FieldSpec, context: FormContext) -> str:
        """16 digits."""
        return kk.parse_kk(text)

    def widget(self, spec: FieldSpec) -> forms.Widget:
        """Digit keyboard, nothing remembered."""
        return widgets.KkInput(attributes(spec))

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """16 digits without separators."""
        return {"type": "string", "maxLength": 16, "pattern": "^[0-9]{16}$"}


class Name(FieldKind):
    """A person's name."""

    code = "name"
    personal = True
    params = frozenset({"placeholder"})

    def parse(self, text: str, spec: FieldSpec, context: FormContext) -> str:
        """As its bearer writes it."""
        return names.clean_name(text)

    def widget(self, spec: FieldSpec) -> forms.Widget:
        """Capitals for words."""
        return widgets.NameInput(attributes(spec, maxlength=names.LONGEST))

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """A string within the limits."""
        return {"type": "string", "minLength": 1 if spec.required else 0, "maxLength": names.LONGEST}

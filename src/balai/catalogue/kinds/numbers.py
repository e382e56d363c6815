"""Counts and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms

from balai.catalogue.kinds.base import FieldKind, FormContext, Json, attributes
from balai.catalogue.schema import FieldSpec
from balai.kernel.errors import ValueRefused
from balai.kernel.rupiah import LARGEST, format_rupiah, parse_rupiah
from balai.ui import widgets

_WHOLE = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+|-?[0-9]+")


class Number(FieldKind):
    """A whole number, from 0 unless `min` says otherwise."""

    code = "number"
    params = frozenset({"min", "max", "width", "placeholder"})
    largest = 999_999_999_999

    def limits(self, spec: FieldSpec) -> tuple[int, int]:
        """Least and greatest, both allowed."""
        return (
            0 if spec.min is None else spec.min,
            self.largest if spec.max is None else spec.max,
        )

    def read(self, text: str) -> int:
        """Digits, with dots between thousands if one likes."""
        plain = text.strip()
        if not _WHOLE.fullmatch(plain):
            raise ValueRefused("number.shape")
        if len(plain) > 25:
            raise ValueRefused("number.large", most=self.largest)
        return int(plain.replace(".", ""))

    def parse(self, text: str, spec: FieldSpec, context: FormContext) -> int:
        """The number, within its limits."""
        least, most = self.limits(spec)
        # A year is written without dots; with bounds of its own a question says them at once.
        shown = str if spec.width else self.shown
        try:
            number = self.read(text)
        except ValueRefused as refused:
            if refused.code != "number.shape" or spec.min is None or spec.max is None:
                raise
            raise ValueRefused("number.between", least=shown(least), most=shown(most)) from None
        if number < least:
            raise ValueRefused("number.small", least=shown(least))
        if number > most:
            raise ValueRefused("number.large", most=shown(most))
        return number

    def widget(self, spec: FieldSpec) -> forms.Widget:
        """The digit keyboard."""
        return widgets.NumberInput(attributes(spec, maxlength=20))

    def shown(self, number: int) -> str:
        """With dots between thousands."""
        return f"{number:,}".replace(",", ".")

    def typed(self, stored: Json) -> str:
        """Digits only; JSON may write 12 as 12.0."""
        return str(int(stored))

    def from_json(self, stored: Json) -> int:
        """The number."""
        return int(stored)

    def prefill(self, fact: str, spec: FieldSpec) -> Json | None:
        """A fact is text."""
        try:
            return self.read(fact)
        except ValueRefused:
            return None

    def display(self, value: Json, spec: FieldSpec) -> str:
        """With dots between thousands, or with leading zeros where the field has a width."""
        return f"{int(value):0{spec.width}}" if spec.width else self.shown(int(value))

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """An integer within the limits."""
        least, most = self.limits(spec)
        return {"type": "integer", "minimum": least, "maximum": most}

    def spec_faults(self, spec: FieldSpec) -> Iterator[tuple[str, str]]:
        """Limits must leave a number."""
        yield from super().spec_faults(spec)
        least, most = self.limits(spec)
        if least > most:
            yield "min", '"min" is greater than "max".'


class Rupiah(Number):
    """An amount of money in whole rupiah."""

    code = "rupiah"
    params = frozenset({"min", "max", "placeholder"})
    largest = LARGEST

    def read(self, text: str) -> int:
        """As money is written."""
        return parse_rupiah(text)

    def widget(self, spec: FieldSpec) -> forms.Widget:
        """The digit keyboard after "Rp"."""
        return widgets.RupiahInput(attributes(spec, maxlength=30))

    def shown(self, number: int) -> str:
        """ "Rp1.500.000"."""
        return format_rupiah(number)

    def spec_faults(self, spec: FieldSpec) -> Iterator[tuple[str, str]]:
        """Nobody pays less than nothing."""
        yield from super().spec_faults(spec)
        if spec.min is not None and spec.min < 0:
            yield "min", "an amount of rupiah cannot be negative."

"""Words, days and hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from balai.catalogue.kinds.base import FieldKind, FormContext, Json, attributes
from balai.catalogue.schema import FieldSpec
from balai.kernel.dates import format_date, parse_date
from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text
from balai.kernel.times import format_time, parse_time
from balai.ui import days, widgets


class Text(FieldKind):
    """One line."""

    code = "text"
    params = frozenset({"min_length", "max_length", "placeholder"})
    longest = 200
    multiline = False

    def parse(self, text: str, spec: FieldSpec, context: FormContext) -> str | None:
        """Cleaned text within its limits; nothing but invisible marks counts as unanswered."""
        cleaned = clean_text(text, multiline=self.multiline)
        longest = spec.max_length or self.longest
        if len(cleaned) > longest:
            raise ValueRefused("text.long", longest=longest)
        if cleaned and len(cleaned) < (spec.min_length or 0):
            raise ValueRefused("text.short", least=spec.min_length)
        return cleaned or None

    def widget(self, spec: FieldSpec) -> forms.Widget:
        """A line for typing."""
        return widgets.TextInput(
            attributes(spec, maxlength=spec.max_length or self.longest, autocomplete="off")
        )

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """A string within the limits; an empty one only where the answer may be left out."""
        limits = {"type": "string", "maxLength": spec.max_length or self.longest}
        return {**limits, "minLength": 1} if spec.required else limits

    def spec_faults(self, spec: FieldSpec) -> Iterator[tuple[str, str]]:
        """Limits must leave room."""
        yield from super().spec_faults(spec)
        if (spec.min_length or 0) > (spec.max_length or self.longest):
            yield "min_length", '"min_length" is greater than the greatest length.'


class Paragraph(Text):
    """Several lines."""

    code = "paragraph"
    longest = 2000
    multiline = True

    def widget(self, spec: FieldSpec) -> forms.Widget:
        """A box for typing."""
        return widgets.Paragraph(attributes(spec, maxlength=spec.max_length or self.longest))


class Date(FieldKind):
    """A day, typed as people write it and stored as ISO 8601."""

    code = "date"
    params = frozenset({"earliest", "latest", "placeholder"})

    def parse(self, text: str, spec: FieldSpec, context: FormContext) -> date:
        """The day, within its limits."""
        day = parse_date(text)
        earliest, latest = (_limit(limit, context.today) for limit in (spec.earliest, spec.latest))
        if earliest is not None and day < earliest:
            raise ValueRefused("date.early", earliest=days.format_date(earliest))
        if latest is not None and day > latest:
            code = "date.future" if spec.latest == "today" else "date.late"
            raise ValueRefused(code, latest=days.format_date(latest))
        return day

    def widget(self, spec: FieldSpec) -> forms.Widget:
        """One line with the digit keyboard; it also takes "17 Agustus 1995"."""
        line = attributes(spec, inputmode="numeric", autocomplete="off", maxlength=30)
        return widgets.TextInput({"placeholder": "31-12-1990", "class": "input digits medium", **line})

    def to_json(self, value: date) -> str:
        """ISO 8601."""
        return value.isoformat()

    def from_json(self, stored: Json) -> date:
        """The day."""
        return date.fromisoformat(stored)

    def typed(self, stored: Json) -> str:
        """ "31-12-1990"; what is no day comes back as it was, for the form to refuse."""
        try:
            return f"{date.fromisoformat(stored):%d-%m-%Y}"
        except ValueError:
            return str(stored)

    def display(self, value: Json, spec: FieldSpec) -> str:
        """ "17 Agustus 1995"."""
        return format_date(date.fromisoformat(value))

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """A full date of RFC 3339."""
        return {
            "type": "string",
            "format": "date",
            "maxLength": 10,
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        }

    def spec_faults(self, spec: FieldSpec) -> Iterator[tuple[str, str]]:
        """Limits must leave a day."""
        yield from super().spec_faults(spec)
        if isinstance(spec.earliest, date) and isinstance(spec.latest, date) and spec.earliest > spec.latest:
            yield "earliest", '"earliest" lies after "latest".'


class Time(FieldKind):
    """An hour of the day, typed and shown as "14.30", stored as "14:30"."""

    code = "time"
    params = frozenset({"placeholder"})

    def parse(self, text: str, spec: FieldSpec, context: FormContext) -> str:
        """The hour and the minute."""
        return parse_time(text)

    def widget(self, spec: FieldSpec) -> forms.Widget:
        """One short line; the decimal keyboard has the dot."""
        line = attributes(spec, inputmode="decimal", autocomplete="off", maxlength=20)
        return widgets.TextInput({"placeholder": "14.30", "class": "input digits short", **line})

    def typed(self, stored: Json) -> str:
        """ "14.30"."""
        return format_time(str(stored))

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """Hour and minute of the day."""
        return {"type": "string", "maxLength": 5, "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}


def _limit(limit: date | str | None, today: date) -> date | None:
    return today if limit == "today" else limit if isinstance(limit, date) else None

"""What every field kind can do, and what a form knows while it is built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from balai.catalogue.kinds import json_check
from balai.catalogue.kinds.areas import AreaGroups, government_areas
from balai.catalogue.kinds.sentences import refusal, sentence
from balai.catalogue.schema import FieldSpec
from balai.kernel.errors import ValueRefused

Json = Any
# Nothing a person types is longer; a guard before any pattern runs.
LONGEST_INPUT = 20_000


@dataclass(frozen=True)
class FormContext:
    """The day in the government's zone, and where the areas to choose from come from."""

    today: date
    areas: Callable[[], AreaGroups] = field(default=government_areas)


class FieldKind:
    """One kind of question.

    Four forms of a value: what a person *types* (text), what the form *cleans* it to (a Python value),
    what is *stored* and travels through the API (JSON), and what is *shown*. Subclasses say only what
    differs from plain text.
    """

    code: ClassVar[str]
    # Whether answers of this kind tell who somebody is or how to reach them.
    personal: ClassVar[bool] = False
    # Optional keys of a field that mean something for this kind; any other is a fault.
    params: ClassVar[frozenset[str]] = frozenset()

    def form_field(self, spec: FieldSpec, context: FormContext) -> forms.Field:
        """The Django field that asks and cleans; its errors are Indonesian sentences."""
        return ParsedField(
            parse=lambda text: self.parse(text, spec, context),
            widget=self.widget(spec),
            **field_arguments(spec),
        )

    def parse(self, text: str, spec: FieldSpec, context: FormContext) -> Any:
        """What was typed, cleaned; raise ValueRefused."""
        raise NotImplementedError

    def widget(self, spec: FieldSpec) -> forms.Widget:
        """The control."""
        raise NotImplementedError

    def to_json(self, value: Any) -> Json:
        """A cleaned value as it is stored."""
        return value

    def from_json(self, stored: Json) -> Any:
        """A stored answer as the form cleaned it."""
        return stored

    def typed(self, stored: Json) -> str:
        """A stored answer as a person would type it again, for a form filled in beforehand."""
        return str(stored)

    def text_of(self, raw: Json, spec: FieldSpec) -> str:
        """An answer that came as JSON as text for the form; raise ValueRefused where the schema refuses."""
        json_check.require(self.json_schema(spec), raw)
        return self.typed(raw)

    def posted(self, name: str, stored: Json, spec: FieldSpec) -> dict[str, Any]:
        """A stored answer as a page would send it again, by the names of its controls."""
        return {name: self.typed(stored)}

    def read_json(
        self, name: str, raw: Json, spec: FieldSpec
    ) -> tuple[dict[str, Any], dict[str, ValueRefused]]:
        """An answer that came as JSON as a page would send it, and what is refused, both by names."""
        try:
            return {name: self.text_of(raw, spec)}, {}
        except ValueRefused as refused:
            return {}, {name: refused}

    def prefill(self, fact: str, spec: FieldSpec) -> Json | None:
        """A known fact as a stored answer, or None when it does not fit the question."""
        return fact or None

    def display(self, value: Json, spec: FieldSpec) -> str:
        """A stored answer as people read it."""
        return self.typed(value)

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """JSON Schema of a stored answer. Whatever it refuses, the form refuses too."""
        return {"type": "string"}

    def spec_faults(self, spec: FieldSpec) -> Iterator[tuple[str, str]]:
        """(key, English sentence) for what makes no sense in a field of this kind."""
        for key in OPTIONAL_KEYS:
            if key in spec.model_fields_set and key not in self.params:
                yield key, f'"{key}" means nothing for a field of kind "{self.code}".'

    def is_personal(self, spec: FieldSpec) -> bool:
        """Whether the answer is personal; the field may say otherwise than its kind."""
        return self.personal if spec.personal is None else spec.personal


OPTIONAL_KEYS = (
    *("choices", "choices_from", "min", "max", "width", "min_length", "max_length"),
    *("earliest", "latest", "placeholder", "matches"),
    *("row", "min_rows", "max_rows", "field"),
)


class ParsedField(forms.Field):
    """A text that a function of the kernel reads; what it refuses becomes a sentence beside the field."""

    def __init__(self, *, parse: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parse = parse

    def to_python(self, value: Any) -> Any:
        """The cleaned value, None when nothing was typed."""
        text = value if isinstance(value, str) else "" if value is None else str(value)
        if not text.strip():
            return None
        if len(text) > LONGEST_INPUT:
            raise ValidationError(sentence("text.long", longest=LONGEST_INPUT), code="text.long")
        try:
            return self.parse(text)
        except ValueRefused as refused:
            raise refusal(refused) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as typed; nothing here depends on it."""
        return str(initial or "") != str(data or "")


def field_arguments(spec: FieldSpec) -> dict[str, Any]:
    """What every Django field takes from its definition."""
    return {
        "label": spec.label,
        "help_text": spec.help or "",
        "required": spec.required,
        "error_messages": {"required": _("Isian ini belum diisi.")},
    }


def attributes(spec: FieldSpec, **more: Any) -> dict[str, Any]:
    """HTML attributes of a text control, without those that are empty."""
    given: Iterable[tuple[str, Any]] = {"placeholder": spec.placeholder, **more}.items()
    return {name: value for name, value in given if value is not None}

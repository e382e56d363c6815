"""How somebody can be reached."""

from __future__ import annotations

from typing import Any

from django import forms

from balai.catalogue.kinds.base import FieldKind, FormContext, Json, attributes
from balai.catalogue.schema import FieldSpec
from balai.kernel import email, phone
from balai.ui import widgets


class Phone(FieldKind):
    """A mobile number, stored as +62…"""

    code = "phone"
    personal = True
    params = frozenset({"placeholder"})

    def parse(self, text: str, spec: FieldSpec, context: FormContext) -> str:
        """E.164."""
        return phone.parse_phone(text)

    def widget(self, spec: FieldSpec) -> forms.Widget:
        """The telephone keyboard."""
        return widgets.PhoneInput(attributes(spec))

    def typed(self, stored: Json) -> str:
        """As read aloud."""
        return phone.format_phone(stored)

    def text_of(self, raw: Json, spec: FieldSpec) -> str:
        """Checked as JSON, then given to the form as it came: the form reads every usual way of writing."""
        super().text_of(raw, spec)
        return str(raw)

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """With +62 or a leading 0, digits only."""
        return {"type": "string", "maxLength": 16, "pattern": r"^(\+62|0)8[0-9]{8,11}$"}


class Email(FieldKind):
    """An e-mail address."""

    code = "email"
    personal = True
    params = frozenset({"placeholder"})

    def parse(self, text: str, spec: FieldSpec, context: FormContext) -> str:
        """In small letters."""
        return email.parse_email(text)

    def widget(self, spec: FieldSpec) -> forms.Widget:
        """The e-mail keyboard."""
        return widgets.EmailInput(attributes(spec, maxlength=email.LONGEST))

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """A string with an at sign; the form knows the rest."""
        return {"type": "string", "maxLength": email.LONGEST, "pattern": r"^[^@]+@[^@]+$"}

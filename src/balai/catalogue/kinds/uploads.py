"""Files. The kind gives the question only: the engine stores what is sent through `files`."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.catalogue.kinds.base import FieldKind, FormContext, Json, field_arguments
from balai.catalogue.schema import FieldSpec
from balai.ui import widgets


class Upload(FieldKind):
    """A file; its answer is the id of a stored upload and stands apart from the answers."""

    personal = True
    params = frozenset({"max"})
    control: ClassVar[type[widgets.FileInput]]

    def form_field(self, spec: FieldSpec, context: FormContext) -> forms.Field:
        """Empty and broken files are let through: `files` says what is wrong with them in better words."""
        arguments = field_arguments(spec)
        arguments["error_messages"] = {
            "required": _("Berkas ini belum dipilih."),
            "missing": _("Berkas ini belum dipilih."),
            "invalid": _("Berkas ini tidak sampai dengan utuh. Pilih dan kirim lagi."),
        }
        control = self.control()
        most = int(spec.max or 1)
        if most > 1:
            control.take_several()
        field = forms.FileField(widget=control, allow_empty_file=True, **arguments)
        field.most_files = most  # type: ignore[attr-defined]  # read by ui.fields
        return field

    def json_schema(self, spec: FieldSpec) -> dict[str, Any]:
        """The id of an upload stored before."""
        return {"type": "string", "format": "uuid", "maxLength": 36}

    def display(self, value: Json, spec: FieldSpec) -> str:
        """Shown by whoever shows files."""
        return spec.label


class Photo(Upload):
    """A photo taken with the phone."""

    code = "photo"
    control = widgets.PhotoInput


class Document(Upload):
    """A PDF or a photo of a paper."""

    code = "document"
    control = widgets.DocumentInput

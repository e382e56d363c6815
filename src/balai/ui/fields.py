"""What the field component and the error summary need to know about a bound Django field.

A form whose fields are answered in rows has `rows`: forms by the name of the field, each with `title`, `key`
and `word`; the field itself has `fewest`, `most` and `word`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.forms import BaseForm

# Names of the buttons that change rows; no field is called so. Their values are "heirs" and "heirs.2".
ADD_ROW, REMOVE_ROW = "tambah:baris", "hapus:baris"
# The same for files, where a question takes several: "heir_cards" and "heir_cards.<id of the upload>".
ADD_FILE, REMOVE_FILE = "tambah:berkas", "hapus:berkas"


@dataclass(frozen=True)
class Fault:
    """One line of the error summary; `target` is the id of the control, empty for the whole form."""

    target: str
    label: str
    sentence: str


def layout_of(bound: BoundField) -> str:
    """Which shape the component takes: hidden, check, group, rows, file or line."""
    if rows_of(bound) is not None:
        return "rows"
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "group" if widget.use_fieldset else "line"


def rows_of(bound: BoundField) -> Sequence[Any] | None:
    """The forms of the rows; None where the field is not answered in rows."""
    rows: Sequence[Any] | None = getattr(bound.form, "rows", {}).get(bound.name)
    return rows


def target_of(bound: BoundField) -> str:
    """The id that a link to this field should reach: its first control, of rows the whole."""
    if rows_of(bound) is not None:
        return str(bound.auto_id)
    return str(bound.id_for_label or f"{bound.auto_id}_0")


def faults(form: BaseForm) -> list[Fault]:
    """Every error of a form in the order of its fields, those of the whole form first."""
    found = [Fault("", "", str(error)) for error in form.non_field_errors()]
    for bound in form:
        found += [Fault(target_of(bound), str(bound.label), str(error)) for error in bound.errors]
        for row in rows_of(bound) or ():
            found += [
                Fault(target_of(inner), f"{inner.label} ({row.title})", str(error))
                for inner in row
                for error in inner.errors
            ]
    return found


def is_rest_kept(form: BaseForm) -> bool:
    """Whether the page still holds something that was filled in and is not at fault; never a password."""
    return any(_keeps(bound) for bound in form if not bound.errors)


def _keeps(bound: BoundField) -> bool:
    layout, widget = layout_of(bound), bound.field.widget
    if layout == "rows":
        return any(_keeps(inner) for row in rows_of(bound) or () for inner in row if not inner.errors)
    if layout == "file":  # no browser lets a page choose a file again; one that is stored is kept
        return bool(getattr(bound.field, "current", None))
    if layout == "hidden" or (isinstance(widget, forms.PasswordInput) and not widget.render_value):
        return False
    return bool(bound.value())


def field_context(bound: BoundField, **extra: Any) -> dict[str, Any]:
    """All names that `field.html` uses. `extra` may hold `known` (sentence: where a value came from),
    `current` (an upload already stored: name, size, url, is_image), `label`, `help`."""
    layout = layout_of(bound)
    errors = [str(error) for error in bound.errors]
    current = extra.get("current") or getattr(bound.field, "current", None)
    return {
        "bound": bound,
        "layout": layout,
        "label": extra.get("label") or bound.label,
        "help": extra.get("help") or bound.help_text,
        "errors": errors,
        "target": target_of(bound),
        "described_by": _described_by(bound, errors),
        "known": extra.get("known") or getattr(bound.field, "known", ""),
        "current": current,
        # A file that is there already need not be chosen again, which does not make it optional.
        "optional": not (bound.field.required or current) and layout not in ("hidden", "check"),
        "show_if": getattr(bound.field, "show_if", None),
        "asked_when": getattr(bound.field, "asked_when", ""),
        "prefix": getattr(bound.field.widget, "prefix", ""),
        **_files_context(bound),
        **_rows_context(bound),
    }


def _files_context(bound: BoundField) -> dict[str, Any]:
    """Of a field that takes several files (`field.most_files`): those that are stored, and if more may be."""
    attached = getattr(bound.field, "attached", ())
    most = getattr(bound.field, "most_files", 1)
    return {
        "attached": attached,
        "most_files": most,
        "may_attach": len(attached) < most,
        "add_file": ADD_FILE,
        "remove_file": REMOVE_FILE,
    }


def _described_by(bound: BoundField, errors: list[str]) -> str:
    names = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    return " ".join([*names, *([f"{bound.auto_id}_error"] if errors else [])])


def _rows_context(bound: BoundField) -> dict[str, Any]:
    rows = rows_of(bound)
    if rows is None:
        return {}
    field: Any = bound.field
    return {
        "rows": rows,
        "may_add": len(rows) < field.most,
        "may_remove": len(rows) > field.fewest,
        "most": field.most,
        "row_word": field.word,
        "add_name": ADD_ROW,
        "remove_name": REMOVE_ROW,
    }

"""What the field component and the error summary need to know about a bound Django field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.forms import BaseForm


@dataclass(frozen=True)
class Fault:
    """One line of the error summary; `target` is the id of the control, empty for the whole form."""

    target: str
    label: str
    sentence: str


def layout_of(bound: BoundField) -> str:
    """Which shape the component takes: hidden, check, group, file or line."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "group" if widget.use_fieldset else "line"


def target_of(bound: BoundField) -> str:
    """The id that a link to this field should reach: its first control."""
    return str(bound.id_for_label or f"{bound.auto_id}_0")


def faults(form: BaseForm) -> list[Fault]:
    """Every error of a form in the order of its fields, those of the whole form first."""
    found = [Fault("", "", str(error)) for error in form.non_field_errors()]
    for bound in form:
        found += [Fault(target_of(bound), str(bound.label), str(error)) for error in bound.errors]
    return found


def is_rest_kept(form: BaseForm) -> bool:
    """Whether the page still holds something that was filled in and is not at fault; never a password."""
    return any(_keeps(bound) for bound in form if not bound.errors)


def _keeps(bound: BoundField) -> bool:
    layout, widget = layout_of(bound), bound.field.widget
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
    }


def _described_by(bound: BoundField, errors: list[str]) -> str:
    names = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    return " ".join([*names, *([f"{bound.auto_id}_error"] if errors else [])])

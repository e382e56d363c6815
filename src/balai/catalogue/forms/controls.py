"""The Django fields of a list of questions, and how each says under which answers it is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django import forms
from django.utils.translation import gettext as _

from balai.catalogue import kinds
from balai.catalogue.kinds import FormContext
from balai.catalogue.schema import FieldSpec

Fields = dict[str, forms.Field]


def make_fields(
    specs: Iterable[FieldSpec],
    context: FormContext,
    *,
    names: Mapping[str, str],
    around: Mapping[str, forms.Field] = {},
    stored_uploads: Collection[str] = (),
) -> Fields:
    """One field for each question; `names` are those of the controls on the same page, by question.

    `around` are fields that stand elsewhere on the page, which a condition may also be about.
    """
    made: Fields = {}
    for spec in specs:
        field = kinds.kind(spec.kind).form_field(spec, context)
        if spec.id in stored_uploads:
            field.required = False
        field.show_if = _show_if(spec, names)  # type: ignore[attr-defined]  # read by ui.fields
        field.asked_when = _asked_when(spec, field, {**around, **made})  # type: ignore[attr-defined]  # as above
        made[spec.id] = field
    return made


def _show_if(spec: FieldSpec, names: Mapping[str, str]) -> dict[str, str] | None:
    """For the controller that hides a field while another says otherwise; only for plain equality here."""
    if len(spec.when) != 1 or spec.when[0].field not in names:
        return None
    condition = spec.when[0]
    operands = condition.is_any if condition.is_any is not None else (condition.is_,)
    if operands == (None,):
        return None
    value = "|".join(_as_posted(operand) for operand in operands)
    return {"field": names[condition.field], "value": value}


def _asked_when(spec: FieldSpec, field: forms.Field, earlier: Mapping[str, forms.Field]) -> str:
    """The condition in words, for a page on which no script hides what is not asked."""
    shown = getattr(field, "show_if", None)
    other = earlier.get(spec.when[0].field) if shown else None
    if not shown or other is None:
        return ""
    wanted = shown["value"].split("|")
    labels = [str(label) for value, label in getattr(other, "choices", ()) if str(value) in wanted]
    if not labels:
        return ""
    answers = _(" atau ").join(f"“{label}”" for label in labels)
    return _("Isi hanya jika “%(question)s” dijawab %(answers)s.") % {
        "question": other.label,
        "answers": answers,
    }


def _as_posted(operand: object) -> str:
    return {True: "yes", False: "no"}[operand] if isinstance(operand, bool) else str(operand)

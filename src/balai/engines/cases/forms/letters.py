"""What officers fill in about a letter that is out: to take it back, or to replace it by a better one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.catalogue import forms as catalogue_forms
from balai.catalogue.forms import AnswersForm
from balai.catalogue.kinds import FormContext
from balai.catalogue.schema import Page, ServiceDefinition
from balai.documents import revocation
from balai.engines.cases.models import Case, Replacement
from balai.engines.cases.queries import filed_on
from balai.engines.cases.queries.replacing import correctable
from balai.engines.cases.rules import checking
from balai.ui import widgets

LONGEST_NOTE = 300


class RevokeForm(forms.Form):
    """Taking a letter back: a reason of the list, which everybody who checks the letter reads."""

    code = forms.ChoiceField(
        label=_("Alasan pencabutan"),
        widget=widgets.Select,
        error_messages={"required": _("Pilih alasan pencabutan.")},
    )
    note = forms.CharField(
        label=_("Catatan untuk arsip"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("Tidak dibaca umum."),
        widget=widgets.TextInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", _("Pilih alasan")), *revocation.choices()]  # type: ignore[attr-defined]  # a ChoiceField


class ReplaceForm(forms.Form):
    """Replacing a letter: why, and which answers the operator may put right for it."""

    reason_code = forms.ChoiceField(
        label=_("Mengapa diganti?"),
        widget=widgets.Select,
        error_messages={"required": _("Pilih alasan penggantian.")},
    )
    fields_to_correct = forms.MultipleChoiceField(
        label=_("Isian yang keliru"),
        help_text=_("Hanya ini yang bisa dibetulkan petugas. Kosongkan bila isiannya benar."),
        required=False,
        widget=widgets.Checks,
    )
    note = forms.CharField(
        label=_("Catatan untuk petugas"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=widgets.TextInput,
    )

    def __init__(self, case: Case, service: ServiceDefinition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(spec.id, spec.label) for spec in correctable(service, case)]
        self.fields["reason_code"].choices = [("", _("Pilih alasan")), *revocation.choices()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["fields_to_correct"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


def correction_form(
    case: Case, service: ServiceDefinition, replacement: Replacement, data: Mapping[str, Any] | None = None
) -> AnswersForm:
    """The named answers, with those that are asked only because of them."""
    allowed = checking.repairable_fields(service, replacement.fields)
    specs = tuple(spec for spec in service.fields if spec.id in allowed)
    page = Page.model_construct(id="correct", title="", help=None, when=(), field=specs)
    return AnswersForm(
        service, (page,), context=FormContext(filed_on(case)), before=case.answers.clear, data=data
    )


def corrected_answers(case: Case, service: ServiceDefinition, form: AnswersForm) -> dict[str, Any]:
    """All answers of the case afterwards; raises FormErrors when they no longer fit together."""
    return catalogue_forms.clean_answers(service, form.answers_so_far, today=filed_on(case))

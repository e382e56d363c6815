"""The applicant's objection, the answer to it, and an application begun anew from old answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.catalogue import running
from balai.engines.cases import queries
from balai.engines.cases.enums import Review
from balai.engines.cases.forms.application import KIND, Application, keep
from balai.engines.cases.models import Case
from balai.kernel.uuid7 import uuid7
from balai.sync import queries as drafts
from balai.ui import widgets

if TYPE_CHECKING:
    from balai.people.models import Citizen


class ObjectionForm(forms.Form):
    """What the applicant holds against the rejection."""

    text = forms.CharField(
        label=_("Mengapa Anda keberatan?"),
        help_text=_("Tulis apa yang menurut Anda keliru, dan buktinya bila ada. 20 sampai 2.000 huruf."),
        min_length=20,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ReviewForm(forms.Form):
    """How the objection ends; the applicant reads both."""

    outcome = forms.ChoiceField(
        label=_("Hasil pemeriksaan"),
        choices=Review.choices,
        widget=widgets.Radios,
        error_messages={"required": _("Pilih hasil pemeriksaan.")},
    )
    answer = forms.CharField(
        label=_("Jawaban untuk pemohon"),
        help_text=_("Dibaca pemohon. Jelaskan apa yang Anda periksa dan mengapa hasilnya demikian."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def begin_again(citizen: Citizen, case: Case) -> Application | None:
    """A draft with the old answers, as far as the service still asks for them; None where one is kept.

    Files are not taken along. Raises NotFound when the town no longer offers the service.
    """
    service = running.current().by_id(case.service_id)
    if drafts.draft(citizen.as_subject(), KIND, service.id) is not None:
        return None
    old = queries.definition_of(case).field_by_id
    answers = {
        name: value
        for name, value in case.answers.clear.items()
        if name in service.field_by_id and service.field_by_id[name].kind == old[name].kind
    }
    application = Application(citizen, service, uuid7(), answers=answers)
    keep(application)
    return application

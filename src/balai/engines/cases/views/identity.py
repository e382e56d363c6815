"""The applicant's identity at the officer's desk: proving it at the counter, and opening a masked NIK."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from balai.engines.cases import actions, queries
from balai.engines.cases.forms import officer as forms
from balai.engines.cases.models import Case
from balai.engines.cases.rules import access
from balai.engines.cases.views.drawing import box_of, draw, note_reading
from balai.people import actions as people
from balai.people.enums import Purpose
from balai.people.errors import FactsDiffer
from balai.people.requests import OfficerRequest
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError

if TYPE_CHECKING:
    from balai.people.actions.counter import Side


@officers("people.prove")
@never_cache
def prove(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The applicant stands at the counter with her card; where a record disagrees, the officer settles it.

    The page shows what she stated in full, to be held against the card: that is a reading of its own.
    """
    case = queries.case_for_officer(request.officer, case_id)
    access.require(request.officer, "people.prove", case.office_code)
    what = _("Data diri di berkas %(number)s, untuk dicocokkan dengan kartu") % {"number": case.number}
    note_reading(request, case, what, Purpose.COUNTER_PROOF)
    known = forms.facts_of_answers(case, queries.definition_of(case))
    form = forms.ProofForm(known, request.POST if request.method == "POST" else None)
    settled = _settled(request)
    differences: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        try:
            actions.prove_applicant(by=request.officer, case=case, facts=form.facts(), settled=settled)
        except FactsDiffer:
            differences = _differences(request, case, form, settled)
        except CitizenError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("Identitas pemohon terbukti di loket."))
            return redirect(f"{case_url(case)}?kotak={box_of(request)}")
    context = {"case": case, "form": form, "differences": differences, "box": box_of(request)}
    is_faulty = bool(form.is_bound and (form.errors or differences))
    return render(request, "cases/prove.html", context, status=400 if is_faulty else 200)


def case_url(case: Case) -> str:
    """The officer's page of the case."""
    return f"/meja/berkas/{case.pk}/"


def _settled(request: OfficerRequest) -> dict[str, Side]:
    """What the officer has settled so far: for each fact, whether the record or the card holds."""
    sides: dict[str, Side] = {"record": "record", "seen": "seen"}
    return {
        name.removeprefix("settle:"): sides[str(value)]
        for name, value in request.POST.items()
        if name.startswith("settle:") and value in sides
    }


def _differences(
    request: OfficerRequest, case: Case, form: forms.ProofForm, settled: dict[str, Side]
) -> list[dict[str, Any]]:
    found = people.compare_with_record(by=request.officer, citizen=case.applicant, facts=form.facts())
    return [
        {
            "fact": each.fact,
            "label": each.label,
            "on_record": forms.fact_text(each.fact, each.on_record),
            "seen": forms.fact_text(each.fact, each.seen),
            "chosen": settled.get(each.fact, ""),
        }
        for each in found
    ]


@officers("people.reveal")
@never_cache
@require_POST
def reveal(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Show what is masked once, for a purpose from the list; the citizen reads what and why."""
    case = queries.case_for_officer(request.officer, case_id)
    form = forms.RevealForm(request.POST)
    if not form.is_valid():
        return draw(request, case, status=400, bound={"reveal_form": form})
    labels = forms.masked_labels(queries.definition_of(case), case.answers.clear)
    try:
        nik = actions.reveal(by=request.officer, case=case, purpose=form.cleaned_data["purpose"], also=labels)
    except CitizenError as error:
        return draw(request, case, refusal=error, bound={"reveal_form": form})
    return draw(request, case, revealed_nik=nik)

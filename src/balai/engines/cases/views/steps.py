"""The officer's pages of the other steps: opinions, visits, and products that are made elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from balai.catalogue.schema import Report, ServiceDefinition
from balai.engines.cases import actions, queries
from balai.engines.cases.errors import NotNow
from balai.engines.cases.forms import officer as forms
from balai.engines.cases.forms import report as reporting
from balai.engines.cases.forms.objecting import ReviewForm
from balai.engines.cases.models import Case, CaseStep
from balai.engines.cases.views.drawing import box_of, draw, note_reading
from balai.engines.cases.views.identity import case_url
from balai.files import queries as files
from balai.people.requests import OfficerRequest
from balai.region import queries as region
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError, NotFound

OPINIONS = {"attest": actions.attest, "recommend": actions.recommend}


@officers
@require_POST
def opinion(request: OfficerRequest, case_id: UUID, step_id: str) -> HttpResponse:
    """Attest or recommend; whoever decides reads it."""
    case = queries.case_for_officer(request.officer, case_id)
    step = _mine(request, case, step_id, *OPINIONS)
    form = reporting.OpinionForm(step, request.POST)
    if not form.is_valid():
        return draw(request, case, status=400, bound={f"form:{step_id}": form})
    given = actions.OpinionGiven(**form.cleaned_data)
    try:
        OPINIONS[step.act](by=request.officer, case=case, given=given, step_id=step_id)
    except CitizenError as error:
        return _refused(request, case_id, error, {f"form:{step_id}": form})
    messages.success(request, _("Pendapat Anda tersimpan. Pemutus membacanya."))
    if not queries.may_read(request.officer, case):  # she was asked, she has answered
        return redirect(f"/meja/?kotak={box_of(request)}")
    return _to(request, case)


@officers
@require_POST
def plan(request: OfficerRequest, case_id: UUID, step_id: str) -> HttpResponse:
    """Say when somebody comes."""
    case = queries.case_for_officer(request.officer, case_id)
    form = reporting.PlanForm(request.POST)
    if not form.is_valid():
        return draw(request, case, status=400, bound={f"form:{step_id}": form})
    try:
        actions.plan_visit(by=request.officer, case=case, planned_at=form.planned_at(), step_id=step_id)
    except CitizenError as error:
        return _refused(request, case_id, error, {f"form:{step_id}": form})
    messages.success(request, _("Rencana kunjungan tersimpan. Warga diberi tahu."))
    return _to(request, case)


@officers
@never_cache
def report(request: OfficerRequest, case_id: UUID, step_id: str) -> HttpResponse:
    """Fill in what was found, on the spot and with a phone."""
    case = queries.case_for_officer(request.officer, case_id)
    step = _mine(request, case, step_id, "visit")
    note_reading(request, case)
    service = queries.definition_of(case)
    asked = reporting.report_asked(service, [step])
    form, found = _taken(request, service, asked)
    if found is not None:
        try:
            actions.report_visit(by=request.officer, case=case, found=found, step_id=step_id)
        except CitizenError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("Hasil kunjungan tersimpan."))
            return _to(request, case)
    context = {
        "case": case,
        "step": step,
        "title": asked.title if asked else _("Hasil kunjungan"),
        "form": form,
        "kept": getattr(form, "kept", []),
        "box": box_of(request),
        "area": region.area_path(case.area_code),
    }
    return render(request, "cases/report.html", context, status=400 if form.errors else 200)


def _taken(
    request: OfficerRequest, service: ServiceDefinition, asked: Report | None
) -> tuple[Form, actions.Found | None]:
    """The form, and what it says once it is right; photos that were read are kept in any case."""
    if asked is None:
        note = reporting.NoteOnlyForm(request.POST if request.method == "POST" else None)
        return note, actions.Found(note=note.cleaned_data["note"]) if note.is_valid() else None
    if request.method != "POST":
        return reporting.report_form(service, asked), None
    kept, refused = reporting.store_photos(asked, request.FILES, request.officer)
    kept = {**_sent_before(request, asked), **kept}
    form = reporting.report_form(service, asked, request.POST, request.FILES, stored=list(kept))
    is_valid = form.is_valid()
    for name, sentence in refused.items():
        if sentence not in form.errors.get(name, []):
            form.add_error(name, sentence)
            is_valid = False
    reporting.show_kept(form, kept)
    return form, reporting.found_of(form.answers, kept) if is_valid else None


def _sent_before(request: OfficerRequest, asked: Report) -> dict[str, list[str]]:
    """This officer's photos that were kept when another question did not pass."""
    sent = {spec.id: request.POST.getlist(f"kept:{spec.id}") for spec in asked.fields}
    ids = [each for found in sent.values() for each in found if _is_uuid(each)]
    rows = files.uploads(ids) if ids else {}
    own = {str(row.pk) for row in rows.values() if row.stored_by_id == str(request.officer.pk)}
    kept = {name: [each for each in found if each in own] for name, found in sent.items()}
    return {name: found for name, found in kept.items() if found}


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@officers
@require_POST
def make(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The card or certificate is made and on its shelf."""
    case = queries.case_for_officer(request.officer, case_id)
    form = forms.ShelfForm(request.POST)
    if not form.is_valid():
        return draw(request, case, status=400, bound={"shelf_form": form})
    try:
        shelf_number = form.cleaned_data["shelf_number"]
        actions.make_product(by=request.officer, case=case, shelf_number=shelf_number)
    except CitizenError as error:
        return _refused(request, case_id, error, {"shelf_form": form})
    messages.success(request, _("Siap diambil. Warga sudah diberi tahu."))
    return _to(request, case)


@officers("cases.review")
@require_POST
def review(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Answer an objection: the rejection stands, or the case is opened again."""
    case = queries.case_for_officer(request.officer, case_id)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return draw(request, case, status=400, bound={"review_form": form})
    answer = actions.Answer(form.cleaned_data["outcome"], form.cleaned_data["answer"])
    try:
        actions.review_objection(by=request.officer, case=case, answer=answer)
    except CitizenError as error:
        return _refused(request, case_id, error, {"review_form": form})
    messages.success(request, _("Jawaban tersimpan. Pemohon diberi tahu."))
    return _to(request, case)


def _mine(request: OfficerRequest, case: Case, step_id: str, *acts: str) -> CaseStep:
    """The open step that this officer may do; NotNow when a colleague was faster, or it is none of hers.

    NotFound for a step of another act, which has no such page.
    """
    for step in queries.desk(case, request.officer).mine:
        if step.step_id == step_id:
            if step.act not in acts:
                raise NotFound(step_id)
            return step
    raise NotNow(state=case.state_label)


def _refused(
    request: OfficerRequest, case_id: UUID, error: CitizenError, bound: dict[str, Any]
) -> HttpResponse:
    return draw(request, queries.case_for_officer(request.officer, case_id), refusal=error, bound=bound)


def _to(request: OfficerRequest, case: Case) -> HttpResponse:
    return redirect(f"{case_url(case)}?kotak={box_of(request)}")

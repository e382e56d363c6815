"""A letter that is out proves wrong: it is revoked, or replaced by a better one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from balai.catalogue.forms import FormErrors, with_row_changed
from balai.engines.cases import actions, queries
from balai.engines.cases.errors import NothingToCorrect
from balai.engines.cases.forms import letters as forms
from balai.engines.cases.models import Case
from balai.engines.cases.queries.replacing import open_replacement
from balai.engines.cases.rules import access
from balai.engines.cases.views.drawing import box_of, draw, note_reading
from balai.engines.cases.views.identity import case_url
from balai.people.requests import OfficerRequest
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError


@officers("documents.revoke")
@require_POST
def revoke(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Take the letter back, with a reason of the list."""
    case = queries.case_for_officer(request.officer, case_id)
    form = forms.RevokeForm(request.POST)
    if not form.is_valid():
        return draw(request, case, status=400, bound={"revoke_form": form})
    try:
        actions.revoke_letter(by=request.officer, case=case, **form.cleaned_data)
    except CitizenError as error:
        fresh = queries.case_for_officer(request.officer, case_id)
        return draw(request, fresh, refusal=error, bound={"revoke_form": form})
    messages.success(request, _("Surat dicabut. Siapa pun yang memeriksanya sekarang melihatnya dicabut."))
    return _to(request, case)


@officers("documents.revoke")
@never_cache
def replace(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Order a better letter from the same application."""
    case = queries.case_for_officer(request.officer, case_id)
    access.require(request.officer, "documents.revoke", case.office_code)
    service = queries.definition_of(case)
    form = forms.ReplaceForm(case, service, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.replace_letter(
                by=request.officer,
                case=case,
                reason_code=form.cleaned_data["reason_code"],
                fields=form.cleaned_data["fields_to_correct"],
                note=form.cleaned_data["note"],
            )
        except CitizenError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(
                request, _("Penggantian dimulai. Petugas memeriksa, lalu surat ditandatangani lagi.")
            )
            return _to(request, case)
    context = {"case": case, "form": form, "box": box_of(request)}
    return render(request, "cases/replace.html", context, status=400 if form.errors else 200)


@officers("documents.revoke")
@require_POST
def call_off(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Let the old letter stay after all."""
    case = queries.case_for_officer(request.officer, case_id)
    try:
        actions.call_off_replacement(by=request.officer, case=case)
    except CitizenError as error:
        return draw(request, queries.case_for_officer(request.officer, case_id), refusal=error)
    messages.success(request, _("Penggantian dibatalkan. Surat lama tetap berlaku."))
    return _to(request, case)


@officers("cases.check")
@never_cache
def correct(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Put the named answers right, before the letter is made anew."""
    case = queries.case_for_officer(request.officer, case_id)
    access.require(request.officer, access.CHECK, case.office_code)
    replacement = open_replacement(case)
    if replacement is None or not replacement.fields:
        raise NothingToCorrect()
    note_reading(request, case)
    service = queries.definition_of(case)
    data = request.POST if request.method == "POST" else None
    form = forms.correction_form(case, service, replacement, data)
    changed = with_row_changed(form.pages[0], request.POST)
    if changed is not None:
        form = forms.correction_form(case, service, replacement, changed[0])
        form.show_unchecked()
    elif form.is_bound and form.is_valid():
        try:
            answers = forms.corrected_answers(case, service, form)
            actions.correct_answers(by=request.officer, case=case, answers=answers)
        except FormErrors as refused:
            for name, faults in refused.errors.items():
                form.say(name, faults[0].sentence)
        except CitizenError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("Isian dibetulkan. Bila sudah benar semua, teruskan berkasnya."))
            return _to(request, case)
    context = {"case": case, "form": form, "box": box_of(request), "replacement": replacement}
    return render(request, "cases/correct.html", context, status=400 if form.errors else 200)


def _to(request: OfficerRequest, case: Case) -> HttpResponse:
    return redirect(f"{case_url(case)}?kotak={box_of(request)}")

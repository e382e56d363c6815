"""Where an officer is alerted while on duty: typed, proven by a code, taken out again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from balai.catalogue.kinds.sentences import refusal
from balai.desk.duty_forms import AlertCodeForm, AlertContactForm
from balai.kernel.errors import ValueRefused
from balai.people import actions, queries
from balai.people.requests import OfficerRequest
from balai.runtime import clock
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError


@officers
@never_cache
@sensitive_post_parameters("contact", "code")
def alert_contact(request: OfficerRequest) -> HttpResponse:
    """The contact that counts, a field for another, and one for the code that is on its way."""
    form = AlertContactForm(request.POST if "contact" in request.POST else None)
    code_form = AlertCodeForm(request.POST if "code" in request.POST else None)
    status = 200
    if form.is_bound:
        status = _ask(request, form) if form.is_valid() else 400
        if status == 200:
            messages.success(request, _("Kode dikirim. Ketik kodenya di bawah."))
            return redirect("desk:alert_contact")
    elif code_form.is_bound:
        status = _confirm(request, code_form) if code_form.is_valid() else 400
        if status == 200:
            messages.success(request, _("Kontak siaga Anda sudah terbukti."))
            return redirect("desk:alert_contact")
    kept = queries.alert_contact(request.officer)
    waits = kept is not None and kept.code_expires_at is not None and kept.code_expires_at > clock.now()
    context = {
        "form": form,
        "code_form": code_form,
        "wrong": form if form.errors else code_form if code_form.errors else None,
        "contact": kept.contact if kept else None,
        "awaited": kept.new_contact if kept and waits else None,
    }
    return render(request, "desk/alert_contact.html", context, status=status)


def _ask(request: OfficerRequest, form: AlertContactForm) -> int:
    try:
        actions.request_alert_contact(by=request.officer, contact=form.cleaned_data["contact"])
    except ValueRefused as refused:
        form.add_error("contact", refusal(refused))
        return 400
    except CitizenError as error:
        form.add_error("contact", error.sentence)
        return error.status
    return 200


def _confirm(request: OfficerRequest, form: AlertCodeForm) -> int:
    try:
        actions.confirm_alert_contact(by=request.officer, code=form.cleaned_data["code"])
    except CitizenError as error:
        form.add_error("code", error.sentence)
        return error.status
    return 200


@officers
@require_POST
def remove_alert_contact(request: OfficerRequest) -> HttpResponse:
    """She is alerted nowhere any more."""
    actions.remove_alert_contact(by=request.officer)
    messages.success(request, _("Kontak siaga dihapus."))
    return redirect("desk:alert_contact")

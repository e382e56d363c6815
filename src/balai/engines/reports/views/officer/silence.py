"""The doors through which no report came for days, and that somebody looked at them."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from balai.engines.reports import actions
from balai.engines.reports.forms.officer import CheckedForm
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries import silence as queries
from balai.engines.reports.rules import access
from balai.engines.reports.views.officer.boxes import boxes
from balai.people.requests import OfficerRequest
from balai.runtime import clock
from balai.runtime.audience import officers


@require_http_methods(["GET", "HEAD", "POST"])
@officers(access.TRIAGE)
def silence(request: OfficerRequest) -> HttpResponse:
    """When the last report came through each door; the reception says what it found."""
    form = CheckedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.note_silence_checked(by=request.officer, note=form.cleaned_data["note"])
        messages.success(request, _("Dicatat. Anda diberi tahu lagi bila laporan berhenti lagi."))
        return redirect("/meja/")
    most = definitions.current().here.silence_days
    last, _before = queries.last_of_own_doors()
    gone = clock.now() - last.filed_at if last else timedelta()
    context = {
        "form": form,
        "doors": queries.doors(),
        "days": gone.days,
        "most": most,
        "is_silent": gone >= timedelta(days=most),
        "boxes": boxes(request.officer, "silence"),
    }
    return render(request, "reports/officer/silence.html", context, status=422 if form.errors else 200)

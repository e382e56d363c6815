"""The officer's pages: disruptions that are said in public, and searches that found nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.catalogue import actions, queries, running
from balai.catalogue.disruption_form import DisruptionForm
from balai.catalogue.models import Disruption
from balai.catalogue.permissions import ANNOUNCE, READ_SEARCHES
from balai.catalogue.sought import SHOWN_FROM
from balai.people.requests import OfficerRequest
from balai.runtime import clock
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError


@officers(ANNOUNCE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def disruptions(request: OfficerRequest) -> HttpResponse:
    """The list, and the form that adds to it."""
    form = DisruptionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.announce(
                by=request.officer,
                text=form.cleaned_data["text"],
                service_ids=form.cleaned_data["services"],
                starts_at=form.starts_at,
                ends_at=form.ends_at,
            )
        except CitizenError as error:
            form.add_error("ends_on", error.sentence)
        else:
            messages.success(request, _("Pengumuman tersimpan dan terlihat selama waktunya."))
            return redirect("catalogue:disruptions")
    rows = [_row(each) for each in queries.past_and_coming()]
    context = {
        "form": form,
        "standing": [row for row in rows if row["is_standing"]],
        "over": [row for row in rows if not row["is_standing"]],
    }
    return render(request, "catalogue/disruptions.html", context, status=422 if form.errors else 200)


@officers(ANNOUNCE)
@require_POST
def call_off(request: OfficerRequest, disruption_id: UUID) -> HttpResponse:
    """Take one back."""
    try:
        actions.call_off(by=request.officer, disruption_id=disruption_id)
    except CitizenError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Pengumuman dicabut."))
    return redirect("catalogue:disruptions")


@officers(READ_SEARCHES)
@never_cache
@require_safe
def searches(request: OfficerRequest) -> HttpResponse:
    """What people sought in vain: which service, or which word of a service, is missing."""
    context = {"rows": queries.sought_in_vain(), "shown_from": SHOWN_FROM}
    return render(request, "catalogue/searches.html", context)


def _row(each: Disruption) -> dict[str, Any]:
    now = clock.now()
    titles = {known.id: known.title for known in running.current().listed}
    is_standing = each.called_off_at is None and each.ends_at > now
    state, tone = _("Terlihat sekarang"), "attention"
    if not is_standing:
        state, tone = (_("Dicabut"), "") if each.called_off_at else (_("Selesai"), "")
    elif each.starts_at > now:
        state, tone = _("Belum mulai"), "waiting"
    return {
        "id": each.pk,
        "text": each.text,
        "services": [titles.get(service_id, service_id) for service_id in each.service_ids],
        "starts_at": each.starts_at,
        "ends_at": each.called_off_at or each.ends_at,
        "written_by": each.written_by,
        "state": state,
        "tone": tone,
        "is_standing": is_standing,
    }

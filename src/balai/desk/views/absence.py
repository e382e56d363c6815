"""The officer is away: recording it, coming back, and handing over what she holds."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from balai.desk.absence_forms import AbsenceForm, HandOverForm
from balai.people import actions as people
from balai.people import queries
from balai.people.enums import AbsenceReason
from balai.people.requests import OfficerRequest
from balai.people.today import local_today
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError, NotFound
from balai.work import actions as work


@officers
def absence(request: OfficerRequest) -> HttpResponse:
    """Record the days; what she holds goes to the stand-in when they begin."""
    colleagues = queries.colleagues_of(request.officer, local_today())
    data = request.POST if request.method == "POST" else None
    form, status = AbsenceForm(data, colleagues=colleagues), 200
    if form.is_bound:
        status = _record(request, form) if form.is_valid() else 400
        if status == 200:
            messages.success(request, _("Tercatat. Selama itu wewenang Anda beristirahat."))
            return redirect("desk:account")
    return render(request, "desk/absence.html", {"form": form}, status=status)


def _record(request: OfficerRequest, form: AbsenceForm) -> int:
    """200 when it is recorded, else the status of the page that comes back with the reason."""
    given = form.cleaned_data
    try:
        people.record_absence(
            by=request.officer.as_actor(),
            officer=request.officer,
            from_on=given["from_on"],
            to_on=given["to_on"],
            reason=AbsenceReason(given["reason"]),
            stand_in=given["stand_in"],
            basis=given["basis"],
        )
    except CitizenError as error:
        form.add_error("basis" if error.code == "people.basis_missing" else None, error.sentence)
        return error.status
    return 200


@officers
@require_POST
def back(request: OfficerRequest, absence_id: UUID) -> HttpResponse:
    """She is back from today, or does not go at all."""
    found = queries.absence_of(request.officer, absence_id)
    if found is None:
        raise NotFound(absence_id)
    people.end_absence(by=request.officer.as_actor(), absence=found)
    messages.success(request, _("Tercatat. Wewenang Anda berlaku lagi."))
    return redirect("desk:account")


@officers
@require_POST
def hand_over(request: OfficerRequest) -> HttpResponse:
    """Everything that she holds goes to one colleague, or to whoever is free."""
    colleagues = queries.colleagues_of(request.officer, local_today())
    form = HandOverForm(request.POST, colleagues=colleagues)
    if not form.is_valid():
        messages.error(request, _("Pilih rekan dari daftar."))
        return redirect("desk:account")
    moved = work.hand_over(by=request.officer, of=request.officer, to=form.cleaned_data["to"])
    said = ngettext("%(n)s tugas diserahkan.", "%(n)s tugas diserahkan.", moved)
    messages.success(request, said % {"n": moved} if moved else _("Tidak ada tugas di tangan Anda."))
    return redirect("desk:account")

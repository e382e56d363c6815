"""Entering a report that came by another door than the citizens' page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai.engines.reports import actions
from balai.engines.reports.actions.filing import STAGED_LABEL, Receipt
from balai.engines.reports.enums import Channel
from balai.engines.reports.forms import attachments
from balai.engines.reports.forms.attachments import Sent
from balai.engines.reports.forms.entering import EnterForm
from balai.engines.reports.queries import definitions, finding
from balai.engines.reports.queries.alike import Alike, alike
from balai.engines.reports.rules import access
from balai.engines.reports.views.officer.boxes import boxes
from balai.kernel.references import Subject
from balai.people.requests import OfficerRequest
from balai.runtime import clock
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError

ENTERED = "reports.entered"


@require_http_methods(["GET", "HEAD", "POST"])
@officers(access.ENTER)
@never_cache
def enter(request: OfficerRequest) -> HttpResponse:
    """The form; once it is kept, number and PIN to be read out, and the form for the next."""
    if request.method != "POST":
        return _draw(request, EnterForm(), receipt=request.session.pop(ENTERED, None))
    form = EnterForm(request.POST)
    is_valid = form.is_valid()
    staged = Subject(STAGED_LABEL, str(form.cleaned_data.get("id") or ""))
    sent = attachments.take(request, request.officer, "document", owner=staged) if staged.id else Sent()
    for sentence in sent.refused:
        form.add_error("attached", sentence)
    if not is_valid or sent.refused:
        return _draw(request, form, sent=sent)
    found = _alike(form) if not request.POST.keys() & {"ikut", "baru"} else []
    if found:
        return _draw(request, form, sent=sent, found=found)
    try:
        receipt = _join(request, form, sent) if request.POST.get("ikut") else _file(request, form, sent)
    except CitizenError as error:
        form.add_error(None, error.sentence)
        return _draw(request, form, sent=sent)
    report = receipt.report
    request.session[ENTERED] = {
        "number": receipt.number,
        "pin": receipt.pin,
        "url": f"/meja/laporan/{report.pk}/" if access.may_see(request.officer, report) else "",
    }
    return redirect("/meja/laporan/catat/")


def _file(request: OfficerRequest, form: EnterForm, sent: Sent) -> Receipt:
    return actions.file(
        by=request.officer.as_actor(),
        filing=form.filing(sent.ids),
        channel=Channel(form.cleaned_data["channel"]),
        id=form.report_id,
        filed_at=form.received_at,
        channel_note=form.cleaned_data["source"],
    )


def _alike(form: EnterForm) -> list[Alike]:
    """What may be the same, shown once before another report is kept; a secret one is never compared."""
    values = form.cleaned_data
    category = definitions.current().category(values["category"])
    if values["secret"]:
        return []
    point = form.place
    return alike(
        category,
        values["text"],
        at=form.received_at or clock.now(),
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        area_code=values["area"],
    )


def _join(request: OfficerRequest, form: EnterForm, sent: Sent) -> Receipt:
    """She reports what is known already: one voice more, with a PIN of her own."""
    report = finding.report_to_join(request.POST["ikut"])
    by, note = request.officer.as_actor(), form.cleaned_data["text"]
    staged = Subject(STAGED_LABEL, str(form.report_id))
    return actions.join(by=by, report=report, who=form.who, note=note, uploads=sent.ids, owner=staged)


def _draw(
    request: OfficerRequest,
    form: EnterForm,
    *,
    sent: Sent | None = None,
    found: Sequence[Alike] = (),
    receipt: dict[str, str] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "sent": sent or Sent(),
        "receipt": receipt,
        "alike": found,
        "boxes": boxes(request.officer, "enter"),
    }
    return render(request, "reports/officer/enter.html", context, status=422 if form.errors else 200)

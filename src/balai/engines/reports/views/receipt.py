"""The slip: number, PIN and what comes next, for the browser that has just sent or joined a report."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from balai.engines.reports.actions import Receipt
from balai.engines.reports.enums import ClockName
from balai.engines.reports.models import Report, Voice
from balai.engines.reports.queries import definitions, finding, promises
from balai.engines.reports.rules import numbers
from balai.people.requests import VisitorRequest
from balai.people.today import local_today
from balai.runtime.audience import everyone
from balai.work import queries as work

SENT = "reports.sent"
MOST_KEPT = 20


def keep(request: VisitorRequest, receipt: Receipt) -> None:
    """Let this browser see the slip until it is closed."""
    _keep(request, finding.voice_by_pin(receipt.number, receipt.pin))


def keep_first(request: VisitorRequest, report: Report) -> None:
    """The same, after the answer to the sending was lost."""
    _keep(request, finding.first_voice(report))


def _keep(request: VisitorRequest, voice: Voice) -> None:
    kept = {**request.session.get(SENT, {}), voice.report.number: str(voice.pk)}
    request.session[SENT] = dict(list(kept.items())[-MOST_KEPT:])
    if request.account is None:
        request.session.set_expiry(0)


@everyone
@never_cache
def sent(request: VisitorRequest, number: str) -> HttpResponse:
    """Number, PIN, QR, and what happens next; to another browser it is the page for number and PIN."""
    voice_id = request.session.get(SENT, {}).get(number)
    voice = finding.voice_by_id(UUID(voice_id)) if voice_id else None
    if voice is None:
        return redirect(f"/lacak/?nomor={number}")
    report = voice.report
    category = definitions.current().any_category(report.category)
    checked = work.clock_of(report.as_subject(), ClockName.ACKNOWLEDGE)
    context = {
        "voice": voice,
        "report": report,
        "pin": numbers.pin_of(voice.pk),
        "track_url": f"{settings.BALAI.public_url}/lacak/?nomor={report.number}",
        "category": category,
        "promises": promises.promises_on(local_today(), category) if category else [],
        "checked_by": checked.due_at if checked and checked.stopped_at is None else None,
        "own_url": f"/saya/laporan/{report.number}/"
        if voice.citizen_id
        else f"/lacak/laporan/{report.number}/",
    }
    return render(request, "reports/sent.html", context)

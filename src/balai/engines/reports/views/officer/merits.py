"""Rewards and sanctions of a month, as a draft for whoever signs; nothing is published from here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from balai.engines.reports import actions
from balai.engines.reports.enums import ClockName, Merit
from balai.engines.reports.forms import league as drawing
from balai.engines.reports.forms import merits as forms
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries import league as periods
from balai.engines.reports.queries import merits as queries
from balai.engines.reports.rules import access
from balai.engines.reports.views.officer.boxes import boxes
from balai.kernel.csv_lines import csv_lines
from balai.kernel.dates import add_months
from balai.people.requests import OfficerRequest
from balai.people.today import local_today
from balai.region import queries as region
from balai.runtime.audience import officers
from balai.runtime.errors import NotFound

PATH = "/meja/laporan/penilaian/"


@require_safe
@officers(access.LEAGUE)
def merits(request: OfficerRequest) -> HttpResponse:
    """The draft of one month; the last whole month unless another is asked for."""
    period = _period(request)
    months = drawing.choices(periods.periods(), period, local_today())
    context = {
        **_base(request, period),
        "choices": [each for each in months if "-" in each["value"]],
        "parts": forms.drawn(queries.parts(period, _names()), period),
        "is_running": period.first_on >= local_today().replace(day=1),
    }
    return render(request, "reports/officer/merits.html", context)


@require_safe
@officers(access.LEAGUE)
def merits_csv(request: OfficerRequest) -> HttpResponse:
    """The same for a spreadsheet, with every office."""
    period = _period(request)
    actions.note_register_taken(
        by=request.officer, form="merits.csv", asked={"masa": drawing.code_of(period)}
    )
    lines = csv_lines(forms.heads(), forms.cells(queries.parts(period, _names())))
    return _file("".join(lines), "text/csv; charset=utf-8", f"{_name(period)}.csv")


@require_safe
@officers(access.LEAGUE)
def merits_pdf(request: OfficerRequest) -> HttpResponse:
    """The paper that is laid before whoever signs: without number, date and signature."""
    period = _period(request)
    office = region.office(definitions.current().here.reception)
    if office is None:
        raise NotFound("reception")
    actions.note_register_taken(
        by=request.officer, form="merits.pdf", asked={"masa": drawing.code_of(period)}
    )
    address = f"{settings.BALAI.public_url}{PATH}?masa={drawing.code_of(period)}"
    pdf = forms.paper(queries.parts(period, _names()), period, office, address)
    return _file(pdf, "application/pdf", f"{_name(period)}.pdf")


@require_safe
@officers(access.LEAGUE)
def behind(request: OfficerRequest) -> HttpResponse:
    """The reports behind one number."""
    period = _period(request)
    office, clock = request.GET.get("kantor", ""), request.GET.get("janji", "")
    merit = request.GET.get("nilai", "")
    if clock not in ClockName.values or merit not in ("", *Merit.values):
        raise NotFound(clock)
    found = queries.behind(period, office, clock, merit)
    opens = [access.may_see(request.officer, each.report) for each in found]
    context = {
        **_base(request, period),
        "office": _names().get(office, office),
        "promise": drawing.TITLES[ClockName(clock)],
        "merit": Merit(merit).label if merit else "",
        "rows": forms.promise_rows(found, opens),
        "is_cut": len(found) == queries.MOST_BEHIND,
        "most": queries.MOST_BEHIND,
    }
    return render(request, "reports/officer/merits_behind.html", context)


def _period(request: OfficerRequest) -> periods.Period:
    asked, last = request.GET.get("masa", ""), add_months(local_today().replace(day=1), -1)
    period = drawing.period_of(asked or f"{last:%Y-%m}", last)
    if period is None or not period.month:
        raise NotFound(asked)
    return period


def _base(request: OfficerRequest, period: periods.Period) -> dict[str, Any]:
    return {
        "boxes": boxes(request.officer, "merits"),
        "period": drawing.words_of(period),
        "code": drawing.code_of(period),
    }


def _names() -> dict[str, str]:
    return {office.code: office.name for office in region.offices()}


def _name(period: periods.Period) -> str:
    return f"rancangan-penilaian-{drawing.code_of(period)}"


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

"""How well each office keeps its promises, for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from balai.engines.reports.forms import league as drawing
from balai.engines.reports.queries import league as queries
from balai.kernel.csv_lines import csv_lines
from balai.people.today import local_today
from balai.region import queries as region
from balai.runtime.audience import everyone
from balai.runtime.errors import NotFound


@everyone
@require_safe
def league(request: HttpRequest) -> HttpResponse:
    """One month or year (`?masa=2026-11`, `?masa=2026`), this month without."""
    period = _period(request)
    today = local_today()
    context = {
        "period": drawing.words_of(period),
        "code": drawing.code_of(period),
        "choices": drawing.choices(queries.periods(), period, today),
        "sections": drawing.sections(queries.leagues(period, _names())),
        "is_running": period.first_on <= today.replace(day=1) <= period.last_month_on,
    }
    return _kept(render(request, "reports/league.html", context))


@everyone
@require_safe
def league_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV, with the shares and intervals in full."""
    period = _period(request)
    found = queries.leagues(period, _names())
    answer = HttpResponse(
        "".join(csv_lines(drawing.heads(), drawing.cells(found))), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="kinerja-{drawing.code_of(period)}.csv"'
    return _kept(answer)


def _period(request: HttpRequest) -> queries.Period:
    asked = request.GET.get("masa", "")
    period = drawing.period_of(asked, local_today())
    if period is None:
        raise NotFound(asked)
    return period


def _names() -> dict[str, str]:
    return {office.code: office.name for office in region.offices()}


def _kept(answer: HttpResponse) -> HttpResponse:
    """The figures are renewed every five minutes; the shell shows who is signed in."""
    answer["Cache-Control"] = "private, no-cache"
    return answer

"""The register of an office on a page, and as CSV."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from balai.engines.cases import queries
from balai.engines.cases.enums import CaseState
from balai.engines.cases.exports import register_csv
from balai.engines.cases.forms.register import RegisterForm
from balai.engines.cases.forms.story import TONES, office_label
from balai.people.requests import OfficerRequest
from balai.runtime.audience import officers

PAGE = 50


@officers
def register(request: OfficerRequest) -> HttpResponse:
    """Cases of an office by day of filing, fifty a page."""
    offices = queries.register_offices(request.officer)
    if not offices:
        return render(request, "cases/register.html", {"form": None})
    form = RegisterForm(offices, request.GET)
    context: dict[str, Any] = {"form": form, "page": None, "rows": [], "csv_url": ""}
    if form.is_valid():
        page = Paginator(_found(request, form), PAGE).get_page(request.GET.get("halaman"))
        asked = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
        context |= {
            "page": page,
            "rows": [_shown(row) for row in page],
            "csv_url": f"csv/?{urlencode(asked)}",
            "previous_url": _page_url(asked, page.previous_page_number()) if page.has_previous() else "",
            "next_url": _page_url(asked, page.next_page_number()) if page.has_next() else "",
        }
    return render(request, "cases/register.html", context, status=400 if form.errors else 200)


@officers
def register_file(request: OfficerRequest) -> HttpResponseBase:
    """The same as CSV, streamed; wrong days lead back to the page that says what is wrong."""
    form = RegisterForm(queries.register_offices(request.officer), request.GET)
    if not form.is_valid():
        return register(request)
    since, until = form.span
    rows = queries.register_rows(
        request.officer, office_code=form.cleaned_data["office"], since=since, until=until
    )
    response = StreamingHttpResponse(register_csv(rows), content_type="text/csv; charset=utf-8")
    name = f"buku-{form.cleaned_data['office']}-{form.cleaned_data['first']:%Y%m%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _found(request: OfficerRequest, form: RegisterForm) -> Any:
    since, until = form.span
    return queries.register(
        request.officer, office_code=form.cleaned_data["office"], since=since, until=until
    )


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    state = CaseState(row["state"])
    return {**row, "state_label": office_label(state), "tone": TONES[state]}


def _page_url(asked: dict[str, str], number: int) -> str:
    return f"?{urlencode({**asked, 'halaman': number})}"

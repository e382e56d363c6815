"""The register of reports: filtered, exported, and many answered or handed on at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from balai.engines.reports import actions, exports
from balai.engines.reports.actions.handling import MOST_TOGETHER
from balai.engines.reports.forms import story
from balai.engines.reports.forms.register import FilterForm, SeveralForm
from balai.engines.reports.models import Report
from balai.engines.reports.queries import register as queries
from balai.engines.reports.rules import access
from balai.engines.reports.views.officer.boxes import boxes
from balai.kernel.csv_lines import csv_lines
from balai.people.requests import OfficerRequest
from balai.people.today import local_today
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError, NotFound

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@officers
def register(request: OfficerRequest) -> HttpResponse:
    """One page of the register."""
    return _draw(request, _asked(request))


@require_safe
@officers
def register_csv(request: OfficerRequest) -> HttpResponseBase:
    """What was asked as CSV, streamed; a wrong question leads back to the page."""
    form = _asked(request)
    if not form.is_valid():
        return _draw(request, form)
    actions.note_register_taken(by=request.officer, form="csv", asked=_query(form))
    rows = queries.rows_of(request.officer, form.asked)
    answer = StreamingHttpResponse(
        csv_lines(exports.heads(), exports.as_text(rows)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{_file_name()}.csv"'
    return answer


@require_safe
@officers
def register_xlsx(request: OfficerRequest) -> HttpResponseBase:
    """The same as an Excel file."""
    form = _asked(request)
    if not form.is_valid():
        return _draw(request, form)
    actions.note_register_taken(by=request.officer, form="xlsx", asked=_query(form))
    rows = queries.rows_of(request.officer, form.asked)
    answer = HttpResponse(exports.as_workbook(rows, _("Daftar laporan warga")), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{_file_name()}.xlsx"'
    return answer


@officers
@require_POST
def several(request: OfficerRequest) -> HttpResponse:
    """One answer, or one office, for every report that is ticked: all or none."""
    ids = [key for text in request.POST.getlist("laporan")[:MOST_TOGETHER] if (key := _uuid(text))]
    form = SeveralForm(request.POST, frozenset(ids))
    reports = queries.those(request.officer, ids)
    if form.is_valid():
        sentence = _missing(request, form, reports)
        if not sentence:
            try:
                said = _do(request, form, reports)
            except CitizenError as error:
                sentence = f"{error.sentence} {_('Tidak ada laporan yang berubah.')}"
            else:
                messages.success(request, said)
                return redirect(f"/meja/laporan/?{request.GET.urlencode()}")
        form.add_error(None, sentence)
    return _draw(request, _asked(request), several=form)


def _missing(request: OfficerRequest, form: SeveralForm, reports: list[Report]) -> str:
    """What has to be said before something can be done."""
    if not reports:
        return _("Centang dahulu laporannya.")
    if request.POST.get("perintah") == "teruskan":
        return "" if form.cleaned_data["office"] else _("Pilih kantornya.")
    return "" if form.cleaned_data["text"] else _("Tulis jawabannya.")


def _do(request: OfficerRequest, form: SeveralForm, reports: list[Report]) -> str:
    if request.POST.get("perintah") == "teruskan":
        actions.assign_many(by=request.officer, reports=reports, office_code=form.cleaned_data["office"])
        said = ngettext("%(n)s laporan diteruskan.", "%(n)s laporan diteruskan.", len(reports))
    else:
        actions.answer_many(by=request.officer, reports=reports, text=form.cleaned_data["text"])
        said = ngettext("%(n)s laporan dijawab.", "%(n)s laporan dijawab.", len(reports))
    return said % {"n": len(reports)}


def _asked(request: OfficerRequest) -> FilterForm:
    if not any(request.officer.has_permission(name) for name in access.AT_THE_DESK):
        raise NotFound("register")
    return FilterForm(queries.offices_of(request.officer), request.GET)


def _draw(request: OfficerRequest, form: FilterForm, *, several: SeveralForm | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "rows": [],
        "boxes": boxes(request.officer, "register"),
        "several": several or SeveralForm(),
        "is_filtered": False,
    }
    if form.is_valid():
        after, before = _uuid(request.GET.get("sesudah", "")), _uuid(request.GET.get("sebelum", ""))
        page = queries.page(request.officer, form.asked, after=after, before=before)
        query, names = _query(form), exports.Names()
        context |= {
            "rows": [_row(report, names) for report in page.rows],
            "is_filtered": bool(query),
            "query": urlencode(query),
            "previous_url": f"?{urlencode({**query, 'sebelum': page.newer})}" if page.newer else "",
            "next_url": f"?{urlencode({**query, 'sesudah': page.older})}" if page.older else "",
        }
    is_faulty = form.errors or (several is not None and several.errors)
    return render(request, "reports/officer/register.html", context, status=422 if is_faulty else 200)


def _row(report: Report, names: exports.Names) -> dict[str, Any]:
    return {
        "report": report,
        "category": names.category(report.category),
        "office": names.offices.get(report.office_code, report.office_code),
        "place": exports.place_of(report),
        "tone": story.TONES[report.state],
    }


def _query(form: FilterForm) -> dict[str, str]:
    return {name: str(form.data[name]) for name in form.fields if form.data.get(name)}


def _file_name() -> str:
    return f"laporan-{local_today():%Y%m%d}"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

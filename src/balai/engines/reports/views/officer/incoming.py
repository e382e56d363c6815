"""What came in, one report after another: the list on the left, the report with its acts on the right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.engines.reports import exports
from balai.engines.reports.forms import story
from balai.engines.reports.models import Report
from balai.engines.reports.queries import finding, sheets
from balai.engines.reports.queries import register as queries
from balai.engines.reports.rules import access
from balai.engines.reports.views.officer.boxes import boxes
from balai.engines.reports.views.officer.drawing import box_of, context_of
from balai.engines.reports.views.officer.sheet import INCOMING
from balai.people.requests import OfficerRequest
from balai.runtime import clock
from balai.runtime.audience import officers

LISTED = 25


@require_safe
@officers(access.TRIAGE)
@never_cache
def incoming(request: OfficerRequest) -> HttpResponse:
    """The report that was asked for, the next after one that was done, or the longest waiting."""
    rows = queries.incoming(request.officer)
    context: dict[str, Any] = {"boxes": boxes(request.officer, "incoming"), "sheet": None, "rows": []}
    if rows:
        at = _place(request, rows)
        report = rows[at]
        sheet = sheets.sheet(report, request.officer, clock.now())
        context |= context_of(request, sheet, keep={"laporan": str(report.pk)})
        context |= {
            "refusal": None,
            "revealed": None,
            "box": box_of(request),
            "from": INCOMING,
            "rows": _listed(rows, at),
            "previous_url": _url(rows[at - 1]) if at else "",
            "next_url": _url(rows[at + 1]) if at + 1 < len(rows) else "",
            "place_in_line": at + 1,
            "total": len(rows),
        }
    return render(request, "reports/officer/incoming.html", context)


def _place(request: OfficerRequest, rows: list[Report]) -> int:
    """Where in the line to stand; what is gone from it counts as done."""
    for name in ("laporan", "sesudah"):
        wanted = request.GET.get(name, "")
        if not wanted:
            continue
        for at, row in enumerate(rows):
            if str(row.pk) == wanted:
                return at
        return _behind(wanted, rows)
    return 0


def _behind(wanted: str, rows: list[Report]) -> int:
    try:
        done = finding.report_by_id(UUID(wanted))
    except ValueError:
        return 0
    if done is None:
        return 0
    later = (at for at, row in enumerate(rows) if (row.filed_at, row.pk) > (done.filed_at, done.pk))
    return next(later, 0)


def _listed(rows: list[Report], at: int) -> list[dict[str, Any]]:
    """The part of the line around the one that is open."""
    names, now = exports.Names(), clock.now()
    first = max(0, min(at - LISTED // 2, len(rows) - LISTED))
    return [
        {
            "report": row,
            "url": _url(row),
            "category": names.category(row.category),
            "place": exports.place_of(row),
            "waited": story.span_words(now - row.filed_at),
            "is_current": row.pk == rows[at].pk,
        }
        for row in rows[first : first + LISTED]
    ]


def _url(report: Report) -> str:
    return f"?laporan={report.pk}"

"""The machinery's own page: what waits, what runs, what gave up, what comes again, and who works."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from balai.desk import actions
from balai.desk.forms import DiscardForm, JobKindForm
from balai.kernel.csv_lines import csv_lines
from balai.people.requests import OfficerRequest
from balai.runtime import clock
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError, NotFound
from balai.runtime.jobs import oversight
from balai.runtime.jobs.oversight import JobLine, JobPage, KindLine, Shelf

PLAN = "plan"
SHELF_LABELS: dict[str, Any] = {
    Shelf.DEAD: lambda: _("Berhenti"),
    Shelf.RUNNING: lambda: _("Sedang dikerjakan"),
    Shelf.WAITING: lambda: _("Menunggu"),
    PLAN: lambda: _("Berkala"),
}
COLUMNS = tuple(each.name for each in fields(JobLine))


@officers(actions.PERMISSION)
def jobs(request: OfficerRequest) -> HttpResponse:
    """One shelf of the queue, or the plan of periodic jobs."""
    shelf, kind = _shelf(request), _kind(request)
    kinds = oversight.kinds()
    context = {
        **_state(kinds),
        "shelf": shelf,
        "kind": kind,
        "now": clock.now(),
        "boxes": _boxes(kinds, shelf),
    }
    if shelf == PLAN:
        context |= {"plan": oversight.periodic(), "workers": oversight.workers()}
        return render(request, "desk/jobs/plan.html", context)
    page = oversight.page(Shelf(shelf), name=kind, number=_number(request))
    context |= {
        "page": page,
        "form": JobKindForm(
            [(line.name, line.label) for line in kinds if getattr(line, shelf)],
            initial={"rak": shelf, "jenis": kind},
        ),
        "csv_url": f"{reverse('desk:jobs_file')}?{_query(shelf, kind)}",
        **_steps(shelf, kind, page),
    }
    return render(request, "desk/jobs/list.html", context)


@officers(actions.PERMISSION)
def jobs_news(request: OfficerRequest) -> HttpResponse:
    """The counts alone, asked again and again by the open page."""
    return render(request, "desk/jobs/state.html", _state(oversight.kinds()))


@officers(actions.PERMISSION)
def jobs_file(request: OfficerRequest) -> HttpResponseBase:
    """A shelf as CSV, streamed."""
    shelf = _shelf(request)
    if shelf == PLAN:
        raise NotFound(shelf)
    found = oversight.lines(Shelf(shelf), name=_kind(request))
    rows = ([asdict(line)[column] for column in COLUMNS] for line in found)
    response = StreamingHttpResponse(csv_lines(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="pekerjaan-{shelf}.csv"'
    return response


@officers(actions.PERMISSION)
def job(request: OfficerRequest, job_id: int) -> HttpResponse:
    """One job, and what may be done about it."""
    return _draw(request, job_id)


@officers(actions.PERMISSION)
@require_POST
def replay(request: OfficerRequest, job_id: int) -> HttpResponse:
    """Run it again, soon."""
    try:
        actions.replay_job(by=request.officer, job_id=job_id)
    except CitizenError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Pekerjaan %(id)s akan segera dijalankan lagi.") % {"id": job_id})
    return redirect(f"{reverse('desk:jobs')}?{_query(_shelf(request), _kind(request))}")


@officers(actions.PERMISSION)
@require_POST
def replay_all(request: OfficerRequest) -> HttpResponse:
    """Run every dead one of a kind again."""
    kind = _kind(request)
    count = actions.replay_jobs(by=request.officer, name=kind)
    said = ngettext(
        "%(count)s pekerjaan akan dijalankan lagi.", "%(count)s pekerjaan akan dijalankan lagi.", count
    )
    messages.success(request, said % {"count": count})
    return redirect(f"{reverse('desk:jobs')}?{_query(Shelf.DEAD, kind)}")


@officers(actions.PERMISSION)
@require_POST
def discard(request: OfficerRequest, job_id: int) -> HttpResponse:
    """Throw it away, with a reason; without one the page comes back and asks."""
    form = DiscardForm(request.POST)
    if not form.is_valid():
        return _draw(request, job_id, form)
    try:
        actions.discard_job(by=request.officer, job_id=job_id, reason=form.cleaned_data["alasan"])
    except CitizenError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Pekerjaan %(id)s sudah dibuang. Alasannya tercatat.") % {"id": job_id})
    return redirect("desk:jobs")


def _draw(request: OfficerRequest, job_id: int, form: DiscardForm | None = None) -> HttpResponse:
    line = oversight.line(job_id)
    if line is None:
        raise NotFound(job_id)
    kinds = oversight.kinds()
    context = {
        **_state(kinds),
        "line": line,
        "shelf_label": SHELF_LABELS[line.shelf](),
        "form": form or DiscardForm(),
        "now": clock.now(),
        "boxes": _boxes(kinds, line.shelf),
    }
    return render(request, "desk/jobs/job.html", context, status=400 if form else 200)


def _state(kinds: list[KindLine]) -> dict[str, Any]:
    """How it stands, in four figures, each with its tone."""
    alive = sum(not worker.is_silent for worker in oversight.workers())
    numbers = {shelf: sum(getattr(line, shelf) for line in kinds) for shelf in Shelf}
    workers = {
        "label": _("Pekerja hidup"),
        "value": alive,
        "tone": "" if alive else "late",
        "note": "" if alive else _("Tidak ada yang mengerjakan. Periksa apakah Balai berjalan."),
    }
    shown = [
        {
            "label": SHELF_LABELS[shelf](),
            "value": number,
            "tone": "late" if shelf == Shelf.DEAD and number else "",
        }
        for shelf, number in numbers.items()
    ]
    return {"state": [*shown, workers]}


def _boxes(kinds: list[KindLine], current: str) -> list[dict[str, Any]]:
    counts: dict[str, int] = {shelf: sum(getattr(line, shelf) for line in kinds) for shelf in Shelf}
    counts[PLAN] = len(oversight.periodic())
    return [
        {
            "label": SHELF_LABELS[shelf](),
            "url": f"{reverse('desk:jobs')}?{_query(shelf, '')}",
            "count": count,
            "tone": "late" if shelf == Shelf.DEAD and count else "",
            "is_current": shelf == current,
        }
        for shelf, count in counts.items()
    ]


def _shelf(request: OfficerRequest) -> str:
    asked = request.POST.get("rak") or request.GET.get("rak", "")
    return asked if asked in SHELF_LABELS else Shelf.DEAD.value


def _kind(request: OfficerRequest) -> str:
    """The name of a kind as somebody chose it; one that no job has finds nothing."""
    asked = request.POST.get("jenis") or request.GET.get("jenis", "")
    return "".join(filter(str.isprintable, asked))[:80]


def _number(request: OfficerRequest) -> int:
    asked = request.GET.get("halaman", "1")
    return int(asked) if asked.isdecimal() and len(asked) < 7 else 1


def _query(shelf: str, kind: str, number: int = 1) -> str:
    query = (
        {"rak": str(shelf)} | ({"jenis": kind} if kind else {}) | ({"halaman": number} if number > 1 else {})
    )
    return urlencode(query)


def _steps(shelf: str, kind: str, page: JobPage) -> dict[str, str]:
    return {
        "previous_url": f"?{_query(shelf, kind, page.number - 1)}" if page.number > 1 else "",
        "next_url": f"?{_query(shelf, kind, page.number + 1)}" if page.has_next else "",
    }

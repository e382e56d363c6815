"""Messages in: what people wrote to the town, first of all what no handler understood."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from balai.desk.incoming_forms import ArrivedForm, OpenForm
from balai.notify import actions as notify
from balai.notify import answering, channels, exports, queries
from balai.notify.models import Incoming
from balai.people.enums import Purpose
from balai.people.requests import OfficerRequest
from balai.runtime.audience import officers
from balai.work import subjects

PERMISSION = "notify.read_incoming"
PAGE = 50
FILTERS = ("rak", "saluran")
PERSON, SETTLED = "person", "settled"


@require_safe
@officers(PERMISSION)
@never_cache
def incoming(request: OfficerRequest) -> HttpResponse:
    """Messages of thirty days, newest first; what was written stands on the page of each, for a purpose."""
    form = _asked(request)
    page = Paginator(_found(form), PAGE).get_page(request.GET.get("halaman"))
    asked = {name: form.data[name] for name in FILTERS if form.data.get(name)}
    context = {
        "form": form,
        "page": page,
        "rows": [_line(each) for each in page],
        "boxes": _boxes(form.shelf),
        "is_filtered": bool(asked.get("saluran")),
        "is_for_person": form.shelf == PERSON,
        "csv_url": f"{reverse('desk:incoming_file')}?{urlencode(asked)}",
        "previous_url": _page_url(asked, page.previous_page_number()) if page.has_previous() else "",
        "next_url": _page_url(asked, page.next_page_number()) if page.has_next() else "",
    }
    return render(request, "desk/incoming/list.html", context)


@require_safe
@officers(PERMISSION)
def incoming_file(request: OfficerRequest) -> StreamingHttpResponse:
    """The same as CSV, streamed, without what was written."""
    lines = exports.arrived_csv(_found(_asked(request)).iterator(chunk_size=500))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="pesan-masuk.csv"'
    return response


@require_safe
@officers(PERMISSION)
@never_cache
def message(request: OfficerRequest, incoming_id: UUID) -> HttpResponse:
    """One message, still closed."""
    return _draw(request, queries.arrived_message(incoming_id))


@never_cache
@require_POST
@officers(PERMISSION)
def reveal(request: OfficerRequest, incoming_id: UUID) -> HttpResponse:
    """Open it once, for a purpose from the list; the reading is journalled."""
    row, officer, form = queries.arrived_message(incoming_id), request.officer, OpenForm(request.POST)
    if not form.is_valid():
        return _draw(request, row, form=form, status=400)
    notify.read_incoming(
        by=officer.as_actor(),
        incoming=row,
        purpose=str(Purpose(form.cleaned_data["purpose"]).label),
        office=officer.office_name,
    )
    return _draw(request, row, question=answering.asked(row))


@require_POST
@officers(PERMISSION)
def settle(request: OfficerRequest, incoming_id: UUID) -> HttpResponse:
    """An officer has done with it."""
    row = queries.arrived_message(incoming_id)
    if notify.settle_incoming(by=request.officer.as_actor(), incoming=row):
        messages.success(request, _("Pesan ditandai sudah ditangani."))
    else:
        messages.info(request, _("Pesan ini sudah ditangani."))
    return redirect("desk:incoming")


def _asked(request: OfficerRequest) -> ArrivedForm:
    choices = [(code, channels.label(code)) for code in sorted(channels.known_codes())]
    return ArrivedForm(choices, {name: request.GET[name] for name in FILTERS if name in request.GET})


def _found(form: ArrivedForm) -> Any:
    channel = form.cleaned_data["saluran"] if form.is_valid() else ""
    return queries.arrived(shelf=form.shelf if form.shelf != "all" else "", channel=channel)


def _draw(
    request: OfficerRequest,
    row: Incoming,
    *,
    form: OpenForm | None = None,
    question: Any = None,
    status: int = 200,
) -> HttpResponse:
    about = row.about
    context = {
        "line": _line(row),
        "question": question,
        "sender": row.sender.value if question else row.sender.masked,
        "about_url": subjects.link(about.label, about.id) if about else "",
        "form": form or OpenForm(),
        "boxes": _boxes(""),
    }
    return render(request, "desk/incoming/message.html", context, status=status)


def _line(row: Incoming) -> dict[str, Any]:
    waits = row.needs_person and row.settled_at is None
    if waits:
        state, tone = _("Menunggu petugas"), "waiting"
    elif row.settled_at is not None:
        state, tone = _("Sudah ditangani"), "done"
    else:
        state, tone = (_("Dijawab otomatis"), "calm") if row.handled_at else (_("Sedang dibaca"), "calm")
    return {
        "id": row.pk,
        "received_at": row.received_at,
        "sender": row.sender.masked,
        "channel": channels.label(row.channel),
        "state_label": state,
        "tone": tone,
        "waits": waits,
    }


def _boxes(current: str) -> list[dict[str, Any]]:
    counts = queries.arrived_counts()
    labels = (
        (PERSON, PERSON, _("Menunggu petugas")),
        (SETTLED, SETTLED, _("Ditangani")),
        ("all", "", _("Semua")),
    )
    return [
        {
            "label": label,
            "url": f"{reverse('desk:incoming')}?{urlencode({'rak': shelf})}",
            "count": counts[name],
            "tone": "",
            "is_current": shelf == current,
        }
        for shelf, name, label in labels
    ]


def _page_url(asked: dict[str, str], number: int) -> str:
    return f"?{urlencode({**asked, 'halaman': number})}"

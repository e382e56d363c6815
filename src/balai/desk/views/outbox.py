"""Messages out: what was sent to whom and how, what failed and why, and sending it again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from balai.desk.outbox_forms import AddressForm, OutboxForm
from balai.desk.outbox_search import token_for
from balai.notify import actions as notify
from balai.notify import channels, queries
from balai.notify.enums import AttemptState, MessageState
from balai.notify.exports import outbox_csv
from balai.notify.fault_sentences import sentence
from balai.people.enums import Purpose
from balai.people.requests import OfficerRequest
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError
from balai.work import subjects

PERMISSION = "notify.read_outbox"
REVEAL = "people.reveal"
PAGE = 50
LINKED = ("keadaan", "saluran", "jenis", "cari")
TONES = {MessageState.QUEUED: "waiting", MessageState.SENT: "done", MessageState.FAILED: "late"}
ATTEMPT_TONES = {
    AttemptState.TRIED: "waiting",
    AttemptState.ACCEPTED: "calm",
    AttemptState.DELIVERED: "done",
    AttemptState.FAILED: "late",
}


@officers(PERMISSION)
@never_cache
def outbox(request: OfficerRequest) -> HttpResponse:
    """Messages of thirty days, newest first, fifty a page; filters are posted and come back in links."""
    if request.method == "POST":
        return _search(request)
    form = _linked_form(request)
    return _draw_list(request, form, _listed(request, form) if form.is_valid() else {})


def _search(request: OfficerRequest) -> HttpResponse:
    """Take the filters in. An address that is looked for is noted as read, and stands sealed in the link."""
    officer = request.officer
    form = OutboxForm(_channel_choices(), request.POST, officer=officer)
    if not form.is_valid():
        return _draw_list(request, form, {})
    asked, token = form.cleaned_data, form.cleaned_data["cari"]
    if asked["alamat"] is not None:
        notify.note_search(
            by=officer.as_actor(),
            address=asked["alamat"],
            purpose=str(Purpose(asked["keperluan"]).label),
            office=officer.office_name,
        )
        token = token_for(asked["alamat"], officer)
    return redirect(_list_url({**{name: asked[name] for name in LINKED}, "cari": token}))


def _linked_form(request: OfficerRequest) -> OutboxForm:
    """The filters that a link may hold; an address in the clear is none of them."""
    linked = {name: request.GET[name] for name in LINKED if name in request.GET}
    return OutboxForm(_channel_choices(), linked, officer=request.officer)


def _draw_list(request: OfficerRequest, form: OutboxForm, listed: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "rows": [], "page": None, "is_filtered": False, **listed}
    context["boxes"] = _boxes(form.data.get("keadaan", ""))
    return render(request, "desk/outbox/list.html", context, status=400 if form.errors else 200)


def _listed(request: OfficerRequest, form: OutboxForm) -> dict[str, Any]:
    page = Paginator(_found(form), PAGE).get_page(request.GET.get("halaman"))
    asked = {name: form.data[name] for name in LINKED if form.data.get(name)}
    address = form.cleaned_data["address"]
    return {
        "page": page,
        "rows": [_line(message) for message in page],
        "is_filtered": bool(set(asked) - {"keadaan"}),
        "sought": address.masked if address else "",
        "unsought_url": _list_url({**asked, "cari": ""}),
        "csv_url": f"{reverse('desk:outbox_file')}?{urlencode(asked)}",
        "previous_url": _page_url(asked, page.previous_page_number()) if page.has_previous() else "",
        "next_url": _page_url(asked, page.next_page_number()) if page.has_next() else "",
    }


@officers(PERMISSION)
def outbox_file(request: OfficerRequest) -> HttpResponseBase:
    """The same as CSV, streamed; a wrong filter leads back to the page that says what is wrong."""
    form = _linked_form(request)
    if not form.is_valid():
        return _draw_list(request, form, {})
    lines = outbox_csv(_found(form).iterator(chunk_size=500))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="pesan-keluar.csv"'
    return response


@officers(PERMISSION)
@never_cache
def message(request: OfficerRequest, message_id: UUID) -> HttpResponse:
    """One message: every way that was tried, and what may be done. What it says is not shown."""
    return _draw(request, message_id)


@officers(PERMISSION)
@require_POST
def resend(request: OfficerRequest, message_id: UUID) -> HttpResponse:
    """Send it again from the first way on."""
    try:
        notify.resend(by=request.officer.as_actor(), message=queries.outbox_message(message_id))
    except CitizenError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Pesan akan segera dikirim ulang."))
    return redirect("desk:outbox_message", message_id=message_id)


@officers(PERMISSION)
@never_cache
@require_POST
def reveal(request: OfficerRequest, message_id: UUID) -> HttpResponse:
    """Show the address once, for a purpose from the list; the citizen reads who looked, and why."""
    officer, form = request.officer, AddressForm(request.POST)
    if not officer.has_permission(REVEAL) or not form.is_valid():
        return _draw(request, message_id, form, status=400 if officer.has_permission(REVEAL) else 403)
    address = notify.reveal(
        by=officer.as_actor(),
        message=queries.outbox_message(message_id),
        purpose=str(Purpose(form.cleaned_data["purpose"]).label),
        office=officer.office_name,
    )
    return _draw(request, message_id, address=address)


def _draw(
    request: OfficerRequest,
    message_id: UUID,
    form: AddressForm | None = None,
    *,
    address: str = "",
    status: int = 200,
) -> HttpResponse:
    found = queries.outbox_message(message_id)
    context = {
        "line": _line(found),
        "attempts": [_attempt(each) for each in found.attempts.all()],
        "about_url": subjects.link(found.about_label, found.about_id),
        "address": address,
        "form": form or AddressForm(),
        "may_reveal": request.officer.has_permission(REVEAL),
        "may_resend": found.state != MessageState.QUEUED,
        "boxes": _boxes(""),
    }
    return render(request, "desk/outbox/message.html", context, status=status)


def _found(form: OutboxForm) -> Any:
    asked = form.cleaned_data
    return queries.outbox(
        state=asked["keadaan"],
        channel=asked["saluran"],
        category=asked["jenis"],
        address=asked["address"],
    )


def _line(found: Any) -> dict[str, Any]:
    state = MessageState(found.state)
    return {
        "id": found.pk,
        "created_at": found.created_at,
        "closed_at": found.closed_at,
        "delivered_at": found.delivered_at,
        "to": found.to.masked,
        "kind": found.get_kind_display(),
        "category": found.get_category_display(),
        "language": found.get_language_display(),
        "channel": channels.label(found.channel) if found.channel else "",
        "state_label": _("Sampai") if found.delivered_at else str(state.label),
        "tone": TONES[state],
        "tries": sum(attempt.tries for attempt in found.attempts.all()),
        "fault": sentence(_fault(found)),
    }


def _fault(found: Any) -> str:
    """The message's fault; while it waits, that of the last try."""
    tried = [attempt.fault for attempt in found.attempts.all() if attempt.fault]
    return str(found.fault or (tried[-1] if tried and found.state == MessageState.QUEUED else ""))


def _attempt(attempt: Any) -> dict[str, Any]:
    state = AttemptState(attempt.state)
    return {
        "channel": channels.label(attempt.channel),
        "kind": attempt.get_kind_display(),
        "state_label": str(state.label),
        "tone": ATTEMPT_TONES[state],
        "tries": attempt.tries,
        "first_at": attempt.first_at,
        "last_at": attempt.last_at,
        "round": attempt.round,
        "code": attempt.fault,
        "fault": sentence(attempt.fault),
    }


def _boxes(current: str) -> list[dict[str, Any]]:
    counts = queries.outbox_counts()
    everything = {
        "label": _("Semua"),
        "url": reverse("desk:outbox"),
        "count": sum(counts.values()),
        "tone": "",
        "is_current": current not in counts,
    }
    return [everything] + [
        {
            "label": str(MessageState(state).label),
            "url": f"{reverse('desk:outbox')}?{urlencode({'keadaan': state})}",
            "count": count,
            "tone": "late" if state == MessageState.FAILED and count else "",
            "is_current": state == current,
        }
        for state, count in counts.items()
    ]


def _channel_choices() -> list[tuple[str, str]]:
    return [(code, channels.label(code)) for code in sorted(channels.known_codes())]


def _list_url(asked: dict[str, str]) -> str:
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('desk:outbox')}?{query}" if query else reverse("desk:outbox")


def _page_url(asked: dict[str, str], number: int) -> str:
    return f"?{urlencode({**asked, 'halaman': number})}"

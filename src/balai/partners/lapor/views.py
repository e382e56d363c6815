"""The outbox to LAPOR!: what waits, what went, what came back, and what an officer does about it."""

from __future__ import annotations

from collections.abc import Callable
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
from django.views.decorators.http import require_POST, require_safe

from balai.partners import receivers
from balai.partners.lapor import actions, contract, exports, queries
from balai.partners.lapor.bundle import Bundle, bundle_of
from balai.partners.lapor.enums import HandOverState, OutsideState, Way
from balai.partners.lapor.errors import CannotMove
from balai.partners.lapor.fault_sentences import sentence
from balai.partners.lapor.forms import STOPPED, AnswerForm, OutboxForm, WithdrawForm
from balai.partners.lapor.models import HandOver
from balai.partners.lapor.rules import PERMISSION, can_move
from balai.people.requests import OfficerRequest
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError

PAGE = 50
FILTERS = ("keadaan", "cara", "nomor")
TONES = {
    HandOverState.WAITING: "waiting",
    HandOverState.SENT: "calm",
    HandOverState.ACKNOWLEDGED: "done",
    HandOverState.REFUSED: "late",
    HandOverState.WITHDRAWN: "calm",
}


@require_safe
@officers(PERMISSION)
@never_cache
def outbox(request: OfficerRequest) -> HttpResponse:
    """Hand-overs, newest first, fifty a page. What was reported stands on the page of each."""
    form = _asked(request)
    context: dict[str, Any] = {"form": form, "rows": [], "page": None, "is_filtered": False}
    if form.is_valid():
        context |= _listed(request, form)
    context |= {
        "boxes": _boxes(request.GET.get("keadaan", "")),
        "for_hands": queries.waiting_for_hands().count(),
    }
    return render(request, "partners/lapor/list.html", context, status=400 if form.errors else 200)


def _asked(request: OfficerRequest) -> OutboxForm:
    return OutboxForm({name: request.GET[name] for name in FILTERS if name in request.GET})


def _listed(request: OfficerRequest, form: OutboxForm) -> dict[str, Any]:
    page = Paginator(queries.outbox(**form.asked()), PAGE).get_page(request.GET.get("halaman"))
    asked = {name: form.data[name] for name in FILTERS if form.data.get(name)}
    return {
        "page": page,
        "rows": [_line(row) for row in page],
        "is_filtered": bool(asked),
        "csv_url": f"{reverse('lapor:outbox_file')}?{urlencode(asked)}",
        "previous_url": _page_url(asked, page.previous_page_number()) if page.has_previous() else "",
        "next_url": _page_url(asked, page.next_page_number()) if page.has_next() else "",
    }


@require_safe
@officers(PERMISSION)
def outbox_file(request: OfficerRequest) -> HttpResponseBase:
    """The same as CSV, streamed; a wrong filter leads back to the page that says what is wrong."""
    form = _asked(request)
    if not form.is_valid():
        return outbox(request)
    lines = exports.outbox_csv(queries.outbox(**form.asked()).iterator(chunk_size=500))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="penyerahan-lapor.csv"'
    return response


@require_safe
@officers(PERMISSION)
@never_cache
def waiting_bundle(request: OfficerRequest) -> HttpResponse:
    """What waits for hands as one archive, the oldest first; what does not fit comes with the next."""
    rows = queries.waiting_for_hands().iterator(chunk_size=50)
    bundle = bundle_of(rows)
    if not bundle.rows:
        messages.info(request, _("Tidak ada laporan yang menunggu dimasukkan."))
        return redirect("lapor:outbox")
    return _handed_out(request, bundle, "paket-lapor.zip")


@require_safe
@officers(PERMISSION)
@never_cache
def bundle(request: OfficerRequest, hand_over_id: UUID) -> HttpResponse:
    """One hand-over as an archive."""
    row = queries.hand_over(hand_over_id)
    return _handed_out(request, bundle_of([row]), f"{row.reference}.zip")


def _handed_out(request: OfficerRequest, made: Bundle, name: str) -> HttpResponse:
    officer = request.officer
    actions.note_download(
        by=officer.as_actor(),
        hand_overs=list(made.rows),
        purpose=_("menyerahkan laporan ke SP4N-LAPOR!"),
        office=officer.office_name,
    )
    answer = HttpResponse(made.content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@officers(PERMISSION)
@never_cache
def hand_over(request: OfficerRequest, hand_over_id: UUID) -> HttpResponse:
    """One hand-over: what was handed over, what came back, and what may be done. Looking is journalled."""
    row = queries.hand_over(hand_over_id)
    officer = request.officer
    actions.note_download(
        by=officer.as_actor(),
        hand_overs=[row],
        purpose=_("memeriksa penyerahan ke SP4N-LAPOR!"),
        office=officer.office_name,
    )
    return _draw(request, row)


@require_POST
@officers(PERMISSION)
def answer(request: OfficerRequest, hand_over_id: UUID) -> HttpResponse:
    """Enter what LAPOR! says."""
    row, form = queries.hand_over(hand_over_id), AnswerForm(request.POST)
    if not form.is_valid():
        return _draw(request, row, answer_form=form, status=400)
    try:
        actions.record_answer(by=request.officer.as_actor(), hand_over=row, **form.cleaned_data)
    except CannotMove as error:
        messages.error(request, error.sentence)
    except CitizenError as error:
        form.add_error("tracking_number", error.sentence)
        return _draw(request, row, answer_form=form, status=400)
    else:
        messages.success(request, _("Jawaban LAPOR! tercatat dan diteruskan."))
    return redirect("lapor:hand_over", hand_over_id=hand_over_id)


@require_POST
@officers(PERMISSION)
def withdraw(request: OfficerRequest, hand_over_id: UUID) -> HttpResponse:
    """Take it back, with a reason."""
    row, form = queries.hand_over(hand_over_id), WithdrawForm(request.POST)
    if not form.is_valid():
        return _draw(request, row, withdraw_form=form, status=400)

    def act() -> None:
        actions.withdraw(by=request.officer.as_actor(), hand_over=row, reason=form.cleaned_data["reason"])

    return _acted(request, hand_over_id, act, _("Laporan ditarik."))


@require_POST
@officers(PERMISSION)
def entered(request: OfficerRequest, hand_over_id: UUID) -> HttpResponse:
    """An officer has entered it at LAPOR!."""
    row = queries.hand_over(hand_over_id)

    def act() -> None:
        actions.note_entered(by=request.officer.as_actor(), hand_over=row)

    return _acted(request, hand_over_id, act, _("Tercatat sudah dimasukkan ke LAPOR!."))


@require_POST
@officers(PERMISSION)
def try_again(request: OfficerRequest, hand_over_id: UUID) -> HttpResponse:
    """Start a mail anew that had stopped."""
    row = queries.hand_over(hand_over_id)

    def act() -> None:
        actions.try_again(by=request.officer.as_actor(), hand_over=row)

    return _acted(request, hand_over_id, act, _("E-mail akan segera dicoba lagi."))


@require_POST
@officers(PERMISSION)
def carry(request: OfficerRequest, hand_over_id: UUID) -> HttpResponse:
    """Carry it by hand, since the mail does not get through."""
    row = queries.hand_over(hand_over_id)

    def act() -> None:
        actions.carry_by_hand(by=request.officer.as_actor(), hand_over=row)

    return _acted(request, hand_over_id, act, _("Laporan kini menunggu di paket unduhan."))


def _acted(request: OfficerRequest, hand_over_id: UUID, act: Callable[[], None], said: str) -> HttpResponse:
    try:
        act()
    except CitizenError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, said)
    return redirect("lapor:hand_over", hand_over_id=hand_over_id)


def _draw(
    request: OfficerRequest,
    row: HandOver,
    *,
    answer_form: AnswerForm | None = None,
    withdraw_form: WithdrawForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "line": _line(row),
        "fields": contract.labelled(contract.as_record(row, contract.Evidence.of(row.content))),
        "answers": [_answer_line(each) for each in queries.answers(row)],
        "about_url": receivers.link(row.about),
        "answer_form": answer_form or AnswerForm(initial={"tracking_number": row.tracking_number}),
        "withdraw_form": withdraw_form or WithdrawForm(),
        "may_answer": any(
            can_move(row.state, to) for to in (HandOverState.ACKNOWLEDGED, HandOverState.REFUSED)
        ),
        "may_withdraw": can_move(row.state, HandOverState.WITHDRAWN),
        "is_waiting": row.state == HandOverState.WAITING,
        "boxes": _boxes(""),
    }
    return render(request, "partners/lapor/hand_over.html", context, status=status)


def _line(row: HandOver) -> dict[str, Any]:
    is_stopped = row.stopped_at is not None
    return {
        "row": row,
        "way": Way(row.way).label,
        "is_mail": row.way == Way.MAIL,
        "is_stopped": is_stopped,
        "state_label": _("Berhenti, perlu petugas") if is_stopped else HandOverState(row.state).label,
        "tone": "late" if is_stopped else TONES[HandOverState(row.state)],
        "outside_label": OutsideState(row.outside_state).label if row.outside_state else "",
        "fault": sentence(row.fault) if row.state == HandOverState.WAITING else "",
    }


def _answer_line(each: Any) -> dict[str, Any]:
    return {
        "at": each.at,
        "by": each.by_name,
        "state": OutsideState(each.state).label,
        "text": each.text.clear,
    }


def _boxes(current: str) -> list[dict[str, Any]]:
    counts = queries.counts()
    total = sum(count for name, count in counts.items() if name != STOPPED)
    labels = {STOPPED: _("Berhenti"), **{each.value: str(each.label) for each in HandOverState}}
    everything = {
        "label": _("Semua"),
        "url": reverse("lapor:outbox"),
        "count": total,
        "tone": "",
        "is_current": current not in counts,
    }
    return [everything] + [
        {
            "label": label,
            "url": f"{reverse('lapor:outbox')}?{urlencode({'keadaan': name})}",
            "count": counts[name],
            "tone": "late" if name == STOPPED and counts[name] else "",
            "is_current": name == current,
        }
        for name, label in labels.items()
    ]


def _page_url(asked: dict[str, str], number: int) -> str:
    return f"?{urlencode({**asked, 'halaman': number})}"

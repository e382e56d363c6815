"""The page of whoever is behind a report: how far it is, what is asked of her, and her last word."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai.engines.reports import actions
from balai.engines.reports.actions.filing import NOBODY
from balai.engines.reports.enums import ReportState, Verdict
from balai.engines.reports.forms.following import ReplyForm, VerdictForm, owner_of, store_photos
from balai.engines.reports.models import Report, Voice
from balai.engines.reports.queries import definitions, finding, reading, telling
from balai.engines.reports.views.parts import ask_again, part_of, take_grant
from balai.kernel.references import Actor
from balai.people.requests import CitizenRequest, VisitorRequest
from balai.runtime import clock
from balai.runtime.audience import citizens, everyone
from balai.runtime.errors import CitizenError

TO_JUDGE = (ReportState.RESOLVED, ReportState.UNCONFIRMED)
View = Callable[..., HttpResponse]


def _with_part(view: View) -> View:
    """Give the view her part in the report; a browser without one is asked for number and PIN.

    What was typed comes back on that page, so that it can be sent after all.
    """

    @wraps(view)
    def opened(request: VisitorRequest, number: str) -> HttpResponse:
        voice = part_of(request, number)
        if voice is not None:
            return view(request, voice)
        if request.method != "POST":
            return ask_again(request, number)
        typed = [text[:4000] for key in ("text", "note") if (text := request.POST.get(key, "").strip())]
        context = {"number": number, "typed": typed}
        return render(request, "reports/left.html", context, status=401)

    return opened


@everyone
@never_cache
def followed(request: VisitorRequest, number: str) -> HttpResponse:
    """For the browser that showed number and PIN, or has just sent it."""
    if "izin" in request.GET:
        return take_grant(request, number)
    voice = part_of(request, number)
    return ask_again(request, number) if voice is None else _draw(request, voice)


@citizens
@never_cache
def mine(request: CitizenRequest, number: str) -> HttpResponse:
    """For the citizen's account."""
    return _draw(request, finding.voice_of_citizen(request.citizen, number))


def _draw(request: Any, voice: Voice, *, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    report = voice.report
    category = definitions.current().any_category(report.category)
    shown = telling.pictures(report, voice=voice)
    verdict_form = _verdict_form(voice, form)
    context = {
        "voice": voice,
        "report": report,
        "category": category,
        "title": report.title if voice.is_first or report.is_listed or category is None else category.title,
        "words": report.words.clear if voice.is_first else report.public_text if report.is_listed else "",
        "timeline": telling.timeline(report, voice=voice),
        "promises": telling.promises_taken(report, clock.now()),
        "pictures": shown,
        "beside": telling.beside_proof(shown),
        "documents": telling.documents(report, voice),
        "place": telling.place_words(report) if voice.is_first or report.is_listed else "",
        "parent": reading.listed_parent(report),
        "asked": telling.asked(report),
        "reply_form": _reply_form(report, form),
        "verdict_form": verdict_form,
        "said_done": telling.said_done(report) if verdict_form else "",
        "failed": form,
        "may_withdraw": voice.is_first and report.is_open and report.voices == 1,
        "is_whistle": report.kind == "whistle",
    }
    return render(request, "reports/own.html", context, status=status)


def _reply_form(report: Report, sent: forms.Form | None) -> ReplyForm | None:
    if report.state != ReportState.WAITING:
        return None
    return sent if isinstance(sent, ReplyForm) else ReplyForm()


def _verdict_form(voice: Voice, sent: forms.Form | None) -> VerdictForm | None:
    if reading.followed(voice).state not in TO_JUDGE or reading.has_judged(voice):
        return None
    return sent if isinstance(sent, VerdictForm) else VerdictForm()


@everyone
@never_cache
@require_http_methods(["POST", "GET"])
@_with_part
def reply(request: VisitorRequest, voice: Voice) -> HttpResponse:
    """Her answer to what the officer asked; the clock goes on."""
    if request.method != "POST" or not voice.is_first:
        return _back(request, voice)
    form = ReplyForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.reply(
                by=_actor(voice),
                report=voice.report,
                text=form.cleaned_data["text"],
                uploads=store_photos(voice, request.FILES.getlist("foto")),
                owner=owner_of(voice),
            )
        except CitizenError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("Jawaban Anda sudah diteruskan kepada petugas."))
            return _back(request, voice)
    return _draw(request, voice, form=form, status=422)


@everyone
@never_cache
@require_http_methods(["POST", "GET"])
@_with_part
def judge(request: VisitorRequest, voice: Voice) -> HttpResponse:
    """Her word on what the agency calls done."""
    if request.method != "POST":
        return _back(request, voice)
    form = VerdictForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.judge(
                by=_actor(voice),
                voice=voice,
                verdict=Verdict(form.cleaned_data["verdict"]),
                note=form.cleaned_data["note"],
                uploads=store_photos(voice, request.FILES.getlist("foto")),
                owner=owner_of(voice),
            )
        except CitizenError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("Terima kasih, penilaian Anda sudah kami catat."))
            return _back(request, voice)
    return _draw(request, voice, form=form, status=422)


@everyone
@never_cache
@require_http_methods(["POST", "GET"])
@_with_part
def withdraw(request: VisitorRequest, voice: Voice) -> HttpResponse:
    """Asked once, then taken back."""
    report = voice.report
    if not voice.is_first:
        return _back(request, voice)
    if request.method == "POST":
        try:
            actions.withdraw(by=_actor(voice), report=report)
        except CitizenError as error:
            messages.error(request, error.sentence)
        else:
            messages.success(request, _("Laporan ditarik."))
        return _back(request, voice)
    return render(request, "reports/withdraw.html", {"report": report, "own_url": _own_url(request, voice)})


def _back(request: VisitorRequest, voice: Voice) -> HttpResponse:
    return redirect(_own_url(request, voice))


def _own_url(request: VisitorRequest, voice: Voice) -> str:
    citizen = getattr(request, "citizen", None)
    is_own = citizen is not None and voice.citizen_id == citizen.pk
    number = voice.report.number
    return f"/saya/laporan/{number}/" if is_own else f"/lacak/laporan/{number}/"


def _actor(voice: Voice) -> Actor:
    return voice.citizen.as_actor() if voice.citizen else NOBODY

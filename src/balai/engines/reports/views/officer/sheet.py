"""The officer's page of one report, and everything that may be done there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from balai.engines.reports import actions
from balai.engines.reports.forms import attachments
from balai.engines.reports.forms import officer as forms
from balai.engines.reports.forms.attachments import Sent
from balai.engines.reports.models import Report
from balai.engines.reports.queries import finding, routes, sheets
from balai.engines.reports.rules import access
from balai.engines.reports.views.officer.drawing import box_of, draw
from balai.files.enums import Allow
from balai.people.enums import Purpose
from balai.people.models import Officer
from balai.people.requests import OfficerRequest
from balai.runtime import clock
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError, NotFound
from balai.threads import actions as threads
from balai.threads.enums import Audience

Values = Mapping[str, Any]
INCOMING = "masuk"


@officers
@never_cache
def page(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """The report as those in charge see it; each opening is journalled."""
    return draw(request, finding.report_for_officer(request.officer, report_id))


@dataclass(frozen=True)
class Doing:
    """One act: its form, what is done with it, and the sentence that answers."""

    form: type[forms.SheetForm]
    do: Callable[[Officer, Report, Values, Sent], object]
    said: str | Promise
    allow: Allow | None = None


def _assign(by: Officer, report: Report, values: Values, sent: Sent) -> object:
    """The route's reason is told when its office was taken."""
    suggestion = routes.suggestion_for(report)
    is_suggested = suggestion.office is not None and suggestion.office.code == values["office"]
    why = suggestion.why if is_suggested else ""
    return actions.assign(by=by, report=report, office_code=values["office"], note=values["note"], why=why)


def _come_back(by: Officer, report: Report, values: Values, sent: Sent) -> object:
    return actions.come_back(by=by, report=report, office_code=values["office"], note=values["note"])


def _forward(by: Officer, report: Report, values: Values, sent: Sent) -> object:
    if values.get("by_lapor"):
        return actions.hand_to_lapor(by=by, report=report, body=values["body"], note=values["note"])
    given = {name: values[name] for name in ("body", "reference", "note")}
    return actions.forward_out(by=by, report=report, **given)


def _refuse(by: Officer, report: Report, values: Values, sent: Sent) -> object:
    kind, _colon, reason = values["reason"].partition(":")
    act = {"reject": actions.reject, "archive": actions.archive}[kind]
    return act(by=by, report=report, reason=reason, note=values["note"])


def _answer(by: Officer, report: Report, values: Values, sent: Sent) -> object:
    return actions.answer(by=by, report=report, text=values["text"])


def _answer_here(by: Officer, report: Report, values: Values, sent: Sent) -> object:
    return actions.answer_here(by=by, report=report, text=values["text"])


def _ask(by: Officer, report: Report, values: Values, sent: Sent) -> object:
    return actions.ask(by=by, report=report, text=values["text"])


def _stage(by: Officer, report: Report, values: Values, sent: Sent) -> object:
    proof = sent.proof(dict(values))
    return actions.say_stage(by=by, report=report, stage=values["stage"], text=values["text"], proof=proof)


def _resolve(by: Officer, report: Report, values: Values, sent: Sent) -> object:
    return actions.resolve(by=by, report=report, text=values["text"], proof=sent.proof(dict(values)))


def _separate(by: Officer, report: Report, values: Values, sent: Sent) -> object:
    return actions.separate(by=by, report=report)


def _split(by: Officer, report: Report, values: Values, sent: Sent) -> object:
    given = {"category": values["category"], "text": values["text"], "office_code": values["office"]}
    return actions.split(by=by, report=report, **given)


def _edit(by: Officer, report: Report, values: Values, sent: Sent) -> object:
    shown = values.get("shown", ())
    return actions.edit_public(by=by, report=report, text=values["text"], title=values["title"], shown=shown)


def _recheck(by: Officer, report: Report, values: Values, sent: Sent) -> object:
    is_done = values["found"] == "done"
    return actions.recheck(by=by, report=report, is_done=is_done, note=values["note"], uploads=sent.ids)


DOINGS: dict[str, Doing] = {
    "teruskan": Doing(forms.RouteForm, _assign, _("Laporan diteruskan. Pelapor diberi tahu.")),
    "kembali": Doing(forms.ReturnForm, _come_back, _("Laporan kembali ditangani di sini.")),
    "keluar": Doing(forms.OutsideForm, _forward, _("Diteruskan ke instansi lain. Pelapor diberi tahu.")),
    "tolak": Doing(forms.RefuseForm, _refuse, _("Laporan ditutup. Pelapor membaca alasannya.")),
    "jawab": Doing(forms.AnswerForm, _answer, _("Jawaban terkirim.")),
    "jawab-sendiri": Doing(forms.AnswerHereForm, _answer_here, _("Jawaban terkirim.")),
    "tanya": Doing(forms.AskForm, _ask, _("Pertanyaan terkirim. Waktu berhenti sampai pelapor menjawab.")),
    "kabar": Doing(forms.StageForm, _stage, _("Perkembangan dicatat. Pelapor diberi tahu."), "photo"),
    "selesai": Doing(
        forms.ResolveForm, _resolve, _("Dinyatakan selesai. Pelapor diminta menilai."), "document"
    ),
    "pisah": Doing(forms.SeparateForm, _separate, _("Laporan berdiri sendiri lagi.")),
    "pecah": Doing(forms.SplitForm, _split, _("Bagian itu kini laporan sendiri.")),
    "sunting": Doing(forms.PublicForm, _edit, _("Yang tampil untuk umum sudah disunting.")),
    "periksa-ulang": Doing(forms.RecheckForm, _recheck, _("Hasil pemeriksaan ulang dicatat."), "photo"),
}


@officers
@never_cache
@require_POST
def act(request: OfficerRequest, report_id: UUID, name: str) -> HttpResponse:
    """Do one act; a refusal stays on the page beside what was typed."""
    report = finding.report_for_officer(request.officer, report_id)
    doing = DOINGS.get(name)
    if doing is None:
        raise NotFound(name)
    form = doing.form(sheets.sheet(report, request.officer, clock.now()), request.POST)
    sent = attachments.take(request, request.officer, doing.allow) if doing.allow else Sent()
    for sentence in sent.refused:
        form.add_error("attached", sentence)
    if not form.is_valid():
        return draw(request, report, status=422, bound=form, sent=sent)
    values = form.cleaned_data
    try:
        actions.unless_overtaken(
            by=request.officer,
            report=report,
            version=values["version"],
            act=lambda: doing.do(request.officer, report, values, sent),
        )
    except CitizenError as error:
        return refused(request, report_id, error, form, sent)
    messages.success(request, f"{report.number}: {doing.said}")
    return onward(request, report_id)


def refused(
    request: OfficerRequest,
    report_id: UUID,
    error: CitizenError,
    form: forms.SheetForm,
    sent: Sent | None = None,
) -> HttpResponse:
    """The page as it is now, with what was typed; the next try is made upon what she reads there."""
    fresh = finding.report_for_officer(request.officer, report_id)
    return draw(request, fresh, refusal=error, bound=form, sent=sent)


def onward(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Back to where the officer works: the next of what came in, this report, or her inbox."""
    if request.POST.get("dari") == INCOMING:
        return redirect(f"/meja/laporan/masuk/?sesudah={report_id}")
    fresh = finding.report_by_id(report_id)
    if fresh is not None and access.may_see(request.officer, fresh):
        return redirect(f"/meja/laporan/{report_id}/?kotak={box_of(request)}")
    return redirect(f"/meja/?kotak={box_of(request)}")


@officers
@never_cache
@require_POST
def merge(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """The same trouble reported twice becomes one, with all its voices."""
    report = finding.report_for_officer(request.officer, report_id)
    form = forms.MergeForm(sheets.sheet(report, request.officer, clock.now()), request.POST)
    if not form.is_valid():
        return draw(request, report, status=422, bound=form)
    try:
        into = finding.report_of_officer_by_number(request.officer, form.cleaned_data["number"])
    except NotFound:
        form.add_error("number", _("Tidak ada laporan dengan nomor ini. Periksa angkanya."))
        return draw(request, report, status=422, bound=form)
    try:
        actions.unless_overtaken(
            by=request.officer,
            report=report,
            other=into,
            version=form.cleaned_data["version"],
            act=lambda: actions.merge(by=request.officer, report=report, into=into),
        )
    except CitizenError as error:
        return refused(request, report_id, error, form)
    said = _("%(number)s digabung ke %(into)s.") % {"number": report.number, "into": into.number}
    messages.success(request, said)
    return onward(request, report_id)


@officers
@never_cache
@require_POST
def identify(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Show who one voice is, once, for a purpose from the list; each reading is journalled."""
    report = finding.report_for_officer(request.officer, report_id)
    form = forms.IdentifyForm(sheets.sheet(report, request.officer, clock.now()), request.POST)
    if not form.is_valid():
        return draw(request, report, status=422, bound=form)
    voice = sheets.voice_of(report, form.cleaned_data["voice"])
    if voice is None:
        raise NotFound(report_id)
    try:
        known = actions.identify(
            by=request.officer, voice=voice, purpose=str(Purpose(form.cleaned_data["purpose"]).label)
        )
    except CitizenError as error:
        return refused(request, report_id, error, form)
    return draw(request, report, revealed=(voice, known))


@officers
@require_POST
def note(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """A word among colleagues; the reporter never reads it."""
    report = finding.report_for_officer(request.officer, report_id)
    form = forms.NoteForm(sheets.sheet(report, request.officer, clock.now()), request.POST)
    if not form.is_valid():
        return draw(request, report, status=422, bound=form)
    try:
        threads.post(
            by=request.officer.as_actor(),
            subject=report.as_subject(),
            text=form.cleaned_data["text"],
            audience=Audience.INTERNAL,
        )
    except CitizenError as error:
        return refused(request, report_id, error, form)
    messages.success(request, _("Catatan tersimpan."))
    return (
        onward(request, report_id)
        if request.POST.get("dari") != INCOMING
        else redirect(f"/meja/laporan/masuk/?laporan={report_id}")
    )

"""The officer's page of one case: look, judge, decide, produce, hand over."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from balai.engines.cases import actions, queries
from balai.engines.cases.errors import NotYourStep
from balai.engines.cases.forms import officer as forms
from balai.engines.cases.models import Case
from balai.engines.cases.views.drawing import box_of, draw
from balai.engines.cases.views.identity import case_url
from balai.engines.cases.views.letter_card import letter_of
from balai.people.requests import OfficerRequest
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError
from balai.threads import actions as threads
from balai.threads.enums import Audience
from balai.work import queries as work

Act = Callable[[OfficerRequest, Case], str]


@officers
@never_cache
def sheet(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The case as the office sees it; each opening is journalled and shown to the citizen."""
    return draw(request, queries.case_for_officer(request.officer, case_id))


@officers
def letter_news(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Whether the letter has been made; asked again and again by the page that waits for it."""
    case = queries.case_for_officer(request.officer, case_id)
    return render(request, "cases/officer/letter.html", {"case": case, **letter_of(case, request.officer)})


@officers
@require_POST
def judge(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Keep the verdicts, then go on as the button says: save, forward, or return with every fault."""
    case = queries.case_for_officer(request.officer, case_id)
    lines = queries.desk(case, request.officer).lines
    doing = request.POST.get("do", "save")
    try:
        given = forms.verdicts_given(lines, request.POST)
        if given or doing == "save":
            case = actions.record_verdicts(by=request.officer, case=case, verdicts=given)
        if doing == "forward":
            actions.forward(by=request.officer, case=case)
        elif doing == "return":
            actions.return_for_repair(by=request.officer, case=case)
    except CitizenError as error:
        fresh = queries.case_for_officer(request.officer, case_id)
        return draw(request, fresh, refusal=error, judging=True)
    if doing not in ("forward", "return"):
        messages.success(request, _("Penilaian disimpan."))
        return _to(request, case)
    done = {"forward": _("diteruskan."), "return": _("dikembalikan kepada warga dengan semua catatannya.")}
    return _to_next(request, case, done[doing])


def _to(request: OfficerRequest, case: Case) -> HttpResponse:
    return redirect(f"{case_url(case)}?kotak={box_of(request)}")


def _to_next(request: OfficerRequest, case: Case, done: str) -> HttpResponse:
    """On to the next open item of the officer's box, with a word about the one just done and a way back."""
    words = '<a href="{}"><b>{}</b></a>, <b>{}</b>,'
    link = format_html(words, case_url(case), case.number, case.applicant_label)
    told = format_html("{} {} {}", _("Berkas"), link, done)
    box = box_of(request)
    waiting = work.inbox(request.officer, box, limit=len(queries.desk(case, request.officer).open_steps) + 1)
    following = next((item for item in waiting.items if item.subject_id != str(case.pk) and item.link), None)
    if following is not None:
        told = format_html("{} {}", told, _("Di bawah ini berkas berikutnya."))
    messages.success(request, told)
    return redirect(f"{following.link if following else '/meja/'}?kotak={box}")


def _act(request: OfficerRequest, case_id: UUID, act: Act, **bound: Form) -> HttpResponse:
    """Do one act; a refusal stays on the page beside what was typed."""
    case = queries.case_for_officer(request.officer, case_id)
    if any(not form.is_valid() for form in bound.values()):
        return draw(request, case, status=400, bound=bound)
    try:
        sentence = act(request, case)
    except CitizenError as error:
        fresh = queries.case_for_officer(request.officer, case_id)
        return draw(request, fresh, refusal=error, bound=bound)
    messages.success(request, sentence)
    return _to(request, case)


@officers("cases.decide")
@require_POST
def approve(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The head of the office says yes."""

    def act(request: OfficerRequest, case: Case) -> str:
        actions.approve(by=request.officer, case=case)
        if queries.definition_of(case).output.kind != "letter":
            return _("Disetujui.")
        return _("Disetujui. Surat sedang dibuat dan diberi nomor.")

    return _act(request, case_id, act)


@officers
@require_POST
def reject(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The head of the office says no, with a reason from the list."""
    case = queries.case_for_officer(request.officer, case_id)
    service = queries.definition_of(case)
    if not queries.may_decide(request.officer, case, service):
        raise NotYourStep()
    form = forms.RejectForm(service, request.POST)

    def act(request: OfficerRequest, case: Case) -> str:
        actions.reject(by=request.officer, case=case, **form.cleaned_data)
        return _("Permohonan ditolak. Warga sudah diberi tahu alasannya.")

    return _act(request, case_id, act, reject_form=form)


@officers("cases.produce")
@require_POST
def printed(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The letter is on paper and waits for the pen."""

    def act(request: OfficerRequest, case: Case) -> str:
        actions.mark_printed(by=request.officer, case=case)
        return _("Dicatat: surat sudah dicetak.")

    return _act(request, case_id, act)


@officers("cases.produce")
@require_POST
def shelve(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Signed and put on the shelf; the citizen is told to come."""
    form = forms.ShelfForm(request.POST)

    def act(request: OfficerRequest, case: Case) -> str:
        actions.shelve(by=request.officer, case=case, shelf_number=form.cleaned_data["shelf_number"])
        return _("Surat siap diambil. Warga sudah diberi tahu.")

    return _act(request, case_id, act, shelf_form=form)


@officers("cases.hand_over")
@require_POST
def hand_over(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The letter leaves the house."""
    form = forms.TakerForm(request.POST)

    def act(request: OfficerRequest, case: Case) -> str:
        actions.hand_over(by=request.officer, case=case, taker=form.taker())
        return _("Surat sudah diserahkan. Berkas selesai.")

    return _act(request, case_id, act, taker_form=form)


@officers
@require_POST
def note(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Write to the citizen, or to colleagues."""
    form = forms.NoteForm(request.POST)

    def act(request: OfficerRequest, case: Case) -> str:
        threads.post(
            by=request.officer.as_actor(),
            subject=case.as_subject(),
            text=form.cleaned_data["text"],
            audience=Audience(form.cleaned_data["audience"]),
        )
        return _("Tersimpan.")

    return _act(request, case_id, act, note_form=form)

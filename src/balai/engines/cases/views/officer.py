"""The officer's page of one case: look, judge, decide, produce, hand over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from balai.catalogue import forms as catalogue_forms
from balai.documents import queries as documents
from balai.engines.cases import actions, queries
from balai.engines.cases.forms import officer as forms
from balai.engines.cases.forms.story import TONES
from balai.engines.cases.models import Case
from balai.files import queries as files
from balai.people import actions as people
from balai.people.enums import IdentityLevel
from balai.people.errors import FactsDiffer
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError
from balai.threads import actions as threads
from balai.threads import queries as notes
from balai.threads.enums import Audience

LOOKED = "cases.looked"
LOOK_SECONDS = 3600
Act = Callable[[HttpRequest, Case], str]


def _page(request: HttpRequest, case: Case, **extra: Any) -> HttpResponse:
    """Draw the page; `extra` carries bound forms and a refusal, so nothing typed is lost."""
    desk = queries.desk(case, request.officer)
    _note_reading(request, case)
    answers = case.answers.clear
    uploads = files.uploads([each for line in desk.lines for each in line.uploads])
    letter = documents.letter(case.letter_id) if case.letter_id else None
    posted = request.POST if extra.get("judging") else None
    context = {
        "refusal": None,
        "revealed_nik": "",
        "desk": desk,
        "case": case,
        "service": desk.service,
        "tone": TONES[case.state],
        "sheet": forms.sheet(
            desk.lines, desk.service, answers, uploads, posted, revealed="revealed_nik" in extra
        ),
        "warnings": catalogue_forms.officer_warnings(
            desk.service, answers, known_districts=region.known_districts(), today=queries.filed_on(case)
        ),
        "letter": letter,
        "letter_upload": documents.letter_upload(letter) if letter else None,
        "is_proven": case.applicant.identity_level.reaches(IdentityLevel.COUNTER_PROVEN),
        "notes": notes.notes(case.as_subject(), Audience.INTERNAL),
        "area": region.area_path(case.area_code),
        "now": clock.now(),
        "reject_form": forms.RejectForm(desk.service),
        "shelf_form": forms.ShelfForm(),
        "taker_form": forms.TakerForm(initial={"name": case.applicant.name}),
        "note_form": forms.NoteForm(),
        "reveal_form": forms.RevealForm(),
        "box": request.GET.get("kotak", "todo"),
    } | extra
    refusal = extra.get("refusal")
    return render(request, "cases/officer.html", context, status=refusal.status if refusal else 200)


def _note_reading(request: HttpRequest, case: Case) -> None:
    """Journal that this officer looked, once an hour: a page drawn again after each button is one look."""
    now = int(clock.now().timestamp())
    looked = {key: at for key, at in request.session.get(LOOKED, {}).items() if now - at < LOOK_SECONDS}
    if str(case.pk) not in looked:
        actions.note_reading(by=request.officer, case=case)
    request.session[LOOKED] = looked | {str(case.pk): looked.get(str(case.pk), now)}


@officers
@never_cache
def sheet(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case as the office sees it; each opening is journalled and shown to the citizen."""
    return _page(request, queries.case_for_officer(request.officer, case_id))


@officers
@require_POST
def judge(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep the verdicts, then go on as the button says: save, forward, or return with every fault."""
    case = queries.case_for_officer(request.officer, case_id)
    lines = queries.desk(case, request.officer).lines
    doing = request.POST.get("do", "save")
    try:
        given = forms.verdicts_given(lines, request.POST)
        case = actions.record_verdicts(by=request.officer, case=case, verdicts=given) if given else case
        if doing == "forward":
            actions.forward(by=request.officer, case=case)
        elif doing == "return":
            actions.return_for_repair(by=request.officer, case=case)
    except CitizenError as error:
        return _page(request, case, refusal=error, judging=True)
    sentences = {
        "forward": _("Berkas diteruskan."),
        "return": _("Berkas dikembalikan kepada warga dengan semua catatannya."),
    }
    messages.success(request, sentences.get(doing, _("Penilaian disimpan.")))
    return redirect("cases:sheet", case_id=case.pk) if doing == "save" else redirect("/meja/")


def _act(request: HttpRequest, case_id: UUID, act: Act, **extra: Any) -> HttpResponse:
    """Do one act; a refusal stays on the page beside what was typed."""
    case = queries.case_for_officer(request.officer, case_id)
    try:
        sentence = act(request, case)
    except CitizenError as error:
        return _page(request, queries.case_for_officer(request.officer, case_id), refusal=error, **extra)
    messages.success(request, sentence)
    return redirect("cases:sheet", case_id=case.pk)


@officers("cases.decide")
@require_POST
def approve(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The head of the office says yes."""

    def act(request: HttpRequest, case: Case) -> str:
        actions.approve(by=request.officer, case=case)
        return _("Disetujui. Surat sedang dibuat dan diberi nomor.")

    return _act(request, case_id, act)


@officers("cases.decide")
@require_POST
def reject(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The head of the office says no, with a reason from the list."""
    case = queries.case_for_officer(request.officer, case_id)
    form = forms.RejectForm(queries.definition_of(case), request.POST)
    if not form.is_valid():
        return _page(request, case, reject_form=form)

    def act(request: HttpRequest, case: Case) -> str:
        actions.reject(by=request.officer, case=case, **form.cleaned_data)
        return _("Permohonan ditolak. Warga sudah diberi tahu alasannya.")

    return _act(request, case_id, act, reject_form=form)


@officers("cases.produce")
@require_POST
def printed(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The letter is on paper and waits for the pen."""

    def act(request: HttpRequest, case: Case) -> str:
        actions.mark_printed(by=request.officer, case=case)
        return _("Dicatat: surat sudah dicetak.")

    return _act(request, case_id, act)


@officers("cases.produce")
@require_POST
def shelve(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Signed and put on the shelf; the citizen is told to come."""
    form = forms.ShelfForm(request.POST)
    if not form.is_valid():
        return _page(request, queries.case_for_officer(request.officer, case_id), shelf_form=form)

    def act(request: HttpRequest, case: Case) -> str:
        actions.shelve(by=request.officer, case=case, shelf_number=form.cleaned_data["shelf_number"])
        return _("Surat siap diambil. Warga sudah diberi tahu.")

    return _act(request, case_id, act, shelf_form=form)


@officers("cases.hand_over")
@require_POST
def hand_over(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The letter leaves the house."""
    form = forms.TakerForm(request.POST)
    if not form.is_valid():
        return _page(request, queries.case_for_officer(request.officer, case_id), taker_form=form)

    def act(request: HttpRequest, case: Case) -> str:
        actions.hand_over(by=request.officer, case=case, taker=form.taker())
        return _("Surat sudah diserahkan. Berkas selesai.")

    return _act(request, case_id, act, taker_form=form)


@officers("people.prove")
@never_cache
def prove(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The applicant stands at the counter with her card; where a record disagrees, the officer settles it."""
    case = queries.case_for_officer(request.officer, case_id)
    known = forms.facts_of_answers(case, queries.definition_of(case))
    form = forms.ProofForm(known, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"case": case, "form": form, "differences": ()}
    if form.is_bound and form.is_valid():
        settled = {
            name.removeprefix("settle:"): value
            for name, value in request.POST.items()
            if name.startswith("settle:") and value in ("record", "seen")
        }
        try:
            actions.prove_applicant(by=request.officer, case=case, facts=form.facts(), settled=settled)
        except FactsDiffer as error:
            context["refusal"] = error
            context["differences"] = people.compare_with_record(
                by=request.officer, citizen=case.applicant, facts=form.facts()
            )
        except CitizenError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("Identitas pemohon terbukti di loket."))
            return redirect("cases:sheet", case_id=case.pk)
    is_faulty = bool(form.is_bound and (form.errors or context["differences"]))
    return render(request, "cases/prove.html", context, status=400 if is_faulty else 200)


@officers("people.reveal")
@require_POST
def reveal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the applicant's whole NIK once, for a purpose from the list."""
    case = queries.case_for_officer(request.officer, case_id)
    form = forms.RevealForm(request.POST)
    if not form.is_valid():
        return _page(request, case, reveal_form=form)
    try:
        nik = people.reveal(
            by=request.officer,
            person_or_citizen=case.applicant,
            field="nik",
            purpose=form.cleaned_data["purpose"],
        )
    except CitizenError as error:
        return _page(request, case, refusal=error)
    return _page(request, case, revealed_nik=nik)


@officers
@require_POST
def note(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write to the citizen, or to colleagues."""
    case = queries.case_for_officer(request.officer, case_id)
    form = forms.NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, case, note_form=form)

    def act(request: HttpRequest, case: Case) -> str:
        threads.post(
            by=request.officer.as_actor(),
            subject=case.as_subject(),
            text=form.cleaned_data["text"],
            audience=Audience(form.cleaned_data["audience"]),
        )
        return _("Tersimpan.")

    return _act(request, case_id, act, note_form=form)

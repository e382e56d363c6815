"""The applicant's own pages of one case."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from balai.catalogue import forms as catalogue_forms
from balai.catalogue.forms import AnswersForm, FormErrors
from balai.catalogue.schema import ServiceDefinition
from balai.engines.cases import actions, queries
from balai.engines.cases.enums import CaseState
from balai.engines.cases.forms import attaching, references, stash
from balai.engines.cases.forms import message as writing
from balai.engines.cases.forms import repair as repairing
from balai.engines.cases.forms.message import MessageForm
from balai.engines.cases.forms.story import story
from balai.engines.cases.models import Case
from balai.engines.cases.rules import delivery, life
from balai.engines.cases.views import rows
from balai.engines.cases.views.signed_out import claiming
from balai.files import queries as files
from balai.people.requests import CitizenRequest
from balai.region import queries as region
from balai.runtime import ratelimit
from balai.runtime.audience import citizens
from balai.runtime.errors import CitizenError
from balai.threads import queries as notes
from balai.threads.enums import Audience

MESSAGES_PER_HOUR = 20


@citizens
@never_cache
@claiming
def mine(request: CitizenRequest, number: str) -> HttpResponse:
    """Where my application stands, what I sent, what was said about it."""
    case = queries.case_for_citizen(request.citizen, number)
    form = MessageForm(initial=writing.kept_message(request.citizen, case))
    return render(request, "cases/mine.html", _mine_context(request, case, form))


@citizens
def news(request: CitizenRequest, number: str) -> HttpResponse:
    """The part of the page that changes, asked for again and again; answered with 304 while it does not."""
    case = queries.case_for_citizen(request.citizen, number)
    return render(
        request, "cases/_news.html", {**story(case), "may_sign_in": False, **_letter(request, case)}
    )


def _mine_context(request: CitizenRequest, case: Case, form: MessageForm) -> dict[str, Any]:
    service = queries.definition_of(case)
    answers = catalogue_forms.shown_answers(service, case.answers.clear)
    return {
        **story(case),
        **_letter(request, case),
        "service": service,
        "answers": [rows.summary_row(row) for row in answers],
        "files": _files(case),
        "letters": _referred(case, service),
        "related": queries.related_of_citizen(case),
        "notes": notes.notes(case.as_subject(), Audience.CITIZEN),
        "form": form,
        "form_key": request.POST.get(writing.FORM_KEY) or writing.new_key(),
        "keeper": stash.mark(request.citizen),
        "may_sign_in": False,
        "may_withdraw": case.state in life.UNDECIDED,
        "may_apply_again": case.state in life.FAILED,
    }


def _letter(request: CitizenRequest, case: Case) -> dict[str, Any]:
    """Where her letter lies, once it is published; nothing for followers with a slip."""
    is_out = case.state in life.LETTER_OUT and case.letter_id is not None
    return {
        "letter_url": reverse("wallet:letter", args=[case.letter_id]) if is_out else "",
        "may_download": is_out and queries.is_usable(case) and delivery.is_proven(request.citizen),
    }


def _referred(case: Case, service: ServiceDefinition) -> list[dict[str, str]]:
    """The letters that she chose, and how they stand today."""
    titles = {each.id: each.title for each in service.requirement}
    found = queries.referred_letters(case)
    return [
        {"label": titles.get(name, name), "value": f"{each.title}. {each.state}."}
        for name, each in found.items()
    ]


def _files(case: Case) -> list[dict[str, Any]]:
    rows = queries.files_of(case)
    found = files.uploads([row.upload_id for row in rows])
    titles = {each.id: each.title for each in queries.definition_of(case).requirement}
    return [
        {
            "label": titles.get(row.requirement_id, row.requirement_id),
            **attaching.shown_upload(found[row.upload_id]),
        }
        for row in rows
        if row.upload_id in found
    ]


@citizens
@never_cache
def slip(request: CitizenRequest, number: str) -> HttpResponse:
    """The receipt: number, PIN and QR, to print or to photograph."""
    case = queries.case_for_citizen(request.citizen, number)
    receipt = actions.receipt_of(request.citizen, case)
    told = story(case)
    office = region.office(case.office_code)
    rows = [
        {"label": _("Layanan"), "value": case.title},
        {"label": _("Ditangani"), "value": office.name if office else ""},
        {"label": _("Biaya"), "value": told["fees"]},
    ]
    if told["due"]:
        rows.append({"label": told["due"]["label"], "value": told["due"]["text"]})
    context = {
        **told,
        "receipt": receipt,
        "rows": rows,
        "track_url": f"{settings.BALAI.public_url.rstrip('/')}/lacak/?nomor={case.number}",
    }
    return render(request, "cases/slip.html", context)


@citizens
@never_cache
@claiming
def repair(request: CitizenRequest, number: str) -> HttpResponse:
    """Repair just what the officer marked."""
    case = queries.case_for_citizen(request.citizen, number)
    if case.state != CaseState.RETURNED:
        messages.info(request, _("Berkas ini tidak sedang menunggu perbaikan."))
        return redirect(case)
    repair = repairing.open_repair(request.citizen, case)
    changed = catalogue_forms.with_row_changed(repair.page, request.POST)
    if changed is not None:
        repairing.take_unfinished(repair, changed[0], request.FILES)
        return rows.back_to(request.path, changed[1])
    change = attaching.asked_to_change(repair.page, request.POST)
    if change is not None:
        refused = repairing.take_unfinished(repair, request.POST, request.FILES)
        if not refused:
            return rows.back_to(request.path, f"id_{change.id}")
        form = repair.form(request.POST, request.FILES)
        form.show_unchecked()
        attaching.refuse(form, refused)
    elif request.method == "POST":
        form = repairing.take(repair, request.POST, request.FILES)
    else:
        form = repair.form()
    if change is None and request.method == "POST" and not form.errors:
        try:
            answers = repairing.cleaned_answers(repair, form)
            uploads = repairing.files_for(repair, answers)
            chosen = references.as_ids(repair.letters)
            actions.repair(by=request.citizen, case=case, answers=answers, uploads=uploads, letters=chosen)
        except CitizenError as error:
            _say(form, error)
        else:
            repairing.forget(repair)
            messages.success(request, _("Perbaikan terkirim. Waktu layanan berjalan lagi."))
            return redirect(case)
    context = {
        **story(case),
        "service": repair.service,
        "form": form,
        "keeper": stash.mark(request.citizen),
    }
    return render(request, "cases/repair.html", context, status=400 if request.method == "POST" else 200)


def _say(form: AnswersForm, error: CitizenError) -> None:
    """A refusal beside the questions it is about, where it names them and they are on the page."""
    if not isinstance(error, FormErrors):
        form.add_error(None, error.sentence)
        return
    for name, faults in error.errors.items():
        for fault in faults:
            form.say(name, fault.sentence)


@citizens
@never_cache
def withdraw(request: CitizenRequest, number: str) -> HttpResponse:
    """Ask once more, then take the application back."""
    case = queries.case_for_citizen(request.citizen, number)
    if request.method == "POST":
        try:
            actions.withdraw(by=request.citizen, case=case)
        except CitizenError as error:
            messages.error(request, error.sentence)
        else:
            messages.success(request, _("Permohonan sudah ditarik."))
        return redirect(case)
    if case.state not in life.UNDECIDED:
        messages.info(request, _("Permohonan ini sudah diputuskan dan tidak bisa ditarik lagi."))
        return redirect(case)
    return render(request, "cases/withdraw.html", {"case": case})


@citizens
@require_POST
def message(request: CitizenRequest, number: str) -> HttpResponse:
    """Write to the office about one's own application."""
    case, status = queries.case_for_citizen(request.citizen, number), 400
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            ratelimit.hit("cases.message", str(request.citizen.pk), limit=MESSAGES_PER_HOUR, seconds=3600)
            text = form.cleaned_data["text"]
            key = writing.key_for(request.POST.get(writing.FORM_KEY, ""), text)
            actions.write(by=request.citizen, case=case, text=text, key=key)
        except CitizenError as error:
            form.add_error("text", error.sentence)
            status = error.status
        else:
            writing.forget(request.citizen, case)
            messages.success(request, _("Pesan terkirim. Jawabannya muncul di halaman ini."))
            return redirect(case)
    return render(request, "cases/mine.html", _mine_context(request, case, form), status=status)

"""The batch that is being signed: how far it is, and opening the key again for one that waits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from balai.documents import actions, queries
from balai.documents.forms import PassphraseForm
from balai.documents.models import SigningBatch
from balai.documents.permissions import SIGN
from balai.documents.views import shown
from balai.documents.views.desk import boxes
from balai.people.requests import OfficerRequest
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError


@require_safe
@officers(SIGN)
def batch(request: OfficerRequest) -> HttpResponse:
    """How far the officer's batch is; asks for the passphrase when it waits."""
    found = queries.last_batch(request.officer)
    if found is None:
        return redirect("letters_desk:tray")
    return _draw(request, found, PassphraseForm())


def _draw(request: OfficerRequest, batch: SigningBatch, form: PassphraseForm) -> HttpResponse:
    context = {"form": form, **_progress(batch), **boxes(request, "batch")}
    return render(request, "documents/batch.html", context, status=422 if form.errors else 200)


@require_safe
@officers(SIGN)
def progress(request: OfficerRequest) -> HttpResponse:
    """The part of the page that changes; asked again and again, answered 304 while nothing does."""
    found = queries.last_batch(request.officer)
    if found is None:
        return HttpResponse("")
    return render(request, "documents/_progress.html", _progress(found))


def _progress(batch: SigningBatch) -> dict[str, Any]:
    found = queries.batch_progress(batch)
    return {
        "progress": found,
        "share": round(100 * found.signed / found.total) if found.total else 100,
        "why": shown.batch_fault(batch),
        "returned": shown.rows(found.returned),
    }


@sensitive_post_parameters("passphrase")
@require_POST
@officers(SIGN)
def resume(request: OfficerRequest) -> HttpResponse:
    """Go on with the batch that waits."""
    form = PassphraseForm(request.POST)
    if form.is_valid():
        try:
            actions.resume(by=request.officer, passphrase=form.cleaned_data["passphrase"])
        except CitizenError as error:
            form.add_error("passphrase", error.sentence)
        else:
            return redirect("letters_desk:batch")
    found = queries.last_batch(request.officer)
    return _draw(request, found, form) if found is not None else redirect("letters_desk:tray")


@require_POST
@officers(SIGN)
def release(request: OfficerRequest) -> HttpResponse:
    """Put what is not signed yet back into the tray."""
    try:
        actions.release(by=request.officer)
    except CitizenError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Surat yang belum ditandatangani kembali ke daftar tunggu."))
    return redirect("letters_desk:tray")

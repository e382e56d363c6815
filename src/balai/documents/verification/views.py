"""Checking without an account: type the code that is on the letter, or send the file."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from balai.documents.compact import printed_code
from balai.documents.verification import wording
from balai.documents.verification.codes import tidy_code
from balai.documents.verification.forms import CodeForm, FileForm
from balai.documents.verification.intake import HeldUpload, take_whole_files
from balai.documents.verification.outcomes import ASK_FOR_ORIGINAL, Outcome, Standing
from balai.documents.verification.records import STATE_SENTENCES, Record, State, record_with_code
from balai.documents.verification.verifying import Verdict, VerifierBusy, verify_held
from balai.runtime import ratelimit
from balai.runtime.audience import everyone
from balai.runtime.client import client_ip

# A bank or a school may sit behind one address. A code is one of 2^60: nobody finds one by trying, the bound
# keeps those who try from being a burden.
FILES_PER_HOUR, CODES_PER_HOUR, HOUR = 120, 300, 3600
View = Callable[..., HttpResponse]

TITLES = {
    Standing.VALID: ("good", _("Sah.")),
    Standing.NOT: ("late", _("Tidak sah.")),
    Standing.UNKNOWN: ("attention", _("Tidak dapat dipastikan.")),
}
_WITHOUT = ("attention", _("Tanpa tanda tangan elektronik."))
_OVER = ("late", _("Tidak berlaku lagi."))
# Where "valid" and "not valid" would say too much.
SPECIAL_TITLES = {
    Outcome.VALID_TRIAL: ("attention", _("Utuh, tetapi uji coba.")),
    Outcome.UNSIGNED: _WITHOUT,
    Outcome.LETTER_PRINTED: _WITHOUT,
    Outcome.TIMESTAMP_ONLY: _WITHOUT,
    Outcome.LETTER_EXPIRED: _OVER,
    Outcome.LETTER_REPLACED: _OVER,
    Outcome.LETTER_REVOKED: _OVER,
}
TONES = {State.VALID: "good", State.EXPIRED: "attention", State.REPLACED: "late", State.REVOKED: "late"}


def unlisted(view: View) -> View:
    """Keep the answer out of search engines, caches and other sites' logs."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "private, no-store"
        return response

    return answer


@csrf_exempt  # changes nothing and reads no session; its body must not be read before the intake is set
@everyone
@require_http_methods(["GET", "HEAD", "POST"])
@unlisted
def check(request: HttpRequest) -> HttpResponse:
    """The two ways to check; a code leads on, a file is answered here."""
    if request.method == "POST":
        return _check_file(request)
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("verification:letter", code=form.cleaned_data["kode"])
    return _draw(request, code_form=form, status=422 if form.is_bound else 200)


def _draw(
    request: HttpRequest, *, code_form: CodeForm | None = None, file_form: FileForm | None = None, status: int
) -> HttpResponse:
    forms = {"code_form": code_form or CodeForm(), "file_form": file_form or FileForm()}
    faulty = next((form for form in forms.values() if form.is_bound and form.errors), None)
    return render(request, "documents/verification/check.html", {**forms, "faulty": faulty}, status=status)


def _check_file(request: HttpRequest) -> HttpResponse:
    ratelimit.hit("documents.check.file", client_ip(request), limit=FILES_PER_HOUR, seconds=HOUR)
    take_whole_files(request)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _draw(request, file_form=form, status=422)
    upload = form.cleaned_data["berkas"]
    return render(request, "documents/verification/result.html", result_context(verdict_on(upload)))


def verdict_on(upload: HeldUpload) -> Verdict:
    """The verdict on an upload, which is let go of afterwards; raises VerifierBusy."""
    if upload.held is None:
        raise VerifierBusy()
    with upload.held as held:
        return verify_held(held, upload.name or "")


def result_context(verdict: Verdict) -> dict[str, Any]:
    """What the page of a result shows."""
    tone, title = SPECIAL_TITLES.get(verdict.outcome, TITLES[verdict.standing])
    signatures = verdict.facts.signatures
    return {
        "tone": tone,
        "title": title,
        "verdict": verdict,
        "size": wording.size_words(verdict.size),
        "letter_rows": wording.letter_rows(verdict.record) if verdict.record else [],
        "is_to_ask_for_original": verdict.outcome in ASK_FOR_ORIGINAL,
        "is_no_pdf": verdict.outcome == Outcome.NOT_PDF,
        "is_whole": verdict.record is not None and verdict.record.is_whole,
        "signatures": [
            {"rows": wording.signature_rows(each), "name": each.signer or each.field} for each in signatures
        ],
    }


@everyone
@require_safe
@unlisted
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """What a code stands for; an unknown one looks the same whatever was tried."""
    ratelimit.hit("documents.check.code", client_ip(request), limit=CODES_PER_HOUR, seconds=HOUR)
    tidy = tidy_code(code)
    if tidy and tidy != code:
        return redirect("verification:letter", code=tidy)
    record = record_with_code(tidy)
    context = {
        "code": printed_code(tidy) if tidy else code,
        "file_form": FileForm(),
        **_letter_context(record),
    }
    status = 200 if record else 404
    return render(request, "documents/verification/letter.html", context, status=status)


def _letter_context(record: Record | None) -> dict[str, Any]:
    if record is None:
        return {"record": None}
    return {
        "record": record,
        "tone": TONES[record.state],
        "state_title": f"{record.state.label}.",
        "sentence": wording.with_reason(str(STATE_SENTENCES[record.state]), record),
        "rows": wording.letter_rows(record),
        "is_trial": settings.BALAI.mode != "production",
    }

"""Designed pages for what goes wrong, and the same as JSON for machines.

The template `ui/error.html` gets: code (HTTP status), title, sentence, hint, error_code, request_id.
"""

from __future__ import annotations

import logging
from dataclasses import asdict
from html import escape
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from balai.runtime.audience import everyone, wants_json
from balai.runtime.errors import CitizenError, Forbidden, NotFound, TooMany, faults_of

log = logging.getLogger(__name__)

TITLES: dict[int, str | Promise] = {
    400: _("Permintaan belum dapat diproses"),
    401: _("Silakan masuk dahulu"),
    403: _("Halaman ini bukan untuk Anda"),
    404: _("Halaman tidak ditemukan"),
    409: _("Keadaan sudah berubah"),
    410: _("Sudah tidak terbuka lagi"),
    413: _("Kiriman terlalu besar"),
    429: _("Mohon tunggu sebentar"),
    500: _("Ada gangguan di pihak kami"),
    503: _("Layanan sedang disiapkan"),
}


class BadRequest(CitizenError):
    """What arrived could not be read at all."""

    code = "runtime.bad_request"
    template = _("Kiriman tidak dapat kami baca.")
    hint = _("Kembali ke halaman sebelumnya, muat ulang, lalu kirim sekali lagi.")


class FormExpired(CitizenError):
    """The form's protection against forged sending no longer fits: the page was open for too long."""

    code = "runtime.form_expired"
    template = _("Formulir ini sudah terlalu lama terbuka, sehingga belum kami terima.")
    hint = _("Kembali ke halaman sebelumnya, lalu kirim sekali lagi. Tulisan Anda biasanya masih di sana.")
    status = 403
    title = _("Kirim sekali lagi")


class Fault(CitizenError):
    """A fault of ours."""

    code = "runtime.fault"
    template = _("Terjadi gangguan pada sistem kami. Data yang sudah Anda kirim tetap aman.")
    hint = _(
        "Silakan coba beberapa saat lagi. Bila masih terjadi, sebutkan nomor gangguan ini kepada petugas."
    )
    status = 500


def error_response(request: HttpRequest, error: CitizenError) -> HttpResponse:
    """The answer to an error: JSON `{code, sentence, hint, faults, request_id}`, or the page."""
    request_id = str(getattr(request, "request_id", ""))
    if wants_json(request):
        response: HttpResponse = JsonResponse(
            {
                "code": error.code,
                "sentence": error.sentence,
                "hint": str(error.hint),
                "faults": [asdict(fault) for fault in faults_of(error)],
                "request_id": request_id,
            },
            status=error.status,
        )
    else:
        response = HttpResponse(_page(request, error, request_id), status=error.status)
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.retry_after)
    return response


def _page(request: HttpRequest, error: CitizenError, request_id: str) -> str:
    context: dict[str, Any] = {
        "code": error.status,
        "title": getattr(error, "title", None)
        or TITLES.get(error.status, TITLES[500 if error.status >= 500 else 400]),
        "sentence": error.sentence,
        "hint": error.hint,
        "error_code": error.code,
        "request_id": request_id,
    }
    try:
        return render_to_string("ui/error.html", context, request)
    except Exception:
        # The fault may be in what every page needs (database, government): the last page needs nothing.
        log.exception("error page could not be rendered")
        return _bare_page(context)


def _bare_page(context: dict[str, Any]) -> str:
    title, sentence, hint = (escape(str(context[name])) for name in ("title", "sentence", "hint"))
    return (
        f'<!doctype html><html lang="{get_language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head><body><main><h1>{title}</h1><p>{sentence}</p><p>{hint}</p>"
        f'<p>{context["code"]} {escape(context["request_id"])}</p><p><a href="/">Beranda</a></p>'
        "</main></body></html>"
    )


@everyone
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400."""
    return error_response(request, BadRequest())


@everyone
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403."""
    return error_response(request, Forbidden())


@everyone
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404."""
    return error_response(request, NotFound())


@everyone
def fault(request: HttpRequest) -> HttpResponse:
    """handler500."""
    return error_response(request, Fault())


@everyone
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the typed values stay in the page that the person goes back to."""
    return error_response(request, FormExpired())

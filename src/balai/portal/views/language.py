"""Choosing the language of the pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from balai.notify import actions as notify
from balai.portal.caching import has_session
from balai.portal.own_forms import is_ours
from balai.portal.views.door import safe_next
from balai.runtime.audience import everyone
from balai.runtime.errors import CitizenError, Forbidden
from balai.runtime.language import is_offered, remember


class UnknownLanguage(CitizenError):
    """The pages do not exist in this language."""

    code = "portal.unknown_language"
    template = _("Bahasa itu belum ada di sini. Pilih salah satu bahasa di kaki halaman.")
    status = 400


@csrf_exempt  # every public page offers it, and a token would keep those from being cached; see own_forms
@everyone
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the choice on this device and, for who is signed in, for what we send; then back to the page.

    Raises Forbidden for a form of another site and UnknownLanguage.
    """
    if not is_ours(request):
        raise Forbidden()
    code = request.POST.get("bahasa", "")
    if not is_offered(code):
        raise UnknownLanguage()
    citizen = request.citizen if has_session(request) else None  # type: ignore[attr-defined]  # set by WhoAsks
    if citizen is not None:
        notify.choose_language(by=citizen.as_actor(), owner=citizen.as_subject(), language=code)
    response = redirect(safe_next(request, request.POST.get("kembali", ""), otherwise="portal:home"))
    remember(response, code)
    return response

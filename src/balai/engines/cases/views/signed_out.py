"""What was typed although the session had ended: kept for the same person, who finds it after signing in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from balai.catalogue import running
from balai.engines.cases import queries
from balai.engines.cases.enums import CaseState
from balai.engines.cases.forms import application, message, repair, stash
from balai.engines.cases.forms.stash import Stashed
from balai.kernel.references import Subject
from balai.people.requests import CitizenRequest
from balai.runtime import ratelimit
from balai.runtime.client import client_ip
from balai.runtime.errors import NotFound

# Anybody can send a form; only pages that were drawn for somebody are kept, and of one address so many.
STASHES_PER_HOUR = 60
View = Callable[..., HttpResponse]
Keeper = Callable[[HttpRequest, Subject, dict[str, Any]], "Stashed | None"]


def claiming(view: View) -> View:
    """Lay what was typed while signed out over the citizen's drafts before the view looks at them.

    The token stays where it is while it does not fit: on a shared computer its owner may come back.
    """

    @wraps(view)
    def claimed(request: CitizenRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        has_claimed = stash.claim(request)
        response = view(request, *args, **kwargs)
        if has_claimed:
            stash.forget(response)
        return response

    return claimed


def keep_signed_out(request: HttpRequest) -> HttpResponse | None:
    """Keep the form, let the citizen sign in, and go on; None when the page is not one of ours."""
    try:
        match = resolve(request.path)
    except Resolver404:
        return None
    keeper = KEEPERS.get(match.view_name)
    meant_for = stash.meant_for(request)
    if keeper is None or meant_for is None:
        return None
    ratelimit.hit("cases.stash", client_ip(request), limit=STASHES_PER_HOUR, seconds=3600)
    kept = keeper(request, meant_for, match.kwargs)
    if kept is None:
        return None
    response = redirect(f"/masuk/?{urlencode({'lanjut': kept.back_to})}")
    stash.keep(request, response, kept, meant_for)
    messages.info(request, _("Waktu masuk Anda sudah habis. Isian Anda aman: masuk lagi untuk melanjutkan."))
    return response


def _page(request: HttpRequest, meant_for: Subject, asked: dict[str, Any]) -> Stashed | None:
    try:
        service = running.current().by_slug(asked["slug"])
    except NotFound:
        return None
    page = {each.id: each for each in service.pages}.get(asked["page_id"])
    return Stashed(application.KIND, service.id, page, request.get_full_path()) if page else None


def _repair(request: HttpRequest, meant_for: Subject, asked: dict[str, Any]) -> Stashed | None:
    """Which questions are open is known only with the case; the signed mark says whose it must be."""
    case = queries.case_of_applicant(meant_for.id, asked["number"])
    if case is None or case.state != CaseState.RETURNED:
        return None
    page = repair.open_repair(case.applicant, case).page
    return Stashed(repair.KIND, case.number, page, request.path)


def _message(request: HttpRequest, meant_for: Subject, asked: dict[str, Any]) -> Stashed | None:
    case = queries.case_of_applicant(meant_for.id, asked["number"])
    return Stashed(message.KIND, case.number, message.PAGE, case.get_absolute_url()) if case else None


KEEPERS: dict[str, Keeper] = {"cases:page": _page, "cases:repair": _repair, "cases:message": _message}

"""Following an application with a paper slip: no account, no personal data."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from balai.engines.cases import queries
from balai.engines.cases.forms.story import story
from balai.people.requests import VisitorRequest
from balai.runtime import clock
from balai.runtime.audience import everyone
from balai.runtime.errors import NotFound

SALT = "cases.follow"
GRANT_SECONDS = 300
FOLLOWED = "cases.followed"
MOST_FOLLOWED = 20


def grant_url(number: str) -> str:
    """Address that opens a case to whoever has just shown number and PIN; good for five minutes."""
    return f"{reverse('cases:followed', args=[number])}?izin={_grant(number)}"


def _grant(number: str) -> str:
    until = int(clock.now().timestamp()) + GRANT_SECONDS
    return signing.dumps([number, until], salt=SALT)


def _grants(token: str, number: str) -> bool:
    try:
        granted, until = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return False
    return bool(granted == number and clock.now().timestamp() <= until)


@everyone
@never_cache
def followed(request: VisitorRequest, number: str) -> HttpResponse:
    """Where the application stands, for the browser session that showed number and PIN."""
    if "izin" in request.GET:
        return _remember(request, number)
    if not _is_followed(request, number):
        return _ask_again(number)
    return render(request, "cases/followed.html", _told(number))


@everyone
def news(request: VisitorRequest, number: str) -> HttpResponse:
    """The part of the page that changes; to a browser that did not show number and PIN there is nothing."""
    if not _is_followed(request, number):
        raise NotFound(number)
    return render(request, "cases/_news.html", _told(number))


def _is_followed(request: VisitorRequest, number: str) -> bool:
    return number in request.session.get(FOLLOWED, ())


def _told(number: str) -> dict[str, Any]:
    case = queries.case_by_number(number)
    if case is None:
        raise NotFound(number)
    return {**story(case), "may_sign_in": True}


def _ask_again(number: str) -> HttpResponse:
    return redirect(f"/lacak/?{urlencode({'nomor': number})}")


def _remember(request: VisitorRequest, number: str) -> HttpResponse:
    """Keep the grant in the session and out of the address bar, where the next user would find it."""
    if not _grants(request.GET["izin"], number):
        messages.info(request, _("Masukkan nomor dan PIN sekali lagi."))
        return _ask_again(number)
    known = [each for each in request.session.get(FOLLOWED, []) if each != number]
    request.session[FOLLOWED] = [*known, number][-MOST_FOLLOWED:]
    if request.account is None:
        request.session.set_expiry(0)
    return redirect("cases:followed", number=number)

"""Whose part in a report a browser may act for: a citizen's own, or that of whoever showed number and PIN."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from balai.engines.reports.models import Voice
from balai.engines.reports.queries import finding
from balai.engines.reports.views.receipt import SENT
from balai.people.requests import VisitorRequest
from balai.runtime import clock
from balai.runtime.errors import NotFound

SALT = "reports.follow"
GRANT_SECONDS = 300
FOLLOWED = "reports.followed"
MOST_FOLLOWED = 20


def grant_url(voice: Voice) -> str:
    """Address that opens a report to whoever has just shown number and PIN; good for five minutes."""
    until = int(clock.now().timestamp()) + GRANT_SECONDS
    grant = signing.dumps([str(voice.pk), until], salt=SALT)
    return f"/lacak/laporan/{voice.report.number}/?izin={grant}"


def part_of(request: VisitorRequest, number: str) -> Voice | None:
    """Her part in this report; None for a browser that has shown nothing."""
    citizen = getattr(request, "citizen", None)
    if citizen is not None:
        try:
            return finding.voice_of_citizen(citizen, number)
        except NotFound:
            pass
    for where in (FOLLOWED, SENT):
        voice_id = request.session.get(where, {}).get(number)
        voice = finding.voice_by_id(UUID(voice_id)) if voice_id else None
        if voice is not None:
            return voice
    return None


def take_grant(request: VisitorRequest, number: str) -> HttpResponse:
    """Keep the grant in the session and out of the address bar, where the next user would find it."""
    try:
        voice_id, until = signing.loads(request.GET["izin"], salt=SALT)
    except signing.BadSignature:
        return ask_again(request, number)
    voice = finding.voice_by_id(voice_id) if clock.now().timestamp() <= until else None
    if voice is None or voice.report.number != number:
        return ask_again(request, number)
    kept = {**request.session.get(FOLLOWED, {}), number: str(voice.pk)}
    request.session[FOLLOWED] = dict(list(kept.items())[-MOST_FOLLOWED:])
    if request.account is None:
        request.session.set_expiry(0)
    return redirect("reports:followed", number=number)


def ask_again(request: VisitorRequest, number: str) -> HttpResponse:
    """To the page for number and PIN; the same for a number that does not exist."""
    messages.info(request, _("Masukkan nomor dan PIN dari bukti laporan Anda."))
    return redirect(f"/lacak/?{urlencode({'nomor': number})}")

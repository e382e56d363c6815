"""Following a case with number and PIN, without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from balai.catalogue import engine
from balai.portal.forms import TrackForm
from balai.runtime import ratelimit
from balai.runtime.audience import everyone
from balai.runtime.client import client_ip

# A PIN has a million values and is only good with its number: ten tries an hour for one number are even
# odds after nearly six years. An address may be a whole village office.
TRIES_PER_NUMBER = 10
TRIES_PER_ADDRESS = 100
HOUR = 3600


@everyone
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Number and PIN; whatever is wrong with them gets one and the same sentence."""
    form = TrackForm(request.POST if request.method == "POST" else None, initial=_typed_number(request))
    if form.is_bound and form.is_valid():
        url = _find(request, form.cleaned_data["number"], form.cleaned_data["pin"])
        if url is not None:
            return redirect(url)
        form.add_error("pin", _("Nomor atau PIN tidak cocok. Cocokkan keduanya dengan slip Anda."))
    return render(request, "portal/track.html", {"form": form}, status=422 if form.errors else 200)


def _typed_number(request: HttpRequest) -> dict[str, str]:
    """`?nomor=` fills the number in, as the slip's QR code does."""
    return {"number": request.GET.get("nomor", "")[:60]}


def _find(request: HttpRequest, number: str, pin: str) -> str | None:
    ratelimit.hit("portal.track.address", client_ip(request), limit=TRIES_PER_ADDRESS, seconds=HOUR)
    ratelimit.hit("portal.track.number", number, limit=TRIES_PER_NUMBER, seconds=HOUR)
    found = (each.track(number, pin) for each in engine.engines())
    url = next((url for url in found if url is not None), None)
    if url is not None:
        ratelimit.forgive("portal.track.number", number)
    return url

"""Signing in with NIK and a one-time code, and signing out."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from balai.catalogue.kinds.sentences import sentence
from balai.kernel.errors import ValueRefused
from balai.kernel.nik import Nik
from balai.notify import queries as notify
from balai.people import actions as people
from balai.people.contacts import parse_contact
from balai.people.session import sign_in_citizen, sign_out
from balai.portal.forms import CodeForm, DoorForm
from balai.runtime.audience import everyone
from balai.runtime.client import client_ip
from balai.runtime.errors import CitizenError
from balai.runtime.language import remember

CHALLENGE = "portal.challenge"


@everyone
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """First step: NIK and contact. The answer is the same for known and unknown people."""
    next_url = safe_next(request, request.POST.get("lanjut") or request.GET.get("lanjut", ""))
    if request.method != "POST" and request.citizen is not None:  # type: ignore[attr-defined]  # set by WhoAsks
        return redirect(next_url)
    form = DoorForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _send_code(request, form, next_url):
        return redirect("portal:code")
    return render(request, "portal/door.html", {"form": form, "next_url": next_url}, status=_status(form))


@everyone
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Second step: the code. A stranger without a challenge goes back to the first."""
    waiting = request.session.get(CHALLENGE)
    if waiting is None:
        return redirect("portal:door")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            citizen = people.confirm_code(challenge_id=waiting["id"], code=form.cleaned_data["code"])
        except CitizenError as error:
            form.add_error("code", error.sentence)
        else:
            del request.session[CHALLENGE]
            sign_in_citizen(request, citizen)
            entered = redirect(safe_next(request, waiting["next"]))
            own = notify.chosen_language(citizen.as_subject())
            if own:
                remember(entered, own)
            return entered
    context = {
        "form": form,
        "sent_to": waiting["sent_to"],
        "demo_messages_url": _demo_messages_url(),
        "again_url": f"{reverse('portal:door')}?{urlencode({'lanjut': waiting['next']})}",
    }
    return render(request, "portal/code.html", context, status=_status(form))


@everyone
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out; shared phones are common, so nothing of the session stays."""
    sign_out(request)
    return redirect("portal:home")


def safe_next(request: HttpRequest, wanted: str, *, otherwise: str = "portal:me") -> str:
    """`wanted` when it is a page of this very town, otherwise the citizen's own page or the one named."""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse(otherwise)


def _send_code(request: HttpRequest, form: DoorForm, next_url: str) -> bool:
    """Ask `people` for a code; refusals land beside their field."""
    nik, contact = form.cleaned_data["nik"], form.cleaned_data["contact"]
    try:
        challenge_id = people.request_code(nik=nik, contact=contact, ip=client_ip(request))
    except ValueRefused:
        _say_what_is_wrong(form)
    except CitizenError as error:
        form.add_error("contact" if error.status == 400 else None, error.sentence)
    else:
        masked = parse_contact(contact).masked
        request.session[CHALLENGE] = {"id": str(challenge_id), "sent_to": masked, "next": next_url}
        return True
    return False


def _say_what_is_wrong(form: DoorForm) -> None:
    """Both answers at once: `people` stops at the first that it cannot read."""
    readers: dict[str, Callable[[str], object]] = {"nik": Nik.parse, "contact": parse_contact}
    for name, read in readers.items():
        try:
            read(form.cleaned_data[name])
        except ValueRefused as refused:
            form.add_error(name, sentence(refused.code, **refused.params))


def _demo_messages_url() -> str:
    """Where a demo town shows its messages; "" elsewhere."""
    if settings.BALAI.mode == "production":
        return ""
    try:
        return reverse("notify:demo_messages")
    except NoReverseMatch:
        return ""


def _status(form: forms.Form) -> int:
    """422 for a page that comes back with errors, so that machines and tests see it too."""
    return 422 if form.is_bound and form.errors else 200

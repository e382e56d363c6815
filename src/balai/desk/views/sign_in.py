"""The officer's door: password, then a second factor, enrolled on the first visit."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from balai.desk.forms import CodeForm, PasswordForm
from balai.people import actions as people
from balai.people import session
from balai.people.models import Officer
from balai.people.requests import VisitorRequest
from balai.runtime.audience import everyone
from balai.runtime.client import client_ip
from balai.runtime.errors import CitizenError

INBOX = "/meja/"


def _onward(request: VisitorRequest) -> str:
    """Where the officer wanted to go: an address of this desk, else the inbox."""
    target = request.POST.get("lanjut") or request.GET.get("lanjut") or ""
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith(INBOX)
    return target if is_ours else INBOX


def _with_onward(path: str, request: VisitorRequest) -> str:
    onward = _onward(request)
    return path if onward == INBOX else f"{path}?{urlencode({'lanjut': onward})}"


@everyone
@never_cache
@sensitive_post_parameters("password")
def password(request: VisitorRequest) -> HttpResponse:
    """First step: name and password. What was typed stays but for the password."""
    if request.officer:
        return redirect(_onward(request))
    form = PasswordForm(request.POST if request.method == "POST" else None)
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            officer = people.verify_password(**form.cleaned_data, ip=client_ip(request))
        except CitizenError as error:
            form.add_error(None, error.sentence)
            status = error.status
        else:
            session.sign_in_officer(request, officer)
            return redirect(_with_onward("/meja/masuk/kode/", request))
    context = {"form": form, "onward": _onward(request)}
    return render(request, "desk/sign_in.html", context, status=status)


@everyone
@never_cache
@sensitive_post_parameters("code")
def second_factor(request: VisitorRequest) -> HttpResponse:
    """Second step: a code of the authenticator. Who has none yet is led to enrol one."""
    officer = request.officer_pending
    if officer is None:
        return redirect(_with_onward("/meja/masuk/", request))
    if not officer.is_enrolled:
        return redirect(_with_onward("/meja/masuk/daftar-kode/", request))
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            people.verify_second_factor(by=officer, code=form.cleaned_data["code"])
        except CitizenError as error:
            form.add_error("code", error.sentence)
            status = error.status
        else:
            session.mark_second_factor(request, officer)
            return redirect(_onward(request))
    context = {"form": form, "onward": _onward(request)}
    return render(request, "desk/second_factor.html", context, status=status)


@everyone
@never_cache
@sensitive_post_parameters("code")
def enrol(request: VisitorRequest) -> HttpResponse:
    """First visit: show the secret as QR and text, and open the desk once a code proves it is kept."""
    officer: Officer | None = request.officer_pending
    if officer is None or officer.is_enrolled:
        return redirect(_with_onward("/meja/masuk/kode/", request))
    enrolment = people.enrol_totp(by=officer)
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            codes = people.confirm_totp(by=officer, code=form.cleaned_data["code"])
        except CitizenError as error:
            form.add_error("code", error.sentence)
            status = error.status
        else:
            session.mark_second_factor(request, officer)
            return render(request, "desk/recovery_codes.html", {"codes": codes, "next_url": _onward(request)})
    context = {"form": form, "enrolment": enrolment, "onward": _onward(request)}
    return render(request, "desk/enrol.html", context, status=status)


@everyone
@require_POST
def sign_out(request: VisitorRequest) -> HttpResponse:
    """End the session."""
    session.sign_out(request)
    return redirect("desk:sign_in")

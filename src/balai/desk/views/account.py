"""The officer's own account: roles she holds, password, recovery codes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from balai.desk.forms import NewPasswordForm
from balai.people import actions as people
from balai.people.errors import PasswordWeak, SignInRefused
from balai.region import queries as region
from balai.runtime.audience import officers
from balai.runtime.client import client_ip
from balai.runtime.errors import CitizenError


@officers
def account(request: HttpRequest) -> HttpResponse:
    """What the town knows about this officer, and the doors to change it."""
    roles = [
        {"label": held.role.name, "value": _office_name(held.office_code)}
        for held in request.officer.assignments_today
    ]
    return render(request, "desk/account.html", {"roles": roles})


def _office_name(code: str) -> str:
    office = region.office(code)
    return office.name if office else code


@officers
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; the session stays, every other one of the account ends."""
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _change_password(request, form):
        messages.success(request, _("Kata sandi sudah diganti."))
        return redirect("desk:account")
    return render(request, "desk/password.html", {"form": form}, status=400 if form.errors else 200)


def _change_password(request: HttpRequest, form: NewPasswordForm) -> bool:
    officer = request.officer
    try:
        people.verify_password(
            login_name=officer.account.login_name,
            password=form.cleaned_data["present"],
            ip=client_ip(request),
        )
        people.set_password(by=officer.as_actor(), officer=officer, password=form.cleaned_data["new"])
    except SignInRefused:
        form.add_error("present", _("Kata sandi sekarang tidak cocok."))
    except PasswordWeak as error:
        form.add_error("new", error.sentence)
    except CitizenError as error:
        form.add_error(None, error.sentence)
    else:
        update_session_auth_hash(request, officer.account)
        return True
    return False


@officers
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes, shown on this answer alone."""
    codes = people.renew_recovery_codes(by=request.officer)
    return render(request, "desk/recovery_codes.html", {"codes": codes, "next_url": "/meja/akun/"})

"""The officer's own account: roles she holds, password, recovery codes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from balai.desk.absence_forms import HandOverForm
from balai.desk.forms import NewPasswordForm
from balai.people import actions as people
from balai.people import queries as people_queries
from balai.people.errors import PasswordWeak, SignInRefused
from balai.people.requests import OfficerRequest
from balai.people.today import local_today
from balai.region import queries as region
from balai.runtime.audience import officers
from balai.runtime.client import client_ip
from balai.runtime.errors import CitizenError


@officers
def account(request: OfficerRequest) -> HttpResponse:
    """What the town knows about this officer, and the doors to change it."""
    today = local_today()
    roles = [
        {
            "label": held.role.name,
            "value": ". ".join(filter(None, (_office_name(held.office_code), held.note))),
        }
        for held in request.officer.assignments_today
    ]
    absences = people_queries.absences_of(request.officer, today)
    context = {
        "roles": roles,
        "is_away": any(each.from_on <= today for each in absences),
        "today": today,
        "absences": absences,
        "hand_over": HandOverForm(colleagues=people_queries.colleagues_of(request.officer, today)),
    }
    return render(request, "desk/account.html", context)


def _office_name(code: str) -> str:
    office = region.office(code)
    return office.name if office else code


@officers
@never_cache
@sensitive_post_parameters("present", "new", "again")
def password(request: OfficerRequest) -> HttpResponse:
    """Change the password; the session stays, every other one of the account ends."""
    form, status = NewPasswordForm(request.POST if request.method == "POST" else None), 200
    if form.is_bound:
        status = _change_password(request, form) if form.is_valid() else 400
        if status == 200:
            messages.success(
                request, _("Kata sandi sudah diganti. Sesi lain dengan akun ini sudah berakhir.")
            )
            return redirect("desk:account")
    return render(request, "desk/password.html", {"form": form}, status=status)


def _change_password(request: OfficerRequest, form: NewPasswordForm) -> int:
    """200 when it is changed, else the status of the page that comes back with the reason."""
    officer, status = request.officer, 400
    try:
        people.verify_password(
            login_name=officer.account.login_name or "",
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
        status = error.status
    else:
        update_session_auth_hash(request, officer.account)
        status = 200
    return status


@officers
@never_cache
@require_POST
def recovery_codes(request: OfficerRequest) -> HttpResponse:
    """Ten new recovery codes, shown on this answer alone."""
    codes = people.renew_recovery_codes(by=request.officer)
    return render(request, "desk/recovery_codes.html", {"codes": codes, "next_url": "/meja/akun/"})

"""The demo town's page of officers: their names, the one password, and the code that is valid now."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from balai.demo.town.cast import PASSWORD, SIGNING_PASSPHRASE, login_name, workplaces
from balai.people.models import Officer
from balai.people.totp import code_at, current_step
from balai.runtime.audience import everyone
from balai.runtime.errors import NotFound


@everyone
@never_cache
def officers(request: HttpRequest) -> HttpResponse:
    """Who may sit down at which desk of the demo town."""
    if settings.BALAI.mode == "production":
        raise NotFound
    offices_at_work = workplaces()
    names = [login_name(staff, place) for place in offices_at_work for staff in place.staff]
    known = {
        officer.account.login_name: officer
        for officer in Officer.objects.filter(account__login_name__in=names).select_related("account")
    }
    offices = [
        {
            "name": place.name,
            "staff": [
                {
                    "login_name": login_name(staff, place),
                    "name": staff.name,
                    "title": staff.title,
                    "code": _code(known.get(login_name(staff, place))),
                }
                for staff in place.staff
            ],
        }
        for place in offices_at_work
    ]
    given = {"offices": offices, "password": PASSWORD, "passphrase": SIGNING_PASSPHRASE}
    return render(request, "demo/officers.html", given)


def _code(officer: Officer | None) -> str:
    """A code that the desk will take: of the next step when this one was used already."""
    if officer is None or officer.totp_secret is None:
        return ""
    step = max(current_step(), officer.totp_last_step + 1)
    return code_at(officer.totp_secret.clear, step)

"""What `middleware.WhoAsks` puts into a request, as far as its audience tells: for the type checker.

A view behind `@citizens` takes a CitizenRequest, one behind `@officers` an OfficerRequest; a view for
everyone that asks who it is takes a VisitorRequest.
"""

from __future__ import annotations

from django.http import HttpRequest

from balai.people.models import Account, Citizen, Officer


class CitizenRequest(HttpRequest):
    """Somebody is signed in as a citizen."""

    citizen: Citizen


class OfficerRequest(HttpRequest):
    """Somebody is signed in as an officer, second factor included."""

    officer: Officer


class VisitorRequest(HttpRequest):
    """Anybody: each of these may be None."""

    account: Account | None
    citizen: Citizen | None
    officer: Officer | None
    officer_pending: Officer | None

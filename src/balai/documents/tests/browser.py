"""An officer's browser in tests: both factors passed."""

from __future__ import annotations

from django.test import Client, RequestFactory

from balai.people import session
from balai.people.models import Officer
from balai.people.tests.factories import enrol


def browser_of(officer: Officer) -> Client:
    """A browser in which this officer is signed in."""
    if not officer.is_enrolled:
        enrol(officer)
        officer.refresh_from_db()
    client, request = Client(), RequestFactory().get("/")
    request.session = client.session
    session.sign_in_officer(request, officer)
    session.mark_second_factor(request, officer)
    request.session.save()
    client.cookies["sessionid"] = str(request.session.session_key)
    return client

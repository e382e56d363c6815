"""An officer's browser in tests: both factors passed."""

from __future__ import annotations

from django.test import Client, RequestFactory

from balai.people import session
from balai.people.tests.factories import enrol, make_area, make_officer


def browser_with(*permissions: str) -> Client:
    """A browser in which an officer of these permissions is signed in."""
    make_area()
    officer = make_officer(permissions=permissions)
    enrol(officer)
    officer.refresh_from_db()
    client, request = Client(), RequestFactory().get("/")
    request.session = client.session
    session.sign_in_officer(request, officer)
    session.mark_second_factor(request, officer)
    request.session.save()
    client.cookies["sessionid"] = str(request.session.session_key)
    return client

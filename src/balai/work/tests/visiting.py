"""A browser at the desk, without the door: the desk's own tests walk through that."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client

from balai.people import session
from balai.people.models import Officer
from balai.people.tests.factories import enrol


def signed_in(officer: Officer) -> Client:
    """A browser of this officer, both steps of the door behind her."""
    if not officer.is_enrolled:
        enrol(officer)
    request = HttpRequest()
    request.session = SessionStore()
    session.sign_in_officer(request, officer)
    session.mark_second_factor(request, officer)
    request.session.save()
    client = Client()
    client.cookies["sessionid"] = str(request.session.session_key)
    return client

"""Signed-in sessions without passing the door: what the door does last is done here."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from balai.people import session
from balai.people.models import Citizen, Officer


def of_citizen(citizen: Citizen) -> str:
    """The key of a citizen's new session."""
    request = _request()
    session.sign_in_citizen(request, citizen)
    return _key(request)


def of_officer(officer: Officer) -> str:
    """The key of an officer's new session, second factor passed."""
    request = _request()
    session.sign_in_officer(request, officer)
    session.mark_second_factor(request, officer)
    return _key(request)


def _request() -> HttpRequest:
    request = HttpRequest()
    request.session = SessionStore()
    return request


def _key(request: HttpRequest) -> str:
    request.session.save()
    return str(request.session.session_key)

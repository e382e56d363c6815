"""Going through the officer's door in tests, as an officer does."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from balai.people.models import Officer
from balai.people.tests.factories import PASSWORD, enrol
from balai.people.totp import STEP_SECONDS, code_at, current_step
from balai.runtime import clock

SIGN_IN, CODE, ENROL = "/meja/masuk/", "/meja/masuk/kode/", "/meja/masuk/daftar-kode/"


def type_password(client: Client, officer: Officer, password: str = PASSWORD, onward: str = "/meja/"):
    """First step."""
    typed = {"login_name": officer.account.login_name, "password": password, "lanjut": onward}
    return client.post(SIGN_IN, typed)


def code_now(officer: Officer, *, steps: int = 0) -> str:
    """What the officer's authenticator shows, or will show `steps` later."""
    officer.refresh_from_db()
    return code_at(officer.totp_secret.clear, current_step() + steps)


def signed_in(officer: Officer) -> Client:
    """A browser that has gone through both steps; the officer is enrolled on the way when she is not."""
    if not officer.is_enrolled:
        # Enrolling spends the code of its moment, so it was a minute ago.
        with clock.reading(_earlier()):
            enrol(officer)
    client = Client()
    type_password(client, officer)
    answer = client.post(CODE, {"code": code_now(officer), "lanjut": "/meja/"})
    assert answer.status_code == 302, answer.content.decode()
    return client


def _earlier():
    moment = clock.now() - timedelta(seconds=4 * STEP_SECONDS)
    return lambda: moment

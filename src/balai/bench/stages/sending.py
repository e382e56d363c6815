"""The last click of a prepared application, inside this process."""

from __future__ import annotations

from django.test import Client

from balai.bench.requests import CSRF_TOKEN


def send(application: dict[str, str]) -> str:
    """Send it through the real view; the address of its receipt. Raises LookupError when it is not taken."""
    client = client_of(application["session"])
    client.cookies["csrftoken"] = CSRF_TOKEN
    fields = {"csrfmiddlewaretoken": CSRF_TOKEN, "berkas": application["case_id"]}
    answer = client.post(application["path"], fields)
    if answer.status_code != 302 or not answer["Location"].endswith("/bukti/"):
        raise LookupError(f"the application was not taken: {answer.status_code} {answer.headers}")
    return str(answer["Location"])


def client_of(session: str) -> Client:
    """A browser that holds a session."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.cookies["sessionid"] = session
    return client

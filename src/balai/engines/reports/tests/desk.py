"""The desk as an officer without scripts meets it."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client, RequestFactory

from balai.engines.reports.models import Report
from balai.people import session
from balai.people.models import Officer
from balai.people.tests.factories import enrol


def at_the_desk(officer: Officer) -> Client:
    """A browser in which this officer has passed both factors."""
    if not officer.is_enrolled:
        enrol(officer)
        officer.refresh_from_db()
    client, request = Client(), RequestFactory().get("/")
    request.session = client.session
    session.sign_in_officer(request, officer)
    session.mark_second_factor(request, officer)
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    return client


def url_of(report: Report) -> str:
    """The officer's page of a report."""
    return f"/meja/laporan/{report.pk}/"


def read(client: Client, url: str, status: int = 200) -> str:
    """The page's text."""
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def act(client: Client, report: Report, name: str, status: int = 302, **typed: Any) -> str:
    """Send one form of the page, at the version that stands in the database unless another is given."""
    typed.setdefault("version", Report.objects.get(pk=report.pk).version)
    answer = client.post(f"{url_of(report)}{name}/", typed)
    words = answer.content.decode()
    assert answer.status_code == status, re.sub(r"<[^>]+>", " ", words)[:3000]
    return words if status != 302 else str(answer["Location"])

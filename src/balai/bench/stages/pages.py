"""The pages that most people open: addresses, and the session that follows an application by its slip."""

from __future__ import annotations

from typing import Any

from balai.bench.stages.applications import SERVICE, applications
from balai.bench.stages.sending import client_of, send
from balai.catalogue import engine, running
from balai.engines.cases import queries
from balai.engines.cases.rules import filing as rules


def pages() -> list[dict[str, Any]]:
    """Name, path and cookies of each page."""
    application = applications(1)[0]
    number = send(application).split("/")[-3]
    slug = running.current().by_id(SERVICE).slug
    return [
        {"name": "home", "path": "/", "cookies": {}},
        {"name": "search", "path": "/layanan/?q=surat+usha", "cookies": {}},
        {"name": "service page", "path": f"/layanan/{slug}/", "cookies": {}},
        {"name": "status by slip", "path": f"/lacak/{number}/", "cookies": {"sessionid": _following(number)}},
        {"name": "review, signed in", **_review()},
    ]


def _review() -> dict[str, Any]:
    """The last page before sending, of a citizen who has not sent yet."""
    waiting = applications(2)[1]
    return {"path": waiting["path"], "cookies": {"sessionid": waiting["session"]}}


def _following(number: str) -> str:
    """The session of somebody who has shown number and PIN."""
    case = queries.case_by_number(number)
    if case is None:
        raise LookupError(number)
    found = (each.track(number, rules.pin_of(case.pk)) for each in engine.engines())
    client = client_of("")
    client.get(next(url for url in found if url))
    return client.cookies["sessionid"].value

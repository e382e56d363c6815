"""The inbox through the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from balai.kernel.references import SYSTEM
from balai.people import actions
from balai.people.tests.factories import make_citizen, make_officer

pytestmark = pytest.mark.django_db


def bearer(holder: Any, *scopes: str) -> dict[str, str]:
    secret = actions.issue_token(by=SYSTEM, account=holder.account, scopes=scopes, days=1)
    return {"Authorization": f"Bearer {secret}"}


def test_empty_inbox(client: Client) -> None:
    token = bearer(make_officer(), "desk:read")
    assert client.get("/api/v1/desk/inbox", headers=token).json() == {"items": [], "next": None}
    counts = {"todo": 0, "soon": 0, "late": 0, "waiting": 0, "done_today": 0}
    assert client.get("/api/v1/desk/inbox/counts", headers=token).json() == counts


@pytest.mark.parametrize(
    ("query", "field"), [({"box": "attic"}, "box"), ({"cursor": "x"}, "cursor"), ({"limit": "0"}, "limit")]
)
def test_nonsense_is_named(client: Client, query: dict[str, str], field: str) -> None:
    answer = client.get("/api/v1/desk/inbox", query, headers=bearer(make_officer(), "desk:read"))
    assert (answer.status_code, answer.json()["faults"][0]["field"]) == (422, field)


def test_inbox_is_for_officers_with_the_scope(client: Client) -> None:
    for holder, scope in ((make_citizen(), "desk:read"), (make_officer(), "files:read")):
        assert client.get("/api/v1/desk/inbox", headers=bearer(holder, scope)).status_code == 403

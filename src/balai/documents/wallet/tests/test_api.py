"""The wallet through the API: the same letters, the same refusals, and links made and closed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from balai.documents.wallet.tests.factories import make_letter
from balai.kernel.references import SYSTEM
from balai.people import actions as people
from balai.people.models import Citizen
from balai.people.tests.factories import BUDI_NIK, make_citizen, make_proven_citizen

pytestmark = pytest.mark.django_db


@pytest.fixture
def siti() -> Citizen:
    return make_proven_citizen()


@pytest.fixture
def newcomer() -> Citizen:
    return make_citizen(nik=BUDI_NIK, contact="081234567899")


def call(holder: Citizen, method: str, path: str, *, status: int, **body: Any) -> Any:
    secret = people.issue_token(
        by=SYSTEM, account=holder.account, scopes=["letters:read", "letters:share"], days=1
    )
    headers = {"Authorization": f"Bearer {secret}"}
    answer = Client().generic(
        method, f"/api/v1{path}", _json(body), content_type="application/json", headers=headers
    )
    assert answer.status_code == status, answer.content.decode()
    return answer.json() if answer.content else None


def _json(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode() if body else b""


def test_list_and_one_letter_say_what_the_pages_say(siti: Citizen) -> None:
    letter = make_letter(siti)
    make_letter(siti, state="requested")
    items = call(siti, "GET", "/letters", status=200)["items"]
    assert [(each["standing"], bool(each["number"])) for each in items] == [
        ("making", False),
        ("valid", True),
    ]
    told = call(siti, "GET", f"/letters/{letter.pk}", status=200)
    assert (told["file_id"], told["verification_code"]) == (str(letter.upload_id), letter.verification_code)


def test_unproven_holder_gets_no_file_and_makes_no_link(newcomer: Citizen) -> None:
    letter = make_letter(newcomer)
    told = call(newcomer, "GET", f"/letters/{letter.pk}", status=200)
    assert (told["file_id"], told["signer"], told["verification_code"]) == (None, "", "")
    refusal = call(newcomer, "POST", f"/letters/{letter.pk}/shares", status=403, days=7)
    assert refusal["code"] == "documents.content_closed"


def test_link_is_made_listed_and_closed(siti: Citizen, newcomer: Citizen) -> None:
    letter = make_letter(siti)
    made = call(siti, "POST", f"/letters/{letter.pk}/shares", status=201, days=7, note="Bank")
    shares = call(siti, "GET", f"/letters/{letter.pk}", status=200)["shares"]
    assert [(each["id"], each["url"], each["note"]) for each in shares] == [(made["id"], made["url"], "Bank")]
    call(newcomer, "DELETE", f"/shares/{made['id']}", status=404)
    for _ in range(2):
        call(siti, "DELETE", f"/shares/{made['id']}", status=204)
    assert call(siti, "GET", f"/letters/{letter.pk}", status=200)["shares"] == []


def test_letter_of_another_looks_absent(siti: Citizen, newcomer: Citizen) -> None:
    letter = make_letter(siti)
    call(newcomer, "GET", f"/letters/{letter.pk}", status=404)
    call(newcomer, "POST", f"/letters/{letter.pk}/shares", status=404, days=7)
    call(siti, "POST", f"/letters/{letter.pk}/shares", status=422, days=9)

"""Signing in through the API, and the commands that make tokens for machines."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from balai import audit
from balai.audit.models import Entry
from balai.kernel.references import SYSTEM
from balai.notify.models import Message
from balai.people import actions, queries
from balai.people.models import ApiToken
from balai.people.rules import CODES_PER_ADDRESS, TOKENS_PER_ADDRESS
from balai.people.tests.factories import (
    SITI_NIK,
    SITI_PHONE,
    make_citizen,
    make_officer,
    make_proven_citizen,
)
from balai.runtime.transaction import write_transaction

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def post(client: Client, path: str, **body: Any) -> Any:
    return client.post(f"/api/v1{path}", body, content_type="application/json")


def bearer(holder: Any, *scopes: str) -> dict[str, str]:
    secret = actions.issue_token(by=SYSTEM, account=holder.account, scopes=scopes or ("me:read",), days=1)
    return {"Authorization": f"Bearer {secret}"}


def code_sent() -> str:
    return re.search(r"\d{6}", Message.objects.latest("pk").text.clear)[0]


def test_citizen_gets_a_token_by_code(client: Client, frozen_clock) -> None:
    frozen_clock(MORNING)
    sent = post(client, "/sign-in/codes", nik=SITI_NIK, contact=SITI_PHONE)
    assert sent.status_code == 202
    answer = post(
        client,
        "/sign-in/tokens",
        challenge=sent.json()["challenge"],
        code=code_sent(),
        scopes=["cases:read", "me:read"],
        days=7,
    )
    assert answer.status_code == 201
    holder = queries.token_account(answer.json()["token"])
    assert holder.scopes == {"cases:read", "me:read"}
    assert holder.expires_at == MORNING + timedelta(days=7)
    me = client.get("/api/v1/me", headers={"Authorization": f"Bearer {answer.json()['token']}"}).json()
    assert (me["kind"], me["level"], me["nik_masked"]) == ("citizen", "contact_proven", "3505••••••••0001")
    assert SITI_NIK not in str(me)


def test_token_without_named_scopes_has_all_of_a_citizen(client: Client) -> None:
    sent = post(client, "/sign-in/codes", nik=SITI_NIK, contact=SITI_PHONE).json()
    answer = post(client, "/sign-in/tokens", challenge=sent["challenge"], code=code_sent())
    assert answer.json()["scopes"] == [
        "cases:read",
        "cases:submit",
        "files:read",
        "files:write",
        "letters:read",
        "letters:share",
        "me:read",
        "reports:read",
        "reports:write",
    ]


@pytest.mark.parametrize(
    ("nik", "contact", "field", "code"),
    [
        ("123", SITI_PHONE, "nik", "nik.digits"),
        ("3505103102950001", SITI_PHONE, "nik", "nik.date"),
        (SITI_NIK, "telepon", "contact", "phone.shape"),
        (SITI_NIK, "a@", "contact", "email.shape"),
    ],
)
def test_impossible_nik_or_contact_is_named(
    client: Client, nik: str, contact: str, field: str, code: str
) -> None:
    answer = post(client, "/sign-in/codes", nik=nik, contact=contact)
    assert answer.status_code == 422
    assert [(each["field"], each["code"]) for each in answer.json()["faults"]] == [(field, code)]


def test_scope_of_the_other_side_is_refused_before_the_code_is_spent(client: Client) -> None:
    sent = post(client, "/sign-in/codes", nik=SITI_NIK, contact=SITI_PHONE).json()
    wrong = post(
        client, "/sign-in/tokens", challenge=sent["challenge"], code=code_sent(), scopes=["desk:work"]
    )
    assert (wrong.status_code, wrong.json()["faults"][0]["field"]) == (422, "scopes")
    assert post(client, "/sign-in/tokens", challenge=sent["challenge"], code=code_sent()).status_code == 201


def test_wrong_code_looks_like_no_challenge(client: Client) -> None:
    sent = post(client, "/sign-in/codes", nik=SITI_NIK, contact=SITI_PHONE).json()
    wrong = f"{(int(code_sent()) + 1) % 10**6:06d}"
    answers = [
        post(client, "/sign-in/tokens", challenge=challenge, code=wrong)
        for challenge in (sent["challenge"], "0190b0a0-0000-7000-8000-000000000000")
    ]
    assert [(each.status_code, each.json()["code"]) for each in answers] == [(400, "people.code_refused")] * 2


def test_codes_are_limited_and_the_wait_is_told(client: Client) -> None:
    for attempt in range(CODES_PER_ADDRESS[0].times):
        contact = f"08123456{attempt:04d}"
        assert (
            post(client, "/sign-in/codes", nik=f"350510570895{attempt + 1:04d}", contact=contact).status_code
            == 202
        )
    answer = post(client, "/sign-in/codes", nik=SITI_NIK, contact=SITI_PHONE)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3601


def test_guessing_tokens_is_limited_but_a_good_one_is_never_counted(client: Client) -> None:
    good = bearer(make_citizen())
    for _ in range(TOKENS_PER_ADDRESS.times):
        assert client.get("/api/v1/me", headers={"Authorization": "Bearer balai_x"}).status_code == 401
    assert client.get("/api/v1/me", headers={"Authorization": "Bearer balai_x"}).status_code == 429
    assert client.get("/api/v1/me", headers=good).status_code == 200


@pytest.mark.parametrize("header", ["", "Basic eDp5", "Bearer", "Bearer ", "balai_x"])
def test_what_is_no_bearer_token_is_no_token(client: Client, header: str) -> None:
    answer = client.get("/api/v1/me", headers={"Authorization": header})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="balai"')


def test_token_ends_itself(client: Client) -> None:
    token = bearer(make_citizen())
    assert client.delete("/api/v1/sign-in/token", headers=token).status_code == 204
    assert client.get("/api/v1/me", headers=token).status_code == 401


def test_facts_are_for_who_was_proven_and_masked(client: Client) -> None:
    newcomer = client.get("/api/v1/me/facts", headers=bearer(make_citizen(contact="081234567899"))).json()
    assert newcomer == {"items": []}
    known = client.get("/api/v1/me/facts", headers=bearer(make_proven_citizen())).json()["items"]
    values = {each["fact"]: each["value"] for each in known}
    assert (values["nik"], values["name"]) == ("3505••••••••0001", "Siti Aminah")
    assert "81234567801" not in values["phone"]


def test_readings_go_on_behind_the_cursor(client: Client) -> None:
    siti, officer = make_citizen(), make_officer()
    for number in range(25):
        with write_transaction():
            audit.record_reading(
                by=officer.as_actor(), about=siti.as_subject(), what=f"berkas {number}", purpose="periksa"
            )
    token = bearer(siti)
    first = client.get("/api/v1/me/readings", headers=token).json()
    rest = client.get("/api/v1/me/readings", {"cursor": first["next"]}, headers=token).json()
    seen = [each["what"] for each in (*first["items"], *rest["items"])]
    assert seen == [f"berkas {number}" for number in reversed(range(25))]
    assert rest["next"] is None


@pytest.mark.parametrize("cursor", ["x", "-1", "²", "9" * 30])
def test_cursor_that_no_page_gave_is_named(client: Client, cursor: str) -> None:
    answer = client.get("/api/v1/me/readings", {"cursor": cursor}, headers=bearer(make_citizen()))
    assert (answer.status_code, answer.json()["faults"][0]["field"]) == (422, "cursor")


def test_officers_token_is_no_citizens(client: Client) -> None:
    token = bearer(make_officer(), "me:read")
    assert client.get("/api/v1/me", headers=token).json()["kind"] == "officer"
    answer = client.get("/api/v1/me/facts", headers=token)
    assert (answer.status_code, answer.json()["code"]) == (403, "runtime.holder_refused")


def run(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_token_is_issued_listed_and_revoked_by_commands() -> None:
    login = make_officer().account.login_name
    secret, said = run(
        "token_issue", login, "--scope=desk:read", "--scope=files:read", "--days=30", "--note=SIPADES"
    )
    holder = queries.token_account(secret.strip())
    assert holder.scopes == {"desk:read", "files:read"}
    assert secret.strip() not in said
    listed, _ = run("token_list", login)
    assert str(holder.token_id) in listed
    assert listed.strip().endswith("desk:read files:read  SIPADES")
    run("token_revoke", str(holder.token_id))
    assert queries.token_account(secret.strip()) is None
    assert run("token_list", login) == ("", "")
    assert Entry.objects.filter(event="people.token_revoked", by_kind="system").count() == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("token_issue", "nobody", "--scope=desk:read"),
        ("token_issue", "{}", "--scope=cases:submit"),
        ("token_issue", "{}", "--scope=desk:read", "--days=0"),
        ("token_issue", "{}", "--scope=desk:read", "--days=367"),
        ("token_issue", "{}", "--scope=desk:read", f"--note={'x' * 101}"),
        ("token_list", "nobody"),
        ("token_revoke", "0190b0a0-0000-7000-8000-000000000000"),
    ],
)
def test_senseless_arguments_end_with_a_sentence(arguments: tuple[str, ...]) -> None:
    login = make_officer().account.login_name
    with pytest.raises(CommandError):
        run(*(argument.format(login) for argument in arguments))
    assert ApiToken.objects.count() == 0

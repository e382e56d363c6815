"""The API as a whole: described, closed by default, one shape of refusal, no session."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.test import Client
from django.urls import get_resolver
from ninja import NinjaAPI, Router, Schema

from balai.people.session import sign_in_citizen
from balai.people.tests.factories import make_citizen
from balai.runtime.api import scopes_for
from config.api import described, routes

pytestmark = pytest.mark.django_db


def test_an_operation_that_names_no_audience_is_refused() -> None:
    router = Router()

    @router.get("/open")
    def forgotten(request: HttpRequest) -> None:
        """Its author forgot to say who may come."""

    api = NinjaAPI(urls_namespace="forgotten", openapi_url=None, docs_url=None)
    api.add_router("v1", router)
    with pytest.raises(ImproperlyConfigured, match="v1/open names no audience"):
        routes(api)


def test_scopes_of_each_side() -> None:
    cases, files, letters = (["cases:read", "cases:submit"], ["files:read", "files:write"], ["letters:read"])
    reports = ["reports:read", "reports:write"]
    assert scopes_for("citizen") == [*cases, *files, *letters, "letters:share", "me:read", *reports]
    assert scopes_for("officer") == ["desk:read", "desk:work", "files:read", "reports:handle", *reports]


def test_no_two_shapes_share_a_name() -> None:
    """The description knows shapes by their names alone: of two, one would be told for both."""
    modules: dict[str, set[str]] = {}
    waiting = [Schema]
    while waiting:
        waiting += (found := waiting.pop().__subclasses__())
        for each in found:
            modules.setdefault(each.__name__, set()).add(each.__module__)
    shared = {name: places for name, places in modules.items() if len(places) > 1}
    assert shared == {}


def test_description_is_public_and_complete(client: Client) -> None:
    response = client.get("/api/openapi.json")
    document = response.json()
    assert response["Cache-Control"] == "public, max-age=300"
    assert (document["openapi"], document["info"]["version"]) == ("3.1.0", "1")
    assert "Set-Cookie" not in response
    operations = [each for methods in document["paths"].values() for each in methods.values()]
    ids = [each["operationId"] for each in operations]
    assert len(ids) == len(set(ids))
    for each in operations:
        assert each["description"], each["operationId"]
        refusals = {status for status in each["responses"] if int(status) >= 400}
        assert all("content" in each["responses"][status] for status in refusals)


def test_operation_ids_stay() -> None:
    """Generated clients name their methods after them: none may be renamed within v1."""
    ids = {each["operationId"] for methods in described()["paths"].values() for each in methods.values()}
    assert ids >= {
        *("list_services", "get_service", "get_form", "get_prefill", "review_answers", "list_areas"),
        *("request_code", "issue_token", "revoke_token", "get_me", "get_my_facts", "list_my_readings"),
        *("upload_file", "download_file", "discard_file", "follow_case"),
        *("submit_case", "list_cases", "get_case", "get_slip", "repair_case", "withdraw_case"),
        *("list_messages", "send_message", "list_inbox", "count_inbox", "get_sheet", "record_verdicts"),
        *("forward_case", "return_case", "approve_case", "reject_case", "mark_printed", "shelve_letter"),
        *("hand_over_letter", "compare_card", "prove_applicant", "reveal_nik", "post_note"),
        *("revoke_letter", "replace_letter", "keep_letter", "correct_answers"),
        *("list_letters", "get_letter", "share_letter", "close_share"),
    }


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/api/v1/nothing", 404, "runtime.not_found"),
        ("get", "/api/", 404, "runtime.not_found"),
        ("get", "/api/v1/desk/cases/no-uuid", 404, "runtime.not_found"),
        ("get", "/api/v1/services/nothing", 404, "runtime.not_found"),
        ("get", "/api/v1/me", 401, "runtime.unauthorized"),
        ("put", "/api/v1/me", 405, "runtime.method_not_allowed"),
        ("post", "/api/v1/follow", 400, "runtime.bad_request"),
    ],
)
def test_every_refusal_has_the_one_shape(
    client: Client, method: str, path: str, status: int, code: str
) -> None:
    response = getattr(client, method)(path)
    body = response.json()
    assert (response.status_code, body["code"]) == (status, code)
    assert set(body) == {"code", "sentence", "hint", "faults", "request_id"}
    assert len(body["sentence"]) > 10


def test_more_than_a_request_may_carry_is_told(client: Client) -> None:
    body = json.dumps({"number": "x" * 3_000_000, "pin": "1"})
    response = client.post("/api/v1/follow", body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (413, "runtime.too_large")


def test_session_opens_nothing(client: Client, rf: Any) -> None:
    request = rf.get("/")
    request.session = client.session
    sign_in_citizen(request, make_citizen())
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    assert client.get("/saya/").status_code == 200
    assert client.get("/api/v1/me").status_code == 401


def test_every_address_of_the_api_carries_its_audiences() -> None:
    (resolver,) = [each for each in get_resolver().url_patterns if str(each.pattern) == "api/"]
    assert all(pattern.callback.audience for pattern in resolver.url_patterns)

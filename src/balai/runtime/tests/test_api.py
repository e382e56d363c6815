"""The ground of the API: who may ask, how a refusal looks, what the edge adds."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Annotated, Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from ninja import NinjaAPI, Router, Schema
from pydantic import ConfigDict, Field, StrictInt

from balai.runtime.api import (
    Token,
    answer_refusals,
    at_the_edge,
    audience_of,
    everybody,
    refused,
)
from balai.runtime.api.access import HolderRefused, ScopeMissing, TokenRefused
from balai.runtime.audience import Audience
from balai.runtime.errors import CitizenError, Unauthorized


class Sent(Schema):
    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=3)]
    lines: list[StrictInt] = []


def make_router() -> Router:
    router = Router()

    @router.post("/things", auth=everybody, response={200: None, **refused(422)})
    def send(request: HttpRequest, sent: Sent) -> HttpResponse:
        return HttpResponse(sent.name)

    @router.get("/mine", auth=Token("t:read", "citizen"), response={200: None})
    def mine(request: HttpRequest) -> HttpResponse:
        return HttpResponse("mine")

    @router.get("/forgotten")
    def forgotten(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    return router


def call(path: str, method: str, content: str = "", **who: Any) -> HttpResponse:
    """What an operation answers at the edge, without middleware."""
    api = NinjaAPI(openapi_url=None, docs_url=None)
    api.add_router("", make_router())
    answer_refusals(api)
    (pattern,) = [each for each in api.urls[0] if str(each.pattern) == path]
    request = RequestFactory().generic(method, f"/api/{path}", content, "application/json")
    for name, value in who.items():
        setattr(request, name, value)
    return at_the_edge(pattern.callback)(request)


def faults(response: HttpResponse) -> list[tuple[str, str]]:

    assert response.status_code == 422
    return [(each["field"], each["code"]) for each in json.loads(response.content)["faults"]]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{}", [("name", "json.missing")]),
        ('{"name": "abcd"}', [("name", "json.string_too_long")]),
        ('{"name": "a", "more": 1}', [("more", "json.extra_forbidden")]),
        ('{"name": "a", "lines": [1, "2"]}', [("lines.1", "json.int_type")]),
        ("[]", [("", "json.model_attributes_type")]),
        ("", [("", "json.missing")]),
    ],
)
def test_every_fault_names_its_field(content: str, expected: list[tuple[str, str]]) -> None:
    assert faults(call("things", "POST", content)) == expected


@pytest.mark.parametrize("content", ["{", '{"name": ' * 100_000, "1" * 5000])
def test_what_cannot_be_read_is_a_bad_request(content: str) -> None:
    response = call("things", "POST", content)
    assert response.status_code == 400
    assert b"runtime.bad_request" in response.content


def test_lone_surrogate_is_a_fault_and_no_crash() -> None:
    assert faults(call("things", "POST", '{"name": "\\ud800"}')) == [("name", "json.string_unicode")]


def test_wrong_method_is_told_which_are_right() -> None:
    response = call("things", "DELETE")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert b"runtime.method_not_allowed" in response.content


def test_without_a_token_the_challenge_comes_along() -> None:
    response = call("mine", "GET")
    assert (response.status_code, response["WWW-Authenticate"]) == (401, 'Bearer realm="balai"')


def test_answers_are_kept_nowhere() -> None:
    response = call("mine", "GET", scopes=frozenset({"t:read"}), citizen=SimpleNamespace())
    assert (response.content, response["Cache-Control"]) == (b"mine", "private, no-store")
    assert response["Vary"] == "Authorization"


@pytest.mark.parametrize(
    ("who", "header", "refusal"),
    [
        ({}, "", Unauthorized),
        ({"scopes": None}, "Bearer balai_x", TokenRefused),
        ({"scopes": frozenset({"t:write"}), "citizen": SimpleNamespace()}, "", ScopeMissing),
        ({"scopes": frozenset({"t:read"}), "citizen": None}, "", HolderRefused),
    ],
)
def test_token_is_refused(who: dict[str, Any], header: str, refusal: type[CitizenError]) -> None:
    request = RequestFactory().get("/api/", headers={"Authorization": header} if header else {})
    for name, value in who.items():
        setattr(request, name, value)
    with pytest.raises(refusal):
        Token("t:read", "citizen")(request)


def test_audience_of_an_operation() -> None:
    views = make_router().path_operations.values()
    audiences = [audience_of(operation) for view in views for operation in view.operations]
    assert audiences == [Audience("everyone"), Audience("machines", "t:read"), None]

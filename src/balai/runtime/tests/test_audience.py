from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from balai.runtime import audience
from balai.runtime.errors import Forbidden, Unauthorized
from balai.runtime.tests import sample_urls as pages

CITIZEN = SimpleNamespace()
CHECKER = SimpleNamespace(has_permission=lambda name: name == "cases.check")
NEWCOMER = SimpleNamespace(has_permission=lambda name: False)


def asked(path: str = "/saya/berkas/?h=2", *, method: str = "GET", **who: Any) -> HttpRequest:
    request = RequestFactory().generic(method, path)
    request.citizen = request.officer = None  # as people's middleware leaves it
    for name, value in who.items():
        setattr(request, name, value)
    return request


@pytest.mark.parametrize(
    ("view", "kind", "need"),
    [
        (pages.plain, "everyone", ""),
        (pages.mine, "citizens", ""),
        (pages.desk, "officers", ""),
        (pages.check, "officers", "cases.check"),
        (pages.cases, "machines", "cases:read"),
    ],
)
def test_view_names_its_audience(view: Any, kind: str, need: str) -> None:
    assert view.audience == audience.Audience(kind, need)


def test_everyone_needs_nobody() -> None:
    assert pages.plain(asked()).content == b"ok"


def test_citizen_enters_and_others_are_sent_to_the_door_and_back() -> None:
    assert pages.mine(asked(citizen=CITIZEN)).content == b"mine"
    response = pages.mine(asked(officer=CHECKER))
    assert (response.status_code, response["Location"]) == (302, "/masuk/?lanjut=%2Fsaya%2Fberkas%2F%3Fh%3D2")


def test_request_that_never_met_the_middleware_is_refused() -> None:
    assert pages.mine(RequestFactory().get("/saya/")).status_code == 302
    assert pages.desk(RequestFactory().get("/meja/")).status_code == 302


def test_officer_enters_by_permission() -> None:
    assert pages.desk(asked(officer=NEWCOMER)).content == b"desk"
    assert pages.check(asked(officer=CHECKER)).content == b"check"
    with pytest.raises(Forbidden):
        pages.check(asked(officer=NEWCOMER))


def test_citizen_is_sent_to_the_officers_door() -> None:
    response = pages.desk(asked("/meja/", citizen=CITIZEN))
    assert response["Location"] == "/meja/masuk/?lanjut=%2Fmeja%2F"


def test_machine_enters_by_scope() -> None:
    assert pages.cases(asked(scopes=frozenset({"cases:read"}))).content == b"cases"
    with pytest.raises(Forbidden):
        pages.cases(asked(scopes=frozenset({"cases:write"})))
    with pytest.raises(Unauthorized):
        pages.cases(asked())


def test_signed_out_machine_is_told_so() -> None:
    with pytest.raises(Unauthorized):
        pages.mine(asked("/api/v1/mine/"))


@pytest.fixture
def keeper() -> Iterator[list[HttpRequest]]:
    kept: list[HttpRequest] = []

    def keep(request: HttpRequest) -> HttpResponse:
        kept.append(request)
        return HttpResponse("kept")

    audience.signed_out, before = audience.SignedOut(), audience.signed_out
    audience.signed_out.register(keep)
    yield kept
    audience.signed_out = before


def test_form_sent_after_the_session_ended_goes_to_the_keeper(keeper: list[HttpRequest]) -> None:
    assert pages.mine(asked(method="POST")).content == b"kept"
    assert len(keeper) == 1


def test_reading_after_the_session_ended_goes_to_the_door(keeper: list[HttpRequest]) -> None:
    assert pages.mine(asked()).status_code == 302
    assert keeper == []


def test_posting_without_a_keeper_comes_back_to_the_page_itself() -> None:
    audience.signed_out, before = audience.SignedOut(), audience.signed_out
    response = pages.mine(asked(method="POST"))
    audience.signed_out = before
    assert response["Location"] == "/masuk/?lanjut=%2Fsaya%2Fberkas%2F"

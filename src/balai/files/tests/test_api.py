"""Files through the API. The citizens are stand-ins: accounts live in a package above."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from ninja import NinjaAPI

from balai.files import readers
from balai.files.api import UPLOADS_PER_HOUR, router
from balai.files.models import Upload
from balai.files.tests import samples
from balai.kernel.references import Actor, Subject
from balai.kernel.uuid7 import uuid7
from balai.runtime.api import answer_refusals

pytestmark = pytest.mark.django_db
LABEL = "sample.person"


def person(name: str) -> Any:
    return SimpleNamespace(
        as_actor=lambda: Actor("citizen", name, name), as_subject=lambda: Subject(LABEL, name)
    )


SITI, BUDI = person("siti"), person("budi")


@pytest.fixture(autouse=True)
def own_files_are_readable() -> Iterator[None]:
    readers.register(LABEL, lambda request, owner_id: request.citizen.as_subject().id == owner_id)
    yield
    readers.forget(LABEL)


@pytest.fixture(scope="module")
def api() -> NinjaAPI:
    api = NinjaAPI(openapi_url=None, docs_url=None, urls_namespace="files-test")
    api.add_router("", router)
    answer_refusals(api)
    return api


@pytest.fixture
def call(api: NinjaAPI) -> Any:
    def call(method: str, who: Any = SITI, *, at: object = None, **sent: Any) -> HttpResponse:
        addresses = [each for each in api.urls[0] if str(each.pattern).startswith("files")]
        routes = {"upload_id" in str(each.pattern): each.callback for each in addresses}
        view = routes[at is not None]
        request: HttpRequest = getattr(RequestFactory(), method)("/api/v1/files", sent)
        request.citizen, request.officer = who, None
        request.scopes = frozenset({"files:read", "files:write"})
        return view(request) if at is None else view(request, upload_id=at)

    return call


def photo(content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("warung.jpg", samples.jpeg() if content is None else content)


def body(response: HttpResponse, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.content
    return json.loads(response.content)


def test_photo_is_stored_and_read_again(call: Any) -> None:
    stored = body(call("post", file=photo(), allow="photo"), 201)
    assert (stored["name"], stored["media_type"]) == ("warung.jpg", "image/jpeg")
    response = call("get", at=stored["id"])
    content = b"".join(response.streaming_content)
    assert (response["Content-Type"], len(content)) == ("image/jpeg", stored["size"])


def test_sent_again_with_its_id_it_is_stored_once(call: Any) -> None:
    upload_id = uuid7()
    answers = [body(call("post", file=photo(), allow="photo", id=upload_id), 201) for _ in "ab"]
    assert [each["id"] for each in answers] == [str(upload_id)] * 2
    assert Upload.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "allow", "status", "code"),
    [
        (b"", "photo", 400, "files.empty"),
        (b"<html></html>", "photo", 400, "files.not_photo"),
        (b"\xff" * (15 * 1024 * 1024 + 1), "photo", 413, "files.too_large"),
        (b"x", "song", 422, "runtime.unfit"),
    ],
)
def test_file_is_refused_with_a_sentence(
    call: Any, content: bytes, allow: str, status: int, code: str
) -> None:
    assert body(call("post", file=photo(content), allow=allow), status)["code"] == code
    assert Upload.objects.count() == 0


def test_form_without_a_file_names_it(call: Any) -> None:
    faults = body(call("post", allow="photo"), 422)["faults"]
    assert [(each["field"], each["code"]) for each in faults] == [("file", "json.missing")]


def test_somebody_elses_file_looks_absent(call: Any) -> None:
    stored = body(call("post", file=photo(), allow="photo"), 201)
    for method in ("get", "delete"):
        assert body(call(method, BUDI, at=stored["id"]), 404)["code"] == "runtime.not_found"


def test_discarded_file_is_gone(call: Any) -> None:
    stored = body(call("post", file=photo(), allow="photo"), 201)
    assert call("delete", at=stored["id"]).status_code == 204
    assert call("get", at=stored["id"]).status_code == 404
    assert call("delete", at=stored["id"]).status_code == 404


def test_uploads_are_limited(call: Any) -> None:
    for _ in range(UPLOADS_PER_HOUR):
        call("post", file=photo(b"x"), allow="photo")
    assert body(call("post", file=photo(), allow="photo"), 429)["code"] == "runtime.too_many"
    assert call("post", BUDI, file=photo(), allow="photo").status_code == 201

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import pytest
from django.test import Client

from balai.runtime import health
from balai.runtime.content_policy import picture_hosts
from balai.runtime.middleware import HEADERS, OF_DOCUMENTS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("balai.runtime.tests.sample_urls")]


PAGE = "<title>{{ code }} {{ title }}</title><p>{{ sentence }}</p><p>{{ hint }}</p><p>{{ request_id }}</p>"


@pytest.fixture(autouse=True)
def edge_alone(settings) -> None:
    """Our middleware in its order, without the packages above; ui's error page is stood in for."""
    settings.MIDDLEWARE = [
        "balai.runtime.middleware.RequestId",
        "balai.runtime.middleware.SecurityHeaders",
        "django.middleware.csrf.CsrfViewMiddleware",
        "balai.runtime.middleware.CitizenErrors",
    ]
    loaders = [("django.template.loaders.locmem.Loader", {"ui/error.html": PAGE})]
    settings.TEMPLATES = [
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": loaders}}
    ]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def test_every_answer_is_closed(visitor: Client) -> None:
    headers = visitor.get("/plain/").headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pictures_may_come_from_hosts_that_a_package_names_and_nothing_else(visitor: Client) -> None:
    closed = visitor.get("/plain/")["Content-Security-Policy"]
    before = picture_hosts.register(lambda: ("https://tiles.example",))
    try:
        opened = visitor.get("/plain/")["Content-Security-Policy"]
    finally:
        picture_hosts.register(before)
    assert opened == closed.replace("data: blob:", "data: blob: https://tiles.example")


def test_view_keeps_the_headers_it_set(visitor: Client) -> None:
    headers = visitor.get("/strict/").headers
    assert (headers["Content-Security-Policy"], headers["Cache-Control"]) == ("sandbox", "no-cache")


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        ("text/html", set(HEADERS)),
        ("text/javascript", set(HEADERS) - OF_DOCUMENTS),
        ('text/css; charset="utf-8"', set(HEADERS) - OF_DOCUMENTS - {"Content-Security-Policy"}),
    ],
)
def test_only_documents_carry_what_only_documents_obey(visitor: Client, kind: str, left: set[str]) -> None:
    answer = visitor.get("/static/", {"type": kind})
    assert set(HEADERS) & set(answer.headers) == left


def test_personal_page_is_stored_nowhere(visitor: Client) -> None:
    assert visitor.get("/personal/")["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in visitor.get("/plain/").headers


def test_request_gets_an_id_of_its_own(visitor: Client) -> None:
    ids = {visitor.get("/plain/", headers={"X-Request-ID": "chosen-by-caller"})["X-Request-ID"] for _ in "ab"}
    assert len(ids) == 2
    assert all(re.fullmatch("[0-9a-f]{32}", name) for name in ids)


def test_id_given_by_a_trusted_proxy_is_kept(settings) -> None:
    settings.BALAI = settings.BALAI.model_copy(update={"trusted_proxies": 1})
    visitor = Client()
    assert visitor.get("/plain/", headers={"X-Request-ID": "proxy-0001"})["X-Request-ID"] == "proxy-0001"
    assert visitor.get("/plain/", headers={"X-Request-ID": "a\nb<script>"})["X-Request-ID"] != "a\nb<script>"


def test_uncaught_sentence_becomes_a_page(visitor: Client) -> None:
    response = visitor.get("/full/")
    assert response.status_code == 409
    page = response.content.decode()
    assert page.startswith("<title>409 Keadaan sudah berubah</title><p>Antrean &lt;21&gt; penuh.</p>")


def test_uncaught_sentence_becomes_json_for_machines(visitor: Client) -> None:
    response = visitor.get("/api/v1/full/")
    assert response.status_code == 409
    assert response.json() == {
        "code": "sample.full",
        "sentence": "Antrean <21> penuh.",
        "hint": "",
        "faults": [],
        "request_id": response["X-Request-ID"],
    }


def test_signed_out_machine_gets_401_as_json(visitor: Client) -> None:
    response = visitor.get("/api/v1/mine/")
    assert (response.status_code, response.json()["code"]) == (401, "runtime.unauthorized")


def test_absent_thing_and_absent_address_look_alike(visitor: Client) -> None:
    absent, nowhere = visitor.get("/absent/"), visitor.get("/no-such-page/")
    assert (absent.status_code, nowhere.status_code) == (404, 404)
    assert "Yang Anda cari tidak kami temukan." in absent.content.decode()
    assert "Yang Anda cari tidak kami temukan." in nowhere.content.decode()
    assert "3505105708950001" not in absent.content.decode()


def test_too_many_tells_when_to_come_back(visitor: Client) -> None:
    response = visitor.get("/often/")
    assert (response.status_code, response["Retry-After"]) == (429, "90")
    assert "2 menit" in response.content.decode()


@pytest.mark.parametrize("path", ["/broken/", "/api/v1/broken/"])
def test_fault_of_ours_is_a_sentence_with_the_number_to_tell(
    visitor: Client, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    response = visitor.get(path)
    assert response.status_code == 500
    assert "Terjadi gangguan pada sistem kami." in response.content.decode()
    assert response["X-Request-ID"] in response.content.decode()
    assert "3505105708950001" not in response.content.decode()


def test_forged_form_is_refused_with_a_way_on() -> None:
    response = Client(enforce_csrf_checks=True).post("/plain/", {"a": "1"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "Formulir ini sudah terlalu lama terbuka" in page and "Kirim sekali lagi" in page
    assert "bukan untuk Anda" not in page and "Masuklah dengan NIK" not in page


def test_error_page_that_cannot_be_rendered_gives_the_bare_one(
    visitor: Client, settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": []}]
    page = visitor.get("/full/").content.decode()
    assert page.startswith('<!doctype html><html lang="id">')
    assert "Antrean &lt;21&gt; penuh." in page


def test_healthz_asks_nothing(visitor: Client, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(0):
        assert visitor.get("/healthz").content == b"ok\n"


def test_readyz_names_every_part(visitor: Client) -> None:
    response = visitor.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "parts": {"database": "ok", "migrations": "ok", "keys": "ok", "disk": "ok", "worker": "silent"},
    }


def test_readyz_refuses_when_a_part_fails(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 2**62)
    response = visitor.get("/readyz")
    assert (response.status_code, response.json()["parts"]["disk"]) == (503, "failing")


def test_log_line_of_a_request_carries_its_id(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        response = visitor.get("/broken/")
    assert {record.request_id for record in caplog.records} == {response["X-Request-ID"]}

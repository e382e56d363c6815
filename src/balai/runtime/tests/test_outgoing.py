"""Calls to other systems: bounded in time and size, closed to redirects, never inside a transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import ProgrammingError

from balai.runtime import outgoing
from balai.runtime.outgoing import AnswerUnreadable, CallFailed, call
from balai.runtime.transaction import write_transaction

Behave = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def server(behave: Behave) -> Iterator[str]:
    """A server on this machine that treats every POST in one way."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            behave(self)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}/"
    finally:
        running.shutdown()
        running.server_close()
        thread.join(timeout=5)


def answering(status: int, body: bytes, **headers: str) -> Behave:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def test_answer_comes_back_whatever_its_status() -> None:
    with server(answering(422, b'{"error": 1}')) as url:
        answer = call("POST", url, json_body={"nama": "Siti"})
    assert (answer.status, answer.is_success, answer.json()) == (422, False, {"error": 1})


def test_redirect_is_an_answer_and_not_followed() -> None:
    with server(answering(302, b"", Location="http://127.0.0.1:1/")) as url:
        assert call("POST", url).status == 302


def test_body_that_is_no_json_is_told_without_its_content() -> None:
    with server(answering(200, b"<html>3505105708950001")) as url:
        answer = call("POST", url)
    with pytest.raises(AnswerUnreadable) as unreadable:
        answer.json()
    assert "3505" not in repr(unreadable.value)


def test_flood_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "LARGEST_ANSWER", 1000)
    with server(answering(200, b"x" * 50_000)) as url, pytest.raises(CallFailed, match="too_large"):
        call("POST", url)


def test_server_that_drips_is_cut_off_at_the_deadline() -> None:
    stop = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not stop.wait(0.05):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    with server(drip) as url:
        with pytest.raises(CallFailed, match="too_slow") as failed:
            call("POST", url, seconds=0.3)
        stop.set()
    assert failed.value.may_have_arrived


def test_server_that_hangs_up_may_have_acted_and_one_that_is_away_has_not() -> None:
    with (
        server(lambda handler: handler.connection.close()) as url,
        pytest.raises(CallFailed, match="broken") as broken,
    ):
        call("POST", url)
    with pytest.raises(CallFailed, match="unreachable") as away:
        call("POST", "http://127.0.0.1:1/")
    assert (broken.value.may_have_arrived, away.value.may_have_arrived) == (True, False)


@pytest.mark.django_db
def test_call_inside_a_write_transaction_is_refused() -> None:
    with pytest.raises(ProgrammingError, match="no network inside"), write_transaction():
        call("POST", "http://127.0.0.1:1/")

"""The web server as browsers meet it."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from balai.runtime.settings import RuntimeSettings
from config.processes import start_child
from config.webserver import WebServer, open_listener, wait_until_it_answers


def _hello(environ: object, start_response: object) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])  # type: ignore[operator]  # WSGI's own callable
    return [b"hello"]


def _serve(settings: RuntimeSettings, listener: socket.socket) -> None:

    sys.argv[1:] = []  # gunicorn would read them
    WebServer(_hello, settings, listener).run()


@contextmanager
def served(tmp_path: Path) -> Iterator[int]:
    """A small web server of two processes with two threads each; its port."""
    settings = RuntimeSettings(mode="test", data_dir=tmp_path, web_workers=2, web_threads=2)
    with open_listener("127.0.0.1", 0) as listener:
        parent = start_child(lambda: _serve(settings, listener))
        try:
            port = listener.getsockname()[1]
            assert wait_until_it_answers(listener, f"http://127.0.0.1:{port}")
            yield port
        finally:
            os.kill(parent, signal.SIGTERM)
            os.waitpid(parent, 0)


@pytest.mark.parametrize("spare", [0, 12])
def test_spare_connections_that_say_nothing_keep_nobody_waiting(spare: int, tmp_path: Path) -> None:
    with served(tmp_path) as port, ExitStack() as held:
        for _ in range(spare):
            held.enter_context(socket.create_connection(("127.0.0.1", port)))
        began = time.monotonic()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
            assert answer.read() == b"hello"
        assert time.monotonic() - began < 2

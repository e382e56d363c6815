"""Serves the preview to the author's own browser, and tells it when a file was saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from balai.government import current
from balai.portal.preview import page
from balai.portal.preview.author import Author
from balai.ui import bundle

StartResponse = Callable[[str, list[tuple[str, str]]], Any]
POLICY = "default-src 'self'; img-src 'self' data:"
# Asks every second whether something was saved; a page without scripts renews itself by its own `refresh`.
RELOADING = (
    "(function(){var seen=document.body.dataset.version;setInterval(function(){"
    "fetch('/version').then(function(a){return a.text()}).then(function(now){"
    "if(now!==seen)location.reload()}).catch(function(){})},1000)})();"
)


class Preview:
    """A WSGI application of five addresses; everything is read anew from the folder."""

    def __init__(self, author: Author) -> None:
        self.author = author

    def __call__(self, request: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        asked = parse_qs(request.get("QUERY_STRING", ""))
        kind, body = self._answer(request.get("PATH_INFO", "/"), asked.get("example", [""])[0])
        status = "200 OK" if body is not None else "404 Not Found"
        content = body if body is not None else b""
        start(
            status,
            [
                ("Content-Type", kind),
                ("Content-Length", str(len(content))),
                ("Cache-Control", "no-store"),
                ("Content-Security-Policy", POLICY),
            ],
        )
        return [content]

    def _answer(self, path: str, example: str) -> tuple[str, bytes | None]:
        if path == "/":
            drawn = page.drawn(self.author.look(), example, self.author.version())
            return "text/html; charset=utf-8", drawn.encode()
        if path == "/letter.png":
            return "image/png", page.letter(self.author.look(), example)
        if path == "/version":
            return "text/plain; charset=utf-8", self.author.version().encode()
        if path == "/preview.css":
            return "text/css; charset=utf-8", bundle.stylesheet("citizen", current().colours).encode()
        if path == "/preview.js":
            return "text/javascript; charset=utf-8", (bundle.script("citizen") + RELOADING).encode()
        return "text/plain; charset=utf-8", None


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads a line each second."""


def serving(author: Author, port: int) -> WSGIServer:
    """A server on this machine's own address; `port` 0 takes a free one. Raises OSError when it is taken."""
    return make_server("127.0.0.1", port, Preview(author), handler_class=_Quiet)

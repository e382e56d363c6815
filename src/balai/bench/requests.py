"""Whole HTTP/1.1 requests as a browser that keeps its connection would send them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

CSRF_TOKEN = "benchbenchbenchbenchbenchbench12"  # noqa: S105 - cookie and field must agree, nothing more


def get(host: str, path: str, *, cookies: Mapping[str, str] | None = None) -> str:
    """A page, with the languages and encodings that a browser accepts."""
    return f"GET {path} HTTP/1.1\r\n{_head(host, cookies or {})}\r\n"


def post(host: str, path: str, fields: Mapping[str, str], *, cookies: Mapping[str, str]) -> str:
    """A form, with the cookie and the field against forgery."""
    body = urlencode({"csrfmiddlewaretoken": CSRF_TOKEN, **fields})
    head = _head(host, {"csrftoken": CSRF_TOKEN, **cookies})
    kind = "Content-Type: application/x-www-form-urlencoded"
    return f"POST {path} HTTP/1.1\r\n{head}{kind}\r\nContent-Length: {len(body)}\r\n\r\n{body}"


def _head(host: str, cookies: Mapping[str, str]) -> str:
    fields = {
        "Host": host,
        "User-Agent": "balai-bench",
        "Accept": "text/html",
        "Accept-Language": "id,en;q=0.5",
        "Accept-Encoding": "gzip",
    }
    if cookies:
        fields["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items())

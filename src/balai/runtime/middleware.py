"""The edge of the web server: an id for every request, closed headers, errors as pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from balai.runtime.content_policy import content_policy, picture_hosts
from balai.runtime.error_views import error_response
from balai.runtime.errors import CitizenError
from balai.runtime.logging import current_id

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "Content-Security-Policy"
HEADERS = {
    POLICY: content_policy(()),
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# What only a document obeys says nothing beside a style sheet or a script, and the start page has to fit the
# first round trip with its headers. A script may become a worker, which obeys a content policy.
OF_DOCUMENTS = frozenset({"Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Frame-Options"})
SPARED = {
    "text/css": OF_DOCUMENTS | {POLICY},
    "text/javascript": OF_DOCUMENTS,
}
REQUEST_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


class RequestId:
    """Names every request, in the log and in X-Request-ID; a trusted proxy's name for it is kept."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.keep = settings.BALAI.trusted_proxies > 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "") if self.keep else ""
        name = given if REQUEST_ID.fullmatch(given) else uuid4().hex
        request.request_id = name  # type: ignore[attr-defined]  # ours
        before = current_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            current_id.reset(before)
        response["X-Request-ID"] = name
        return response


def _policy() -> str:
    return content_policy(picture_hosts.current())


class SecurityHeaders:
    """Closed by default; a view that set a header itself (a file's stricter policy) keeps its own.

    A page that depends on who is signed in is not stored anywhere: shared computers have a back button.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        spared = SPARED.get(response.headers.get("Content-Type", "").partition(";")[0], frozenset())
        for name, value in HEADERS.items():
            if name not in spared:
                response.headers.setdefault(name, value if name != POLICY else _policy())
        if "Cache-Control" not in response.headers and "Cookie" in response.get("Vary", ""):
            response["Cache-Control"] = "private, no-store"
        return response


class CitizenErrors:
    """A CitizenError that no view has caught becomes its page, or JSON for machines."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a CitizenError; leave everything else to Django (and so to the page for 500)."""
        return error_response(request, error) if isinstance(error, CitizenError) else None

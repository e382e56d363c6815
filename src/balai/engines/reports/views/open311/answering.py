"""How every address of Open311 answers: in the form that is asked for, refusals too, and from any page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from balai.engines.reports.forms.open311 import require_jurisdiction
from balai.engines.reports.rules import open311
from balai.engines.reports.rules.open311 import Value
from balai.runtime.api import TooLarge
from balai.runtime.audience import everyone
from balai.runtime.error_views import BadRequest
from balai.runtime.errors import CitizenError, NotFound, TooMany

LIST_SECONDS = 300
Answer = Callable[..., tuple[str, Value, int]]
READ = ("GET", "HEAD")


def answer(name: str, value: Value, form: str, status: int = 200) -> HttpResponse:
    """The tree `name: value` in one of the two forms."""
    body = open311.written(name, value, form)
    response = HttpResponse(body, status=status, content_type=open311.CONTENT_TYPES[form])
    response["Access-Control-Allow-Origin"] = "*"
    return response


def open311_view(*methods: str, seconds: int = 0) -> Callable[[Answer], Callable[..., HttpResponse]]:
    """Make a view of what gives `(name, value, status)`, which anybody may keep for so many seconds."""

    def decorated(view: Answer) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answered(request: HttpRequest, form: str = open311.XML, **kwargs: Any) -> HttpResponse:
            shown = form if form in open311.CONTENT_TYPES else open311.XML
            if request.method not in methods:
                return _not_allowed(shown, methods)
            try:
                if shown != form:
                    raise NotFound(form)
                response = _respond(view, request, shown, kwargs)
            except CitizenError as error:
                return refused(error, shown)
            except (
                RequestDataTooBig,
                UnreadablePostError,
                MultiPartParserError,
                SuspiciousOperation,
            ) as error:
                return refused(TooLarge() if isinstance(error, RequestDataTooBig) else BadRequest(), shown)
            if seconds and response.status_code == 200 and "Authorization" not in request.headers:
                response["Cache-Control"] = f"public, max-age={seconds}"
            else:
                response["Cache-Control"] = "private, no-store"
            return response

        return csrf_exempt(everyone(answered))

    return decorated


def _respond(view: Answer, request: HttpRequest, form: str, kwargs: dict[str, Any]) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    require_jurisdiction({key: sent.get(key, "") for key in sent})
    name, value, status = view(request, **kwargs)
    return answer(name, value, form, status)


def refused(error: CitizenError, form: str) -> HttpResponse:
    """The standard's `errors`: the status as a number, and a sentence."""
    response = answer("errors", [{"code": error.status, "description": error.sentence}], form, error.status)
    response["Cache-Control"] = "private, no-store"
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.retry_after)
    return response


def _not_allowed(form: str, methods: tuple[str, ...]) -> HttpResponse:
    response = refused(CitizenError(status=405), form)
    response["Allow"] = ", ".join(methods)
    return response


@open311_view(*READ)
def unknown(request: HttpRequest, rest: str) -> tuple[str, Value, int]:
    """Every address that the standard does not have."""
    raise NotFound(rest)

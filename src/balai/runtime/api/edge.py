"""The last layer around an operation: what HTTP itself asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from balai.runtime.error_views import error_response
from balai.runtime.errors import CitizenError

View = Callable[..., HttpResponseBase]


class MethodNotAllowed(CitizenError):
    """The address exists, but not for this method; Allow names those that do."""

    code = "runtime.method_not_allowed"
    template = _("Alamat ini tidak menerima metode tersebut.")
    status = 405


def at_the_edge(view: View) -> View:
    """405 as every refusal, 401 with its challenge (RFC 9110 §11.6.1), and nothing personal in any cache."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            allowed = response["Allow"]
            response = error_response(request, MethodNotAllowed())
            response["Allow"] = allowed
        if response.status_code == 401:
            response["WWW-Authenticate"] = 'Bearer realm="balai"'
        response.headers.setdefault("Cache-Control", "private, no-store")
        patch_vary_headers(response, ["Authorization"])
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # read by Django's middleware
    return answer

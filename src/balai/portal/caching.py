"""Public pages may be kept for a minute by browsers and proxies; pages of somebody signed in by nobody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

View = Callable[..., HttpResponse]
SECONDS = 60


def has_session(request: HttpRequest) -> bool:
    """Whether the visitor brings a session at all; asking this opens none."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def public_page(view: View) -> View:
    """Mark a page that looks the same to every stranger. Its ETag comes from ConditionalGetMiddleware."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        is_stranger = not has_session(request) and not response.cookies and response.status_code == 200
        response["Cache-Control"] = f"public, max-age={SECONDS}" if is_stranger else "private, no-cache"
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer

"""In which language a page speaks: the reader's on a citizen's page, the town's everywhere else.

The choice lies in a cookie, so a page costs no query for it and a stranger has one too. What the browser
says of itself (Accept-Language) is not asked: many a phone here is set to English by its seller.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import activate, override

from balai.runtime.audience import Audience

DESK = "/meja/"
TOWN_PATHS = (DESK, "/api/")


def is_offered(code: str) -> bool:
    """Whether the pages exist in this language."""
    return code in dict(settings.LANGUAGES)


def chosen(request: HttpRequest) -> str:
    """The language of this reader's choice, or the town's."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if is_offered(code) else settings.LANGUAGE_CODE


def remember(response: HttpResponse, code: str) -> None:
    """Keep the choice of language on this device."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


class ReadersLanguage:
    """Middleware; stands before the protection of forms, whose refusal is a page as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_towns = request.path_info.startswith(TOWN_PATHS)
        with override(settings.LANGUAGE_CODE if is_towns else chosen(request)):
            response = self.get_response(request)
        if not is_towns and response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Officers' pages outside /meja/ stay in the town's language as well."""
        audience = getattr(view, "audience", None)  # the API names its own kinds
        if isinstance(audience, Audience) and audience.kind in ("officers", "machines"):
            activate(settings.LANGUAGE_CODE)

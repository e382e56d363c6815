"""Forms on pages that look the same to every stranger: a token in them would keep those from being cached."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_ours(request: HttpRequest) -> bool:
    """Whether the form stood on a page of this town, as the browser says by itself.

    A browser too old to say so is believed: what these forms do is worth no forging.
    """
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin", "")
    is_from_here = origin in ("", "null") or urlsplit(origin).netloc == request.get_host()
    return site in ("same-origin", "none") and (is_from_here or origin in settings.CSRF_TRUSTED_ORIGINS)

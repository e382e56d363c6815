"""Which browser sends, so that one phone does not join forty times and no machine floods the reception.

The mark is random, set when something is sent and not before, and says nothing else of anybody. Limits by
address are wide: a whole village may come through one.
"""

from __future__ import annotations

import re
import secrets

from django.http import HttpRequest, HttpResponse

from balai.runtime import ratelimit
from balai.runtime.client import client_ip
from balai.runtime.errors import TooMany

COOKIE = "balai_pelapor"
SECONDS = 90 * 86400
HOUR, DAY = 3600, 86400
SENT_PER_DEVICE, SENT_PER_ADDRESS = 30, 300
SAVES_PER_ADDRESS = 3000
_MARK = re.compile(r"[0-9a-f]{32}")


def mark_of(request: HttpRequest) -> str:
    """This browser's mark; a new one where it has none."""
    known = request.COOKIES.get(COOKIE, "")
    return known if _MARK.fullmatch(known) else secrets.token_hex(16)


def remember(request: HttpRequest, response: HttpResponse, mark: str) -> HttpResponse:
    """Let the browser keep its mark."""
    response.set_cookie(
        COOKIE, mark, max_age=SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


def why_not_kept(request: HttpRequest) -> str:
    """Count one page that is to be kept; a sentence where there were too many, for the page itself to say."""
    try:
        ratelimit.hit("reports.save", client_ip(request), limit=SAVES_PER_ADDRESS, seconds=HOUR)
    except TooMany as refused:
        return refused.sentence
    return ""


def count_sent(request: HttpRequest, mark: str) -> None:
    """One report, or one voice, was sent. Raises TooMany."""
    ratelimit.hit("reports.sent.address", client_ip(request), limit=SENT_PER_ADDRESS, seconds=HOUR)
    ratelimit.hit("reports.sent.device", mark, limit=SENT_PER_DEVICE, seconds=DAY)

"""Who sends: `api_key` is a token of the API with the scope `reports:write`, in the body or as Bearer.

A key is never read from an address, which would lie in logs.
"""

from __future__ import annotations

from django.http import HttpRequest

from balai.engines.reports.errors import KeyRefused
from balai.people import queries as people
from balai.people.queries import TokenHolder
from balai.people.rules import TOKENS_PER_ADDRESS, count
from balai.runtime import ratelimit
from balai.runtime.client import client_ip

WRITE = "reports:write"
SENT_PER_KEY, HOUR = 300, 3600
_LONGEST, _SCHEME = 200, "bearer "


def holder_of(request: HttpRequest) -> TokenHolder | None:
    """Whom the key speaks for; None without one. Raises KeyRefused for one that is not good for reports."""
    secret = _secret(request)
    if not secret:
        return None
    holder = people.token_account(secret)
    if holder is None:
        count(TOKENS_PER_ADDRESS, client_ip(request))
    if holder is None or WRITE not in holder.scopes:
        raise KeyRefused(scope=WRITE)
    return holder


def sender_of(request: HttpRequest) -> TokenHolder:
    """The same for who sends a report: counted. Raises KeyRefused, TooMany."""
    holder = holder_of(request)
    if holder is None:
        raise KeyRefused(scope=WRITE)
    ratelimit.hit("reports.open311.key", str(holder.token_id), limit=SENT_PER_KEY, seconds=HOUR)
    return holder


def _secret(request: HttpRequest) -> str:
    header = request.headers.get("Authorization", "")
    if header.lower().startswith(_SCHEME):
        return header[len(_SCHEME) :].strip()[:_LONGEST]
    return request.POST.get("api_key", "").strip()[:_LONGEST]

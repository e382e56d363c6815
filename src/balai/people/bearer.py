"""Who speaks through the API: the holder of the token in `Authorization: Bearer …`."""

from __future__ import annotations

from django.http import HttpRequest

from balai.people import queries
from balai.people.rules import TOKENS_PER_ADDRESS, count
from balai.runtime.client import client_ip

SCHEME = "bearer"
LONGEST = 200


def holder_of(request: HttpRequest) -> queries.TokenHolder | None:
    """The holder, or None without a token or with one that speaks for nobody.

    Only tokens that fail are counted for an address: TooMany for whoever tries many.
    """
    secret = _secret(request)
    if not secret:
        return None
    holder = queries.token_account(secret)
    if holder is None:
        count(TOKENS_PER_ADDRESS, client_ip(request))
    return holder


def _secret(request: HttpRequest) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip()[:LONGEST] if scheme.lower() == SCHEME else ""

"""Where a request came from, as far as that can be known."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """The caller's address. X-Forwarded-For counts only as far as our own proxies wrote it.

    With `trusted_proxies` = n, the n-th entry from the right was written by the outermost of them; what
    stands further left anybody can invent. A value that is no address gives the peer's.
    """
    peer = str(request.META.get("REMOTE_ADDR") or "")
    trusted: int = settings.BALAI.trusted_proxies
    if not trusted:
        return peer
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    claimed = hops[-trusted] if len(hops) >= trusted else ""
    try:
        return str(ipaddress.ip_address(claimed))
    except ValueError:
        return peer

"""Where a request came from, as far as that can be known."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """The caller's address. X-Forwarded-For counts only as far as our own proxies wrote it.

    With `trusted_proxies` = n, the n-th entry from the right was written by the outermost of them; what
    stands further left anybody can invent. A value that is no address gives the peer's.

    It is what limits count by. A subscriber with IPv6 has 2^64 addresses (RFC 6177), so those of one /64
    are one caller: "2001:db8:0:1::".
    """
    peer = str(request.META.get("REMOTE_ADDR") or "")
    trusted: int = settings.BALAI.trusted_proxies
    if not trusted:
        return _caller(peer) or peer
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    claimed = hops[-trusted] if len(hops) >= trusted else ""
    return _caller(claimed) or _caller(peer) or peer


def _caller(text: str) -> str:
    """An IPv4 address, or the network of an IPv6 one; "" for what is no address."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ipaddress.ip_network((int(address) >> 64 << 64, 64)).network_address)
    return str(address)

"""Which addresses of gateways keep a message from strangers on the way."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def travels_in_the_clear(url: str) -> bool:
    """Whether others on the way can read along: http to anything but this very machine."""
    parts = urlsplit(url)
    return parts.scheme != "https" and not is_loopback(parts.hostname or "")


def is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""Whether an address is a page of this town, so that nobody is led to one that is not there."""

from __future__ import annotations

from django.urls import Resolver404, resolve


def is_page(address: str) -> bool:
    """Whether some view answers at this address; what stands behind "?" does not matter."""
    try:
        resolve(address.partition("?")[0])
    except Resolver404:
        return False
    return True

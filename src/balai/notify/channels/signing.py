"""The signature on a webhook: HMAC-SHA256 over the raw body, in hexadecimal."""

from __future__ import annotations

import hashlib
import hmac


def sign(body: bytes, *, key: str) -> str:
    """The signature as hexadecimal text."""
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


def fits(given: str, body: bytes, *, key: str, prefix: str = "") -> bool:
    """Whether `given` is the signature; never without a key. Takes the same time for every wrong one."""
    expected = prefix + sign(body, key=key)
    return bool(key) and hmac.compare_digest(given.encode(), expected.encode())

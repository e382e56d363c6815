"""The envelope sender that names the message (VERP), so that a bounce says which one came back.

`bounce+TOKEN@host`: the message's id and twelve signs of a keyed hash, so that nobody who is not the
recipient's mail server can make us doubt an address.
"""

from __future__ import annotations

import base64
import hmac
import re
from uuid import UUID

from balai.runtime.crypto import lookup_hash

_ID_SIGNS, _MARK_SIGNS = 26, 12
_TOKEN = re.compile(rf"\+([a-z2-7]{{{_ID_SIGNS}}})([0-9a-f]{{{_MARK_SIGNS}}})@", re.IGNORECASE)


def envelope_sender(message_id: UUID, bounce_address: str) -> str:
    """The sender of the envelope for this message; at most 63 characters before the @."""
    local, _at, domain = bounce_address.rpartition("@")
    token = base64.b32encode(message_id.bytes).decode().rstrip("=").lower()
    return f"{local}+{token}{_mark(message_id)}@{domain}"


def message_of(address: str) -> UUID | None:
    """The message that an envelope address names, None when it is not one that we made."""
    found = _TOKEN.search(address)
    if found is None:
        return None
    raw = base64.b32decode(found[1].upper() + "=" * 6)
    message_id = UUID(bytes=raw)
    return message_id if hmac.compare_digest(found[2].lower(), _mark(message_id)) else None


def _mark(message_id: UUID) -> str:
    return lookup_hash(str(message_id), context="notify.verp")[:_MARK_SIGNS]

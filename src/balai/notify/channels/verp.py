"""The envelope sender that names the hand-over (VERP), so that a bounce says which one came back.

`bounce+TOKEN@host`, in base 32: the message's id, its round, how the address's hash begins, and a keyed
hash over them, so that nobody who is not the recipient's mail server can make us doubt an address. Before
tokens named a round they held the id and twelve signs of another keyed hash; these are read still.
"""

from __future__ import annotations

import base64
import hmac
import re
from uuid import UUID

from balai.notify.references import Reference
from balai.runtime.crypto import lookup_hash

_ID_BYTES, _MARK_BYTES, _PROOF_BYTES = 16, 2, 5
# As many signs as fit before the @ (64, RFC 5321) beside the longest name that the settings allow and a +.
_SIGNS = 39
_TOKEN = re.compile(rf"\+([a-z2-7]{{{_SIGNS}}})@", re.IGNORECASE)
_LAST_ROUND = 255
_OLD_TOKEN = re.compile(r"\+([a-z2-7]{26})([0-9a-f]{12})@", re.IGNORECASE)
_OLD_ROUND = 1


def envelope_sender(reference: Reference, bounce_address: str) -> str:
    """The sender of the envelope for this hand-over; at most 64 characters before the @.

    Rounds after the 255th have the same sender: what comes back then is not told apart.
    """
    local, _at, domain = bounce_address.rpartition("@")
    round_byte = bytes([min(reference.round, _LAST_ROUND)])
    mark = bytes.fromhex(reference.mark)[:_MARK_BYTES].ljust(_MARK_BYTES, b"\0")
    named = reference.message_id.bytes + round_byte + mark
    token = base64.b32encode(named + _proof(named)).decode().rstrip("=").lower()
    return f"{local}+{token}@{domain}"


def reference_of(address: str) -> Reference | None:
    """The hand-over that an envelope address names, None when it is not one that we made.

    An old token names no round: it is taken for the first. Its message may have been sent again since, and
    what cannot be told apart must not fail what was sent later.
    """
    found = _TOKEN.search(address)
    if found is None:
        return _old_reference(address)
    raw = _decoded(found[1])
    named, proof = raw[:-_PROOF_BYTES], raw[-_PROOF_BYTES:]
    if not hmac.compare_digest(proof, _proof(named)):
        return None
    mark = named[_ID_BYTES + 1 :].hex()
    return Reference(UUID(bytes=named[:_ID_BYTES]), named[_ID_BYTES], mark)


def _old_reference(address: str) -> Reference | None:
    found = _OLD_TOKEN.search(address)
    if found is None:
        return None
    message_id = UUID(bytes=_decoded(found[1]))
    proof = lookup_hash(str(message_id), context="notify.verp")[: len(found[2])]
    is_ours = hmac.compare_digest(found[2].lower(), proof)
    return Reference(message_id, _OLD_ROUND) if is_ours else None


def _decoded(signs: str) -> bytes:
    return base64.b32decode(signs.upper() + "=" * (-len(signs) % 8))


def _proof(named: bytes) -> bytes:
    return bytes.fromhex(lookup_hash(named.hex(), context="notify.verp"))[:_PROOF_BYTES]

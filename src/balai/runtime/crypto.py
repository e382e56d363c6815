"""Sealing personal values at rest, finding them again by keyed hash, signing the journal.

AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D: safe for 2^32 values under one key; rotate long
before). `context` is bound in as associated data: a ciphertext copied into another column does not open.
Every ciphertext names its key (kid), so keys can be rotated while old values still open.

Text form: `s1.<kid>.<base64url of nonce + ciphertext + tag>`.
Byte form: `0x01 | 4 bytes kid | 12 bytes nonce | ciphertext + tag`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from balai.runtime import keyring

TEXT_MARK = "s1"
BYTE_MARK = b"\x01"
NONCE_BYTES = 12
KID_BYTES = 4


class SealBroken(Exception):
    """The value is not a sealed value, was altered, or belongs to another context."""


@lru_cache(maxsize=64)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def _seal(value: bytes, context: str) -> tuple[str, bytes]:
    keys = keyring.key_set("seal")
    nonce = os.urandom(NONCE_BYTES)
    return keys.current, nonce + _cipher(keys.key(keys.current)).encrypt(nonce, value, context.encode())


def _open(kid: str, sealed: bytes, context: str) -> bytes:
    key = keyring.find_key("seal", kid)
    try:
        return _cipher(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError):
        raise SealBroken(context) from None


def seal_text(value: str, *, context: str) -> str:
    """Seal a text for one place (`context`, such as "people.citizen.nik")."""
    kid, sealed = _seal(value.encode(), context)
    return f"{TEXT_MARK}.{kid}.{base64.urlsafe_b64encode(sealed).decode()}"


def open_text(value: str, *, context: str) -> str:
    """Open what `seal_text` sealed for the same context; raises SealBroken or keyring.KeyMissing."""
    mark, _dot, rest = value.partition(".")
    kid, _dot, body = rest.partition(".")
    if mark != TEXT_MARK or not body:
        raise SealBroken(context)
    try:
        sealed = base64.b64decode(body, altchars=b"-_", validate=True)
    except ValueError:
        raise SealBroken(context) from None
    return _open(kid, sealed, context).decode()


def seal_bytes(value: bytes, *, context: str) -> bytes:
    """Seal bytes; 33 bytes longer than the value."""
    kid, sealed = _seal(value, context)
    return BYTE_MARK + bytes.fromhex(kid) + sealed


def open_bytes(value: bytes, *, context: str) -> bytes:
    """Open what `seal_bytes` sealed for the same context; raises SealBroken or keyring.KeyMissing."""
    if value[:1] != BYTE_MARK:
        raise SealBroken(context)
    body = 1 + KID_BYTES
    return _open(value[1:body].hex(), value[body:], context)


def lookup_hash(value: str, *, context: str) -> str:
    """64 hexadecimal characters by which a sealed value is found: HMAC-SHA-256 under the lookup key.

    Give the same context for values that must match each other across tables (such as "nik").
    """
    keys = keyring.key_set("lookup")
    message = context.encode() + b"\x00" + value.encode()
    return hmac.digest(keys.key(keys.current), message, hashlib.sha256).hex()


def sign_journal(message: bytes) -> str:
    """`<kid>.<hex>`: HMAC-SHA-256 of a journal head under the journal key."""
    keys = keyring.key_set("journal")
    return f"{keys.current}.{hmac.digest(keys.key(keys.current), message, hashlib.sha256).hex()}"


def journal_signature_holds(message: bytes, signature: str) -> bool:
    """True when `signature` was made by `sign_journal` over this message with a key of this ring."""
    kid, _dot, mark = signature.partition(".")
    try:
        key = keyring.find_key("journal", kid)
    except keyring.KeyMissing:
        return False
    return hmac.compare_digest(hmac.digest(key, message, hashlib.sha256).hex(), mark)

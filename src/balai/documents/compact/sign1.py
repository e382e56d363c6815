"""COSE_Sign1 (RFC 9052 §4.2) with ES256, made and checked: the form of summaries and of the status list.

Signatures are deterministic (RFC 6979): the same content under the same key gives the same bytes.
"""

from __future__ import annotations

from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from balai.documents.compact import cbor
from balai.documents.compact.errors import KeyUnknown, NotASummary, SummaryAltered
from balai.documents.compact.keys import PublicKeys, signing_key

SIGN1_TAG: Final = 18
ALG, KID, TYP = 1, 4, 16  # header parameters: RFC 9052 §3.1, RFC 9596
ES256: Final = -7
_HALF: Final = 32


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    """The Sig_structure of RFC 9052 §4.4."""
    return cbor.encode(["Signature1", protected, b"", payload])


def sign(claims: dict[Any, Any], *, kid: bytes | None = None, media_type: str = "") -> bytes:
    """A tagged COSE_Sign1 over CWT claims, under the key named or the current one."""
    key_id, key = signing_key(kid)
    header: dict[int, Any] = {ALG: ES256, KID: key_id}
    if media_type:
        header[TYP] = media_type
    protected, payload = cbor.encode(header), cbor.encode(claims)
    algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
    r, s = decode_dss_signature(key.sign(_to_be_signed(protected, payload), algorithm))
    signature = r.to_bytes(_HALF) + s.to_bytes(_HALF)
    return cbor.encode(cbor.Tag(SIGN1_TAG, [protected, {}, payload, signature]))


def opened(token: bytes, keys: PublicKeys, *, media_type: str = "") -> tuple[bytes, dict[Any, Any]]:
    """Key id and claims of a token whose signature holds.

    `media_type` is the `typ` that it must carry, "" for none: a status list never passes for a letter.
    Raises NotASummary, KeyUnknown, SummaryAltered.
    """
    protected, payload, signature = _parts(token)
    header = _map_of(protected)
    if header.get(ALG) != ES256 or header.get(TYP, "") != media_type or set(header) - {ALG, KID, TYP}:
        raise NotASummary()
    kid = header.get(KID)
    key = keys.get(kid) if isinstance(kid, bytes) else None
    if key is None or not isinstance(kid, bytes):
        raise KeyUnknown()
    encoded = encode_dss_signature(int.from_bytes(signature[:_HALF]), int.from_bytes(signature[_HALF:]))
    try:
        key.verify(encoded, _to_be_signed(protected, payload), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise SummaryAltered() from None
    return kid, _map_of(payload)


def _parts(token: bytes) -> tuple[bytes, bytes, bytes]:
    """Protected header, payload and signature of a tagged COSE_Sign1."""
    try:
        value = cbor.decode(token)
    except cbor.CborRefused:
        raise NotASummary() from None
    if not (isinstance(value, cbor.Tag) and value.number == SIGN1_TAG and isinstance(value.value, list)):
        raise NotASummary()
    match value.value:
        case [bytes() as protected, dict() as unprotected, bytes() as payload, bytes() as signature]:
            if unprotected or len(signature) != 2 * _HALF:
                raise NotASummary()
            return protected, payload, signature
    raise NotASummary()


def _map_of(encoded: bytes) -> dict[Any, Any]:
    try:
        value = cbor.decode(encoded)
    except cbor.CborRefused:
        raise NotASummary() from None
    if not isinstance(value, dict):
        raise NotASummary()
    return value

"""The government's keys for letters: private ones from the key ring, public ones for whoever checks.

The ring's purpose "letters" holds private numbers of P-256 keys. Rotation makes a new one current; the public
keys of all of them stay published, since letters in drawers name them. A key id is the ring's, as ASCII, so
that it reads the same in a COSE header and in a JSON Web Key.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec

from balai.runtime import keyring

CURVE: Final = ec.SECP256R1
_COORDINATE_BYTES: Final = 32
# COSE_Key parameters (RFC 9052 §7, RFC 9053 §7.1): 1 kty (2 = EC2), 2 kid, 3 alg (-7 = ES256),
# 4 key_ops (2 = verify), -1 crv (1 = P-256), -2 x, -3 y.
_KTY, _KID, _ALG, _OPS, _CRV, _X, _Y = 1, 2, 3, 4, -1, -2, -3
PublicKeys = Mapping[bytes, ec.EllipticCurvePublicKey]


@lru_cache(maxsize=64)
def _private(number: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(number), CURVE())


def signing_key(kid: bytes | None = None) -> tuple[bytes, ec.EllipticCurvePrivateKey]:
    """Key id and private key: the one named, else the current one. Raises keyring.KeyMissing."""
    if kid is not None:
        return kid, _private(keyring.find_key("letters", kid.decode()))
    keys = keyring.key_set("letters")
    return keys.current.encode(), _private(keys.key(keys.current))


def public_keys() -> dict[bytes, ec.EllipticCurvePublicKey]:
    """Every public key that letters may name, by key id; also one that another process has just made."""
    ring = keyring.fresh_key_set("letters").keys
    return {kid.encode(): _private(number).public_key() for kid, number in sorted(ring.items())}


def _coordinates(key: ec.EllipticCurvePublicKey) -> tuple[bytes, bytes]:
    point = key.public_numbers()
    return point.x.to_bytes(_COORDINATE_BYTES), point.y.to_bytes(_COORDINATE_BYTES)


def base64url(value: bytes) -> str:
    """Base64url without padding, as JOSE writes it (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def jwk(kid: bytes, key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """One public key as JSON Web Key (RFC 7517, RFC 7518 §6.2); `kid` is the COSE key id as text."""
    x, y = _coordinates(key)
    return {
        "kty": "EC",
        "crv": "P-256",
        "alg": "ES256",
        "use": "sig",
        "kid": kid.decode(),
        "x": base64url(x),
        "y": base64url(y),
    }


def cose_key(kid: bytes, key: ec.EllipticCurvePublicKey) -> dict[int, Any]:
    """One public key as COSE_Key (RFC 9052 §7)."""
    x, y = _coordinates(key)
    return {_KTY: 2, _KID: kid, _ALG: -7, _OPS: [2], _CRV: 1, _X: x, _Y: y}

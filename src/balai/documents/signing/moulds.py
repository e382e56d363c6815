"""CMS signatures cast from a mould: what is the same in every signature of a key is encoded once.

pyHanko (asn1crypto) takes longer to encode a signature than to make it. All signatures of a key at PAdES B-B
are alike but for two values of known length: the digest of the file and the signature itself. So pyHanko
makes one with random placeholders, and for each letter these are replaced. Nothing here knows ASN.1. (What
claims a time is not in them: PAdES writes it into the PDF, and a time stamp is no plain signature.)
"""

from __future__ import annotations

import os
from typing import Any

from pyhanko.sign.signers import Signer as CmsSigner


class Mould(CmsSigner):
    """Makes signatures that are right in everything but the digest and the signature."""

    def __init__(self, like: CmsSigner, length: int) -> None:
        super().__init__(signing_cert=like.signing_cert, cert_registry=like.cert_registry)
        self._signature = os.urandom(length)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The placeholder."""
        return self._signature

    async def cast(self, algorithm: str, digest_bytes: int, **settings: Any) -> Casting:
        """What all signatures of this length have in common."""
        digest = os.urandom(digest_bytes)
        attributes = await self.signed_attrs(
            digest, algorithm, attr_settings=settings["signed_attr_settings"], use_pades=True
        )
        whole = await self.async_sign(digest, algorithm, use_pades=True, **settings)
        return Casting(attributes.dump(), whole.dump(), digest, self._signature)


class Casting:
    """Encoded attributes and a whole signature, each with its placeholders found once."""

    def __init__(self, attributes: bytes, whole: bytes, digest: bytes, signature: bytes) -> None:
        self._attributes = _split_once(attributes, digest)
        self._head, rest = _split_once(whole, digest)
        self._middle, self._tail = _split_once(rest, signature)
        self._digest_bytes, self._signature_bytes = len(digest), len(signature)

    def to_be_signed(self, digest: bytes) -> bytes:
        """The attributes with this digest, as they are signed."""
        _same_length(digest, self._digest_bytes)
        return digest.join(self._attributes)

    def filled(self, digest: bytes, signature: bytes) -> bytes:
        """The whole CMS signature in DER."""
        _same_length(digest, self._digest_bytes)
        _same_length(signature, self._signature_bytes)
        return b"".join((self._head, digest, self._middle, signature, self._tail))


def _split_once(text: bytes, mark: bytes) -> tuple[bytes, bytes]:
    """What stands before and after the one place of `mark`; raises ValueError when it is not one place."""
    before, *after = text.split(mark)
    if len(after) != 1:
        raise ValueError("a placeholder does not stand in one place")
    return before, after[0]


def _same_length(value: bytes, length: int) -> None:
    if len(value) != length:
        raise ValueError("this value does not fit into the mould")

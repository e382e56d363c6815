"""A key in memory as pyHanko takes it: loaded once, used for many signatures.

pyHanko's own signer loads its key anew at every signature, which costs more than an RSA signature itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.sign.signers import Signer as CmsSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from balai.documents.signing.errors import SignerRefused, refuse_to_pickle
from balai.documents.signing.trust import as_asn1

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class HeldKeySigner(CmsSigner):
    """Makes CMS signatures with a key that stays in memory until `forget()`."""

    def __init__(
        self, key: PrivateKey, certificate: x509.Certificate, chain: Iterable[x509.Certificate]
    ) -> None:
        store = SimpleCertificateStore()
        store.register_multiple([as_asn1(each) for each in chain])
        super().__init__(signing_cert=as_asn1(certificate), cert_registry=store)
        self._key: PrivateKey | None = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The raw signature over `data`; raises SignerRefused("key_closed") after `forget()`."""
        key = self._key
        if key is None:
            raise SignerRefused("key_closed")
        if dry_run:
            return bytes(key.key_size // 8 if isinstance(key, rsa.RSAPrivateKey) else key.key_size // 4 + 16)
        chosen = HASHES[digest_algorithm]
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(data, padding.PKCS1v15(), chosen)
        return key.sign(data, ec.ECDSA(chosen))

    def forget(self) -> None:
        """Drop the key; OpenSSL clears its memory when the last holder lets go."""
        self._key = None

    def __repr__(self) -> str:
        return "<HeldKeySigner>"

    __reduce_ex__ = refuse_to_pickle

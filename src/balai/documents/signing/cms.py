"""A key in memory as pyHanko takes it: loaded once, used for many signatures.

pyHanko's own signer loads its key anew at every signature, which costs more than an RSA signature itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.sign.signers import Signer as CmsSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from balai.documents.signing.errors import SignerRefused, refuse_to_pickle
from balai.documents.signing.moulds import Casting, Mould
from balai.documents.signing.trust import as_asn1

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
USUAL_LENGTH = 71  # of an ECDSA signature on P-256 in DER
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
        self._castings: dict[tuple[str, int], Casting] = {}

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

    async def async_sign(
        self, data_digest: bytes, digest_algorithm: str, *args: Any, **settings: Any
    ) -> cms.ContentInfo | bytes:
        """A whole CMS signature; a plain one for a PDF is cast from a mould."""
        given = settings.get("signed_attr_settings")
        is_plain = not args and settings.get("use_pades") and settings.get("timestamper") is None
        if not is_plain or given is None or given.cades_signed_attrs or given.adobe_revinfo_attr:
            return await super().async_sign(data_digest, digest_algorithm, *args, **settings)
        casting = await self._casting(digest_algorithm, len(data_digest), 0, given)
        signature = await self.async_sign_raw(casting.to_be_signed(data_digest), digest_algorithm)
        casting = await self._casting(digest_algorithm, len(data_digest), len(signature), given)
        return casting.filled(data_digest, signature)

    async def _casting(
        self, algorithm: str, digest_bytes: int, length: int, given: PdfCMSSignedAttributes
    ) -> Casting:
        """The casting for signatures of this length (ECDSA's differ by a byte or two); 0 is any."""
        if length == 0:
            length = next((known for name, known in self._castings if name == algorithm), USUAL_LENGTH)
        casting = self._castings.get((algorithm, length))
        if casting is None:
            casting = await Mould(self, length).cast(algorithm, digest_bytes, signed_attr_settings=given)
            self._castings[algorithm, length] = casting
        return casting

    def forget(self) -> None:
        """Drop the key; OpenSSL clears its memory when the last holder lets go."""
        self._key = None

    def __repr__(self) -> str:
        return "<HeldKeySigner>"

    __reduce_ex__ = refuse_to_pickle

"""Opening PKCS#12 files, and what a certificate must be to sign a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from balai.documents.signing.errors import CertificateUnfit, PassphraseWrong, refuse_to_pickle

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
CURVES = {"secp256r1": "ecdsa-p256", "secp384r1": "ecdsa-p384", "secp521r1": "ecdsa-p521"}
SHORTEST_RSA = 2048
LARGEST_P12 = 100_000


@dataclass(frozen=True, repr=False)
class KeyFile:
    """What a PKCS#12 file held."""

    key: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    __reduce_ex__ = refuse_to_pickle


@sensitive_variables("passphrase", "content", "held")
def open_p12(content: bytes, passphrase: str) -> KeyFile:
    """The key and its certificate; raises PassphraseWrong, or CertificateUnfit for what cannot sign."""
    if len(content) > LARGEST_P12:
        raise CertificateUnfit(why=_("berkas terlalu besar."))
    try:
        held = pkcs12.load_pkcs12(content, passphrase.encode())
    except UnsupportedAlgorithm:
        raise CertificateUnfit(why=_("cara penyandian berkas tidak dikenal.")) from None
    except ValueError as error:
        if "password" in str(error).lower():
            raise PassphraseWrong from None
        raise CertificateUnfit(why=_("bukan berkas PKCS#12.")) from None
    key, found = held.key, held.cert
    if found is None or not isinstance(key, PrivateKey):
        raise CertificateUnfit(why=_("kunci atau sertifikatnya tidak ada."))
    if key.public_key() != found.certificate.public_key():
        raise CertificateUnfit(why=_("kunci dan sertifikatnya bukan pasangan."))
    refuse_unfit(found.certificate)
    return KeyFile(key, found.certificate, tuple(each.certificate for each in held.additional_certs))


def algorithm_of(certificate: x509.Certificate) -> str:
    """Such as "ecdsa-p256" or "rsa-2048"; raises CertificateUnfit for a key that is too weak or unknown."""
    key = certificate.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in CURVES:
        return CURVES[key.curve.name]
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= SHORTEST_RSA:
        return f"rsa-{key.key_size}"
    raise CertificateUnfit(why=_("kuncinya harus ECDSA (P-256 atau lebih) atau RSA paling sedikit 2048 bit."))


def refuse_unfit(certificate: x509.Certificate) -> None:
    """Raise CertificateUnfit for an authority's certificate, or one that is not meant for signing."""
    algorithm_of(certificate)
    extensions = certificate.extensions
    try:
        if extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            raise CertificateUnfit(why=_("ini sertifikat penerbit, bukan sertifikat orang."))
    except x509.ExtensionNotFound:
        pass
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise CertificateUnfit(why=_("sertifikat ini tidak diterbitkan untuk menandatangani."))


def validity(certificate: x509.Certificate) -> tuple[datetime, datetime]:
    """From when until when."""
    return certificate.not_valid_before_utc, certificate.not_valid_after_utc

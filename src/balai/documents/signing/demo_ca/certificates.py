"""Certificates of the demo authority (RFC 5280): what each may do, where its revocation is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

DEMO_MARK = "UJI COBA"
CA_YEARS, STAMP_YEARS, OFFICER_YEARS = 20, 5, 2
YEAR = timedelta(days=365)
# A demo tells of days that have passed, and a clock may be wrong by hours.
BEFORE = timedelta(days=400)
LONGEST_NAME = 64  # ub-common-name

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


@dataclass(frozen=True)
class Pair:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: PrivateKey

    def __repr__(self) -> str:
        return f"<Pair {self.certificate.subject.rfc4514_string()}>"


@dataclass(frozen=True)
class Addresses:
    """Where an issuer's certificate and its revocation list can be fetched."""

    certificate: str
    revocation_list: str


def new_key() -> ec.EllipticCurvePrivateKey:
    """A key on P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def demo_name(common: str, organisation: str, **more: str) -> x509.Name:
    """A name that says UJI COBA in every part that is shown to people; `more` may hold `title`."""
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, _marked(organisation)),
        x509.NameAttribute(NameOID.COMMON_NAME, _marked(common)),
    ]
    if more.get("title"):
        parts.append(x509.NameAttribute(NameOID.TITLE, more["title"][:LONGEST_NAME]))
    return x509.Name(parts)


def _marked(text: str) -> str:
    mark = f" ({DEMO_MARK})"
    return text[: LONGEST_NAME - len(mark)] + mark


def make_root(name: x509.Name, now: datetime) -> Pair:
    """A self-signed root that may have one authority below it."""
    key = new_key()
    draft = _draft(name, name, key.public_key(), now - BEFORE, now + CA_YEARS * YEAR)
    draft = _as_authority(draft, path_length=1)
    return Pair(draft.sign(key, hashes.SHA256()), key)


def make_intermediate(name: x509.Name, root: Pair, at: Addresses, now: datetime) -> Pair:
    """The authority that issues to people."""
    key = new_key()
    ends_at = min(now + CA_YEARS * YEAR, root.certificate.not_valid_after_utc)
    draft = _draft(name, root.certificate.subject, key.public_key(), now - BEFORE, ends_at)
    draft = _below(_as_authority(draft, path_length=0), root, at)
    return Pair(draft.sign(root.key, hashes.SHA256()), key)


def make_stamper(name: x509.Name, issuer: Pair, at: Addresses, now: datetime) -> Pair:
    """Who stamps the time: may do that and nothing else (RFC 3161, 2.3)."""
    key = new_key()
    draft = _draft(name, issuer.certificate.subject, key.public_key(), now - BEFORE, now + STAMP_YEARS * YEAR)
    draft = _below(_as_end(draft, content_commitment=False), issuer, at).add_extension(
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
    )
    return Pair(draft.sign(issuer.key, hashes.SHA256()), key)


def issue(
    name: x509.Name, public_key: PublicKey, issuer: Pair, at: Addresses, valid: tuple[datetime, datetime]
) -> x509.Certificate:
    """A person's certificate: digital signature and content commitment."""
    draft = _draft(name, issuer.certificate.subject, public_key, *valid)
    return _below(_as_end(draft, content_commitment=True), issuer, at).sign(issuer.key, hashes.SHA256())


def _draft(
    name: x509.Name, issuer: x509.Name, key: PublicKey, starts_at: datetime, ends_at: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts_at)
        .not_valid_after(ends_at)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _as_authority(draft: x509.CertificateBuilder, path_length: int) -> x509.CertificateBuilder:
    return draft.add_extension(
        x509.BasicConstraints(ca=True, path_length=path_length), critical=True
    ).add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)


def _as_end(draft: x509.CertificateBuilder, *, content_commitment: bool) -> x509.CertificateBuilder:
    return draft.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    ).add_extension(_usage(digital_signature=True, content_commitment=content_commitment), critical=True)


def _usage(**allowed: bool) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})


def _below(draft: x509.CertificateBuilder, issuer: Pair, at: Addresses) -> x509.CertificateBuilder:
    """Whose it is, and where to look: authority key, issuer's certificate, revocation list."""
    ski = issuer.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(at.revocation_list)], None, None, None)
    access = x509.AccessDescription(
        AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(at.certificate)
    )
    return (
        draft.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(ski), critical=False
        )
        .add_extension(x509.CRLDistributionPoints([point]), critical=False)
        .add_extension(x509.AuthorityInformationAccess([access]), critical=False)
    )

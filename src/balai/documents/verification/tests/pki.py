"""Certificate authorities for the tests: good ones, strangers, and every kind of bad certificate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from balai.documents.verification.chamber.materials import Materials

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Identity:
    """A certificate, its key, and who issued it (None: itself)."""

    certificate: x509.Certificate
    key: Key
    issuer: Identity | None = None

    @property
    def der(self) -> bytes:
        """The certificate as DER."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def loaded(self) -> asn1_x509.Certificate:
        """The certificate as pyHanko takes it."""
        return asn1_x509.Certificate.load(self.der)

    @property
    def loaded_key(self) -> asn1_keys.PrivateKeyInfo:
        """The key as pyHanko takes it."""
        plain = serialization.NoEncryption()
        encoding = serialization.Encoding.DER
        return asn1_keys.PrivateKeyInfo.load(
            self.key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain)
        )

    def chain(self) -> list[asn1_x509.Certificate]:
        """The issuers above, the root left out."""
        above = self.issuer
        return [] if above is None or above.issuer is None else [above.loaded, *above.chain()]

    def signer(self) -> SimpleSigner:
        """Signs with this identity and brings its chain along."""
        store = SimpleCertificateStore()
        store.register_multiple(self.chain())
        return SimpleSigner(signing_cert=self.loaded, signing_key=self.loaded_key, cert_registry=store)


@dataclass(frozen=True)
class Kind:
    """What a certificate is for."""

    authority: bool = False
    stamps: bool = False
    signs: bool = True
    starts: datetime = NOW - 365 * DAY
    ends: datetime = NOW + 365 * DAY


LEAF, AUTHORITY = Kind(), Kind(authority=True, starts=NOW - 3000 * DAY, ends=NOW + 3000 * DAY)
STAMPER = replace(AUTHORITY, authority=False, stamps=True)


def make(name: str, issuer: Identity | None = None, kind: Kind = LEAF, key: Key | None = None) -> Identity:
    """A new identity with this common name."""
    own = key or ec.generate_private_key(ec.SECP256R1())
    named = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if not kind.authority and not kind.stamps:
        named.insert(0, x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Desa Sawentar"))
    subject = x509.Name(named)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(kind.starts)
        .not_valid_after(kind.ends)
        .add_extension(x509.BasicConstraints(ca=kind.authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(_usage(kind), critical=True)
    )
    if issuer:
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
        builder = builder.add_extension(above, critical=False)
    if kind.stamps:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    made = builder.sign((issuer.key if issuer else own), hashes.SHA256())
    return Identity(made, own, issuer)


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """pyHanko's time stamper for tests knows no other kind."""
    return rsa.generate_private_key(65537, bits)


def _usage(kind: Kind) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not kind.authority and kind.signs,
        content_commitment=not kind.authority and not kind.stamps and kind.signs,
        key_encipherment=not kind.signs,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=kind.authority,
        crl_sign=kind.authority,
        encipher_only=False,
        decipher_only=False,
    )


def crl(issuer: Identity, revoked: dict[Identity, datetime] | None = None, at: datetime = NOW) -> bytes:
    """A revocation list of this issuer, good from five days before `at` to thirty after, as DER."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at - 5 * DAY)
        .next_update(at + 30 * DAY)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
        )
    )
    for gone, when in (revoked or {}).items():
        row = x509.RevokedCertificateBuilder().serial_number(gone.certificate.serial_number)
        builder = builder.add_revoked_certificate(row.revocation_date(when).build())
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@dataclass(frozen=True, eq=False)
class Town:
    """An authority that the tests trust, its people, and strangers that nobody trusts."""

    root: Identity
    middle: Identity
    bambang: Identity
    sri: Identity
    old: Identity
    future: Identity
    revoked: Identity
    unfit: Identity
    rsa: Identity
    short: Identity
    stamper: Identity
    stranger_root: Identity
    stranger: Identity
    stranger_stamper: Identity
    alone: Identity

    def stamp(self, at: datetime = NOW, identity: Identity | None = None) -> DummyTimeStamper:
        """A time stamping authority whose clock stands still."""
        who = identity or self.stamper
        store = SimpleCertificateStore()
        store.register_multiple(who.chain())
        return DummyTimeStamper(
            tsa_cert=who.loaded, tsa_key=who.loaded_key, certs_to_embed=store, fixed_dt=at
        )

    def crls(self, at: datetime = NOW) -> tuple[bytes, ...]:
        """What the two authorities revoked, ten days ago."""
        return (crl(self.root, at=at), crl(self.middle, {self.revoked: NOW - 10 * DAY}, at=at))

    def materials(self, **changes: Any) -> Materials:
        """What a verifier of this town has at hand."""
        given = Materials(anchors=(self.root.der,), intermediates=(self.middle.der,), crls=self.crls())
        return replace(given, **changes)


@cache
def town() -> Town:
    """One for the whole run: keys cost time."""
    root = make("Balai Test Root", kind=AUTHORITY)
    middle = make("Balai Test Intermediate", root, AUTHORITY)
    stranger_root = make("Stranger Root", kind=AUTHORITY)
    return Town(
        root=root,
        middle=middle,
        bambang=make("Bambang Sutejo", middle),
        sri=make("Sri Wahyuni", middle),
        old=make("Agus Lama", middle, replace(LEAF, starts=NOW - 800 * DAY, ends=NOW - 70 * DAY)),
        future=make("Dewi Nanti", middle, replace(LEAF, starts=NOW + 10 * DAY)),
        revoked=make("Joko Dicabut", middle),
        unfit=make("Server Surat", middle, replace(LEAF, signs=False)),
        rsa=make("Rina Rahayu", middle, key=rsa_key()),
        short=make("Tono Pendek", middle, key=rsa_key(1024)),
        stamper=make("Balai Test TSA", root, STAMPER, rsa_key()),
        stranger_root=stranger_root,
        stranger=make("Orang Asing", stranger_root),
        stranger_stamper=make("Stranger TSA", stranger_root, STAMPER, rsa_key()),
        alone=make("Bambang Sutejo"),
    )

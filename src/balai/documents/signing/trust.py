"""Whom this town believes: roots, intermediates, revocation lists, and who stamps the time.

What the operator puts into BALAI_TRUST_DIR (default `trust/` in the data folder) counts: self-signed
authorities (PEM or DER) are anchors, other authorities are intermediates, `*.crl` are revocation lists. A
demo town believes its own demo authority as well; production never does. Values are asn1crypto's, as pyHanko
takes them; `.dump()` gives DER for another process.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asn1crypto import crl, pem, x509
from cryptography import x509 as pyca
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from balai.documents.signing.demo_ca import authority as demo
from balai.documents.signing.demo_ca import revocation
from balai.documents.signing.demo_ca.certificates import DEMO_MARK
from balai.documents.signing.registry import Level
from balai.runtime import clock

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

CERTIFICATES = frozenset({".pem", ".crt", ".cer", ".der"})
LISTS = frozenset({".crl"})
LARGEST_FILE = 20_000_000


class TrustUnreadable(Exception):
    """A file in the folder of trust is not what its name says; the message names it."""


def anchors() -> tuple[x509.Certificate, ...]:
    """Roots that this town believes."""
    own = (as_asn1(demo.authority().root.certificate),) if demo.is_allowed() else ()
    return (*_kept().anchors, *own)


def intermediates() -> tuple[x509.Certificate, ...]:
    """Authorities between a root and a signer, known beforehand; a signature may bring more."""
    own = (as_asn1(demo.authority().intermediate.certificate),) if demo.is_allowed() else ()
    return (*_kept().intermediates, *own)


def crls() -> tuple[crl.CertificateList, ...]:
    """Revocation lists at hand, fetched from nowhere: what they do not cover could not be checked."""
    own = tuple(map(_parsed_list, revocation.revocation_lists())) if demo.is_allowed() else ()
    return (*_kept().lists, *own)


def timestamper() -> TimeStamper | None:
    """Who stamps the time: the authority that is set, else the demo town's own, else nobody."""
    if settings.BALAI.tsa_url:
        return _remote_stamper(settings.BALAI.tsa_url, clock.now().date())
    return _demo_stamper(demo.authority().folder, clock.now().date()) if demo.is_allowed() else None


def level() -> Level:
    """At which level this town signs its letters (BALAI_SIGNATURE_LEVEL)."""
    chosen: Level = settings.BALAI.signature_level
    return chosen


def is_demo(certificate: x509.Certificate) -> bool:
    """Whether a demo authority issued it, of this town or another: it proves nothing about a person."""
    return DEMO_MARK in certificate.issuer.human_friendly


def as_asn1(certificate: pyca.Certificate) -> x509.Certificate:
    """The same certificate as pyHanko's kind of value."""
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def chain_of(
    certificate: pyca.Certificate, brought: Iterable[pyca.Certificate]
) -> tuple[pyca.Certificate, ...]:
    """The authorities above a certificate, nearest first, from what it brought and what is known; no root."""
    known = [*brought, *(pyca.load_der_x509_certificate(each.dump()) for each in intermediates())]
    chain: list[pyca.Certificate] = []
    below = certificate
    while (above := _issuer_of(below, known)) is not None and above not in chain:
        chain.append(above)
        below = above
    return tuple(chain)


def reaches_anchor(certificate: pyca.Certificate, brought: Iterable[pyca.Certificate] = ()) -> bool:
    """Whether authorities lead from a certificate to a root that is believed; times are not looked at."""
    highest = (certificate, *chain_of(certificate, brought))[-1]
    roots = [pyca.load_der_x509_certificate(each.dump()) for each in anchors()]
    return any(_has_signed(root, highest) for root in roots)


def _issuer_of(below: pyca.Certificate, known: list[pyca.Certificate]) -> pyca.Certificate | None:
    """Who has signed it, among the known; None for a root's child, since a root is not sent along."""
    for candidate in known:
        if candidate.issuer != candidate.subject and _has_signed(candidate, below):
            return candidate
    return None


def _has_signed(candidate: pyca.Certificate, below: pyca.Certificate) -> bool:
    if candidate.subject != below.issuer:
        return False
    try:
        below.verify_directly_issued_by(candidate)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


@dataclass(frozen=True)
class _Kept:
    """What lies in the operator's folder."""

    anchors: tuple[x509.Certificate, ...] = ()
    intermediates: tuple[x509.Certificate, ...] = ()
    lists: tuple[crl.CertificateList, ...] = ()


def _kept() -> _Kept:
    """The folder's content, read again when a file in it has changed."""
    folder: Path = settings.BALAI.trust_path
    if not folder.is_dir():
        return _Kept()
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in CERTIFICATES | LISTS)
    return _read(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files))


@lru_cache(maxsize=2)
def _read(files: tuple[tuple[Path, int, int], ...]) -> _Kept:
    certificates: list[x509.Certificate] = []
    lists: list[crl.CertificateList] = []
    for path, _changed, size in files:
        if size > LARGEST_FILE:
            raise TrustUnreadable(f"{path} is larger than {LARGEST_FILE} bytes")
        kind = crl.CertificateList if path.suffix.lower() in LISTS else x509.Certificate
        found = _parsed(path, kind)
        (lists if kind is crl.CertificateList else certificates).extend(found)
    authorities = [each for each in certificates if each.ca]
    return _Kept(
        tuple(each for each in authorities if each.self_issued),
        tuple(each for each in authorities if not each.self_issued),
        tuple(lists),
    )


def _parsed(path: Path, kind: Any) -> list[Any]:
    """Everything of a kind in a file, PEM (one or many) or DER; raises TrustUnreadable."""
    content = path.read_bytes()
    try:
        ders = (
            [der for _name, _headers, der in pem.unarmor(content, multiple=True)]
            if pem.detect(content)
            else [content]
        )
        values = [kind.load(der, strict=True) for der in ders]
        for value in values:
            _ = value.native
    except (ValueError, TypeError) as error:
        raise TrustUnreadable(f"{path} can not be read: {error}") from None
    return values


@lru_cache(maxsize=8)
def _parsed_list(der: bytes) -> crl.CertificateList:
    return crl.CertificateList.load(der)


@lru_cache(maxsize=2)
def _demo_stamper(_folder: Path, _day: date) -> TimeStamper:
    from balai.documents.signing.demo_ca.stamping import DemoStamper  # noqa: PLC0415 - pyHanko is heavy

    return DemoStamper()


@lru_cache(maxsize=2)
def _remote_stamper(url: str, _day: date) -> TimeStamper:
    """Kept for a day: it remembers the authority's certificates, which change rarely."""
    from balai.documents.signing.stamping import RemoteStamper  # noqa: PLC0415 - pyHanko is heavy

    return RemoteStamper(url)

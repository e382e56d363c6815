"""Whom this town believes: roots, intermediates, revocation lists, and who stamps the time.

In production these are PEM or DER files that the operator puts into BALAI_TRUST_DIR (default `trust/` in the
data folder): self-signed authorities are anchors, other certificates are intermediates, `*.crl` are revocation
lists. A demo town trusts its own demo authority as well. All are asn1crypto values, as pyHanko takes them;
`.dump()` gives DER for another process.
"""

from __future__ import annotations

from asn1crypto import crl, x509
from pyhanko.sign.timestamps import TimeStamper


def anchors() -> tuple[x509.Certificate, ...]:
    """Roots that this town believes."""
    return ()


def intermediates() -> tuple[x509.Certificate, ...]:
    """Certificates between a root and a signer, known beforehand; a signature may bring more."""
    return ()


def crls() -> tuple[crl.CertificateList, ...]:
    """Revocation lists at hand, fetched from nowhere: what they do not cover could not be checked."""
    return ()


def timestamper() -> TimeStamper | None:
    """Who stamps the time for B-T and B-LTA; None where nobody is set."""
    return None


def is_demo(certificate: x509.Certificate) -> bool:
    """Whether a demo authority issued it: a signature by it proves nothing about a person."""
    return False

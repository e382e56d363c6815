"""Revocation lists of the demo authority (RFC 5280, 5): which certificates are no longer good.

A list holds for a week. A job renews it three days before that; who finds it ended does so at once.
"""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from balai.documents.signing.demo_ca.authority import Authority, authority
from balai.documents.signing.demo_ca.certificates import Pair
from balai.runtime import clock

LASTS = timedelta(days=7)
RENEWED_BEFORE = timedelta(days=3)
REVOKED = "revoked.json"
REASONS = {"key_compromise": x509.ReasonFlags.key_compromise, "superseded": x509.ReasonFlags.superseded}


def revocation_lists() -> tuple[bytes, ...]:
    """The lists of root and intermediate as DER, fresh."""
    town = authority()
    return tuple(revocation_list(name) for name, _pair in town.issuers)


def revocation_list(issuer: str) -> bytes:
    """The list of one issuer ("root", "intermediate") as DER; renewed first when missing or ended."""
    town = authority()
    place = _place(town, issuer)
    if not _holds(place, clock.now()):
        renew(at_least=timedelta())
    return place.read_bytes()


def renew(*, at_least: timedelta = RENEWED_BEFORE) -> int:
    """Issue anew every list that lasts no longer than `at_least` from now; returns how many."""
    town = authority()
    with _guard(town):
        soon = clock.now() + at_least
        old = [(name, pair) for name, pair in town.issuers if not _holds(_place(town, name), soon)]
        for name, pair in old:
            _issue(town, name, pair)
    return len(old)


def revoke(serial: int, *, reason: str) -> None:
    """From now on this certificate of the intermediate is not good; again changes nothing.

    `reason` is one of REASONS; the list is issued at once.
    """
    town = authority()
    with _guard(town):
        known = _revoked(town)
        if str(serial) not in known:
            known[str(serial)] = {"at": clock.now().isoformat(), "reason": reason}
            _replace(town.folder / REVOKED, json.dumps(known, indent=1).encode())
        for name, pair in town.issuers:
            _issue(town, name, pair)


def _issue(town: Authority, name: str, issuer: Pair) -> None:
    now = clock.now().replace(microsecond=0)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(now)
        .next_update(now + LASTS)
        .add_extension(x509.CRLNumber(int(clock.now().timestamp() * 1_000_000)), critical=False)
        .add_extension(_key_identifier(issuer), critical=False)
    )
    if issuer is town.intermediate:
        for serial, entry in _revoked(town).items():
            builder = builder.add_revoked_certificate(_entry(int(serial), entry))
    done = builder.sign(issuer.key, hashes.SHA256())
    _replace(_place(town, name), done.public_bytes(serialization.Encoding.DER))


def _entry(serial: int, entry: dict[str, Any]) -> x509.RevokedCertificate:
    return (
        x509.RevokedCertificateBuilder()
        .serial_number(serial)
        .revocation_date(datetime.fromisoformat(entry["at"]))
        .add_extension(x509.CRLReason(REASONS[entry["reason"]]), critical=False)
        .build()
    )


def _key_identifier(issuer: Pair) -> x509.AuthorityKeyIdentifier:
    ski = issuer.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(ski)


def _revoked(town: Authority) -> dict[str, dict[str, Any]]:
    place = town.folder / REVOKED
    known: dict[str, dict[str, Any]] = json.loads(place.read_text()) if place.exists() else {}
    return known


def _holds(place: Path, moment: datetime) -> bool:
    """Whether a list is there, still holds at that moment, and was not issued by a clock that went ahead."""
    if not place.exists():
        return False
    listed = x509.load_der_x509_crl(place.read_bytes())
    ends_at = listed.next_update_utc
    return ends_at is not None and moment < ends_at and listed.last_update_utc <= clock.now()


def _place(town: Authority, issuer: str) -> Path:
    return town.folder / f"{issuer}.crl"


@contextmanager
def _guard(town: Authority) -> Iterator[None]:
    """One writer at a time, among all processes of the town."""
    with (town.folder / "revocation.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        yield


def _replace(place: Path, content: bytes) -> None:
    handle, draft = tempfile.mkstemp(dir=place.parent, prefix=".draft-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(place)

"""Certificates that officers sign with: put on record, closed, and asked for."""

from __future__ import annotations

import base64
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.db.models import QuerySet
from django.views.decorators.debug import sensitive_variables

from balai import audit
from balai.documents.models import Credential
from balai.documents.signing.demo import DemoSigner
from balai.documents.signing.demo_ca import authority as demo
from balai.documents.signing.demo_ca import revocation
from balai.documents.signing.demo_ca.certificates import DEMO_MARK
from balai.documents.signing.errors import (
    CertificateUnfit,
    NameDiffers,
    PassphraseTooShort,
    SignerUnknown,
)
from balai.documents.signing.keys import algorithm_of, open_p12, validity
from balai.documents.signing.local import refuse_outside
from balai.documents.signing.registry import signer_of
from balai.kernel.names import bare_name
from balai.kernel.references import SYSTEM, Actor
from balai.people.models import Officer
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction

SHORTEST_PASSPHRASE = 8


def open_credential(officer: Officer) -> Credential | None:
    """The certificate that the officer signs with now, or None; it may have ended (`ends_at`).

    A demo certificate is none in production.
    """
    found = Credential.objects.filter(officer=officer, closed_at=None).first()
    if found is None:
        return None
    try:
        signer_of(found.signer)
    except SignerUnknown:
        return None
    return found


def credentials_ending_before(moment: datetime) -> QuerySet[Credential]:
    """Open certificates that end before `moment`, soonest first, with their officers."""
    rows = Credential.objects.filter(closed_at=None, ends_at__lt=moment)
    return rows.select_related("officer__account").order_by("ends_at", "pk")


@sensitive_variables("p12", "passphrase", "held")
def enrol(
    *, by: Actor, officer: Officer, signer: str, p12: bytes, passphrase: str, is_same_person: bool = False
) -> Credential:
    """Put a PKCS#12 file on record as the officer's certificate; an earlier one is closed.

    The file stays under its passphrase, which is not kept, and is sealed on top of that. Raises
    SignerUnknown, PassphraseTooShort, PassphraseWrong, CertificateUnfit, CertificateEnded, CertificateNotYet,
    and NameDiffers when its name is not the officer's, unless somebody says that it is the same person.
    """
    signer_of(signer)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort(shortest=SHORTEST_PASSPHRASE)
    held = open_p12(p12, passphrase)
    refuse_outside(*validity(held.certificate))
    if settings.BALAI.mode == "production" and DEMO_MARK in held.certificate.issuer.rfc4514_string():
        raise CertificateUnfit(why=DEMO_MARK)
    if not is_same_person:
        _refuse_another_name(held.certificate, officer)
    row = _row(officer, signer, held.certificate, base64.b64encode(p12).decode())
    return _kept(by=by, row=row)


def _refuse_another_name(certificate: x509.Certificate, officer: Officer) -> None:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    found = " ".join(str(each.value) for each in names)
    if bare_name(found.replace(f"({DEMO_MARK})", "")) != bare_name(officer.name):
        raise NameDiffers(certificate=found or "-", officer=officer.name)


def _row(officer: Officer, signer: str, certificate: x509.Certificate, secret: str) -> Credential:
    starts_at, ends_at = validity(certificate)
    return Credential(
        officer=officer,
        signer=signer,
        subject_name=certificate.subject.rfc4514_string()[:300],
        serial=f"{certificate.serial_number:x}",
        algorithm=algorithm_of(certificate),
        certificate=certificate.public_bytes(Encoding.PEM).decode(),
        secret=secret,
        starts_at=starts_at,
        ends_at=ends_at,
        created_at=clock.now(),
    )


@write_transaction(locks="officer")
def _kept(*, by: Actor, row: Credential) -> Credential:
    officer = lock(row.officer)
    Credential.objects.filter(officer=officer, closed_at=None).update(closed_at=clock.now())
    row.save(force_insert=True)
    data = {"serial": row.serial, "signer": row.signer, "ends_at": row.ends_at.isoformat()}
    audit.record("documents.credential_enrolled", by=by, about=row.as_subject(), data=data)
    return row


@write_transaction(locks="officer")
def close(*, by: Actor, credential: Credential, reason: str = "") -> Credential:
    """Sign no more with this certificate; again is no error. Letters signed with it stay valid.

    `reason` is for the journal. The certificate itself is revoked by who issued it: for a demo certificate
    see `revoke_demo`.
    """
    lock(credential.officer)
    fresh = Credential.objects.get(pk=credential.pk)
    if fresh.closed_at is None:
        fresh.closed_at = clock.now()
        fresh.save(update_fields=["closed_at"])
        audit.record("documents.credential_closed", by=by, about=fresh.as_subject(), note=reason)
    return fresh


@sensitive_variables("passphrase", "p12")
def make_demo(*, officer: Officer, passphrase: str) -> Credential:
    """A certificate of the demo authority on P-256, valid two years, marked UJI COBA.

    Raises SignerUnknown in production.
    """
    p12 = demo.make_p12(demo.officer_name(officer.name, officer.title), passphrase)
    return enrol(
        by=SYSTEM,
        officer=officer,
        signer=DemoSigner.code,
        p12=p12,
        passphrase=passphrase,
        is_same_person=True,
    )


def revoke_demo(*, by: Actor, credential: Credential, reason: str = "key_compromise") -> Credential:
    """Close a demo certificate and put it on the revocation list at once.

    `reason` is one of `demo_ca.revocation.REASONS`. Raises SignerUnknown for another authority's.
    """
    if credential.signer != DemoSigner.code:
        raise SignerUnknown(signer=credential.signer)
    closed = close(by=by, credential=credential, reason=reason)
    revocation.revoke(int(credential.serial, 16), reason=reason)
    return closed

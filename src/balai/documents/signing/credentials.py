"""Certificates that officers sign with: put on record, closed, and asked for."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from balai.documents.models import Credential
from balai.kernel.references import Actor
from balai.people.models import Officer


def open_credential(officer: Officer) -> Credential | None:
    """The certificate that the officer signs with now, or None; it may have ended (`ends_at`)."""
    return Credential.objects.filter(officer=officer, closed_at=None).first()


def credentials_ending_before(moment: datetime) -> QuerySet[Credential]:
    """Open certificates that end before `moment`, soonest first, with their officers."""
    rows = Credential.objects.filter(closed_at=None, ends_at__lt=moment)
    return rows.select_related("officer__account").order_by("ends_at")


def enrol(*, by: Actor, officer: Officer, signer: str, p12: bytes, passphrase: str) -> Credential:
    """Put a PKCS#12 file on record as the officer's certificate; an earlier one is closed."""
    raise NotImplementedError


def close(*, by: Actor, credential: Credential) -> Credential:
    """Sign no more with this certificate; again is no error."""
    raise NotImplementedError


def make_demo(*, officer: Officer, passphrase: str) -> Credential:
    """A certificate of the demo authority, valid two years, marked UJI COBA."""
    raise NotImplementedError

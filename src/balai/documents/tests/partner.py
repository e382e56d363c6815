"""A signer as a bad day has it: busy, slow to answer, answers lost. It speaks the real interface."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from typing import Any

from balai.documents import live
from balai.documents.actions import TurnPlan
from balai.documents.models import Credential, Letter
from balai.documents.permissions import INITIAL, READ_BOOK, REVOKE, SIGN
from balai.documents.signing.registry import (
    OpenedKey,
    PassphraseWrong,
    Signer,
    SignerBusy,
    SignerRefused,
    SignerUnsure,
    SignOrder,
    register,
    signer_of,
)
from balai.documents.tests import samples
from balai.people.models import Officer
from balai.people.tests.factories import make_officer
from balai.runtime import clock

CODE = "test-partner"
PASSPHRASE = "padi-menguning-1"
QUICK = live.Patience(first_seconds=0.0, longest_seconds=0.0, tries=4)


class PartnerKey(OpenedKey):
    """Open until it is closed."""

    __slots__ = ("is_open",)

    def __init__(self) -> None:
        self.is_open = True

    def close(self) -> None:
        self.is_open = False


@register(CODE)
class Partner(Signer):
    """Answers as `faults` says, one word a call ("busy", "lost", "refused", ""), and well afterwards."""

    label = "Mitra uji"

    def __init__(self) -> None:
        self.faults: Iterator[str] = iter(())
        self.asked: list[tuple[str, str]] = []
        self.keys: list[PartnerKey] = []
        self.when_asked: Callable[[str, bytes], None] = lambda reason, pdf: None

    def unlock(self, credential: Credential, passphrase: str) -> OpenedKey:
        if passphrase != PASSPHRASE:
            raise PassphraseWrong()
        self.keys.append(PartnerKey())
        return self.keys[-1]

    def sign(self, opened: OpenedKey, pdf: bytes, order: SignOrder) -> bytes:
        assert isinstance(opened, PartnerKey)
        assert opened.is_open
        self.asked.append((order.reason, sha256(pdf).hexdigest()))
        self.when_asked(order.reason, pdf)
        fault = next(self.faults, "")
        if fault == "busy":
            raise SignerBusy("timeout")
        if fault == "lost":
            raise SignerUnsure("answer_lost")
        if fault == "refused":
            raise SignerRefused("pdf_unreadable")
        return pdf + f"\n% {order.field_name} {order.name}\n".encode()


def partner(faults: Iterable[str] = ()) -> Partner:
    """The one signer of this code, with a fresh memory."""
    found = signer_of(CODE)
    assert isinstance(found, Partner)
    found.faults, found.asked, found.keys = iter(faults), [], []
    return found


@contextmanager
def signing_here(patience: live.Patience = QUICK) -> Iterator[None]:
    """Batches are signed before `begin_batch` returns, and nobody waits between tries."""

    def run(batch: live.LiveBatch) -> None:
        batch.patience = patience
        batch.run()

    with live.started_by(run):
        yield


def secretary(office_code: str = samples.VILLAGE) -> Officer:
    """Who initials."""
    return make_officer(office_code=office_code, permissions=[INITIAL, READ_BOOK], name="Rahayu Lestari")


def head(*, certificate: bool = True, office_code: str = samples.VILLAGE, name: str = "Bambang") -> Officer:
    """Who signs."""
    officer = make_officer(office_code=office_code, permissions=[SIGN, REVOKE, READ_BOOK], name=name)
    if certificate:
        give_certificate(officer)
    return officer


def give_certificate(officer: Officer) -> Credential:
    """A certificate that this partner signs with."""
    now = clock.now()
    return Credential.objects.create(
        officer=officer,
        signer=CODE,
        subject_name=officer.name,
        serial="1f",
        algorithm="test",
        certificate="",
        starts_at=now,
        ends_at=now + timedelta(days=700),
        created_at=now,
    )


TO_INITIAL = TurnPlan("initial", samples.VILLAGE, "Sekretaris Desa")
TO_SIGN = TurnPlan("sign", samples.VILLAGE, "Kepala Desa Sawentar")


def ask_certified(*turns: TurnPlan, **changes: Any) -> Letter:
    """Ask for a letter to be signed with a certificate; by the head alone when nothing else is said."""
    return samples.ask(signature="certified", turns=turns or (TO_SIGN,), **changes)

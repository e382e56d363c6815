"""Who can sign a letter: one class for each way, found by its code.

    signer = signer_of(credential.signer)
    with closing(signer.unlock(credential, passphrase)) as opened:
        signed = signer.sign(opened, pdf, order)

The passphrase lives for the length of `unlock`, the opened key until `close()`, both in the memory of one
process only: neither is stored, logged, journalled, or put into a job or a session.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal, TypeVar

from django.conf import settings

from balai.documents.signing.errors import (
    PassphraseWrong,
    SignerBusy,
    SignerRefused,
    SignerUnknown,
    SignerUnsure,
    refuse_to_pickle,
)

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from balai.documents.models import Credential

__all__ = (
    "LEVELS",
    "Level",
    "Mark",
    "OpenedKey",
    "PassphraseWrong",
    "SignOrder",
    "Signer",
    "SignerBusy",
    "SignerRefused",
    "SignerUnknown",
    "SignerUnsure",
    "codes",
    "register",
    "signer_of",
)

Level = Literal["b-b", "b-t", "b-lta"]
LEVELS: tuple[Level, ...] = ("b-b", "b-t", "b-lta")


@dataclass(frozen=True)
class Mark:
    """The visible sign of a signature on a page.

    `page` counts from 1, -1 is the last; `box` is left, bottom, right, top in points from the lower left
    corner of the page; `lines` are set from top to bottom, as large as fits. A demo signer adds "UJI COBA".
    """

    page: int
    box: tuple[float, float, float, float]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class SignOrder:
    """What is to be signed how. `at` is the instant that the signature claims; a B-T or B-LTA proves it.

    `field_name` is of its own for each signer of a file ("TTE-1", "TTE-2"): signing again under a name that
    is signed already is refused. `name` is the signer as printed, `location` the place, `reason` why.
    """

    field_name: str
    reason: str
    location: str
    name: str
    level: Level
    mark: Mark | None
    at: datetime


class OpenedKey:
    """A key in the memory of this process. Shows nothing of itself, and can be neither copied nor pickled."""

    __slots__ = ()

    def close(self) -> None:
        """Forget the key; signing with it afterwards raises SignerRefused("key_closed")."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __reduce_ex__ = refuse_to_pickle


class Signer(ABC):
    """One way to sign. `is_demo` signers sign with keys that anybody may have, and say so on the letter."""

    code: ClassVar[str] = ""
    label: ClassVar[str | Promise] = ""
    is_demo: ClassVar[bool] = False

    @abstractmethod
    def unlock(self, credential: Credential, passphrase: str) -> OpenedKey:
        """Open the key once for many letters.

        Raises PassphraseWrong, or CertificateEnded and CertificateNotYet for one that is not valid now; all
        are sentences for the officer.
        """

    @abstractmethod
    def sign(self, opened: OpenedKey, pdf: bytes, order: SignOrder) -> bytes:
        """The PDF with one more signature, appended: what was there stays byte for byte.

        Raises SignerBusy (temporary), SignerUnsure (the answer was lost), SignerRefused (permanent for this
        letter).
        """


Kind = TypeVar("Kind", bound=type[Signer])
_signers: dict[str, Signer] = {}


def register(code: str) -> Callable[[Kind], Kind]:
    """Make a signer known under its code; a code belongs to one class."""

    def keep(kind: Kind) -> Kind:
        known = _signers.get(code)
        if known is not None and type(known).__qualname__ != kind.__qualname__:
            raise ValueError(f"Signer {code} is already registered.")
        kind.code = code
        _signers[code] = kind()
        return kind

    return keep


def signer_of(code: str) -> Signer:
    """The signer with this code; raises SignerUnknown, also for a demo signer in production."""
    signer = _signers.get(code)
    if signer is None or (signer.is_demo and settings.BALAI.mode == "production"):
        raise SignerUnknown(signer=code)
    return signer


def codes() -> tuple[str, ...]:
    """Codes of the signers that this town may use."""
    is_production = settings.BALAI.mode == "production"
    return tuple(code for code, signer in _signers.items() if not (signer.is_demo and is_production))

"""The lives of a number and of a letter, as tables."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices


class NumberState(TextChoices):
    """Reserved for a letter in the making, issued with a published one, or visibly void."""

    RESERVED = "reserved", "Dipesan"
    ISSUED = "issued", "Terpakai"
    VOID = "void", "Batal"


class LetterState(TextChoices):
    """Each step is one short transaction; a job killed between two of them goes on from the last."""

    REQUESTED = "requested", "Diminta"
    RESERVED = "reserved", "Bernomor"
    RENDERED = "rendered", "Tercetak"
    SIGNED = "signed", "Bertanda tangan"
    PUBLISHED = "published", "Terbit"
    VOID = "void", "Batal"


MOVES: dict[LetterState, frozenset[LetterState]] = {
    LetterState.REQUESTED: frozenset({LetterState.RESERVED, LetterState.VOID}),
    LetterState.RESERVED: frozenset({LetterState.RENDERED, LetterState.SIGNED, LetterState.VOID}),
    LetterState.RENDERED: frozenset({LetterState.SIGNED, LetterState.PUBLISHED, LetterState.VOID}),
    LetterState.SIGNED: frozenset({LetterState.PUBLISHED, LetterState.VOID}),
    LetterState.PUBLISHED: frozenset(),
    LetterState.VOID: frozenset(),
}
IN_THE_MAKING = frozenset(
    {LetterState.REQUESTED, LetterState.RESERVED, LetterState.RENDERED, LetterState.SIGNED}
)


class SignatureKind(TextChoices):
    """How a letter becomes valid (PP 71/2019: only a certificate of a PSrE makes a signature certified)."""

    WET = "wet", "Tanda tangan basah"
    CERTIFIED = "certified", "Tanda tangan elektronik"


class TurnKind(TextChoices):
    """An initial says "read and found right" inside the house; a signature makes the letter valid."""

    INITIAL = "initial", "Paraf"
    SIGN = "sign", "Tanda tangan"


class TurnState(TextChoices):
    """AHEAD until the turns before it are taken; OPEN in the tray; QUEUED in a batch; then over."""

    AHEAD = "ahead", "Belum giliran"
    OPEN = "open", "Menunggu"
    QUEUED = "queued", "Sedang ditandatangani"
    TAKEN = "taken", "Selesai"
    REFUSED = "refused", "Ditolak"
    CANCELLED = "cancelled", "Dibatalkan"


class BatchState(TextChoices):
    """See `models.signing.SigningBatch`."""

    LIVE = "live", "Berjalan"
    WAITING = "waiting", "Menunggu dibuka lagi"
    DONE = "done", "Selesai"


class News(StrEnum):
    """What the package that asked for a letter is told about it (`documents.owners`)."""

    INITIALLED = "initialled"
    REFUSED = "refused"
    PUBLISHED = "published"
    REVOKED = "revoked"
    VOIDED = "voided"

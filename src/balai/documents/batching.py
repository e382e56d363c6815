"""The steps of a signing batch, each one short transaction that asks first whether the lease still holds.

    queued ─ take up (number reserved) ─ rendered, signed and stored outside ─ keep ─ taken, published
             └ temporary fault: stays first in its batch        └ permanent: back to the tray, with its fault

Whoever holds the lease of a batch is the only one who signs its letters. A process that has lost it finds
out here, before it writes anything.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from balai import audit
from balai.documents import production, turning
from balai.documents.enums import BatchState, LetterState, News, TurnState
from balai.documents.models import Credential, Letter, SigningBatch, Turn
from balai.documents.news import announce
from balai.documents.numbering import reserve_or_keep
from balai.documents.signatories import SIGNER_FIELDS, print_signer
from balai.files import actions as files
from balai.files.models import Upload
from balai.kernel.references import SYSTEM
from balai.people.models import Account, Officer
from balai.runtime import clock
from balai.runtime.statements import Statement, by_key, save
from balai.runtime.transaction import lock, write_transaction

LEASE = timedelta(seconds=30)
NOT_ALLOWED = "not_allowed"
PROCESS_LOST = "process_lost"
RELEASED = "released"

_FIRST_QUEUED = Statement(
    Turn, "SELECT id, letter_id FROM {table} WHERE batch_id = %s AND state = 'queued' ORDER BY place", "batch"
)


class LeaseLost(Exception):
    """Another process has the batch now, or it waits for its officer."""


class KeyWithdrawn(Exception):
    """The certificate of the batch was closed: the opened key signs nothing more."""


def new_lease() -> str:
    """A word that only the holder of a batch knows."""
    return secrets.token_hex(16)


def enliven(batch: SigningBatch, *, lease: str, credential: Credential) -> None:
    """From now on the holder of `lease` signs this batch; within the transaction that holds its lock."""
    batch.state, batch.lease, batch.lease_ends_at = BatchState.LIVE, lease, clock.now() + LEASE
    batch.credential, batch.fault = credential, ""
    batch.save(update_fields=["state", "lease", "lease_ends_at", "credential", "fault"])


def hold(batch_id: UUID, lease: str) -> bool:
    """Keep the lease; False when it is lost."""
    held = SigningBatch.objects.filter(pk=batch_id, state=BatchState.LIVE, lease=lease)
    return bool(held.update(lease_ends_at=clock.now() + LEASE))


@write_transaction(locks=("letter", "turn", "signingbatch", "series"))
def take_up(*, batch_id: UUID, lease: str) -> Turn | None:
    """The batch's first turn, with its letter numbered; None when nothing is queued.

    A turn that was cancelled between the looking and the locking, or that its officer may take no more,
    comes back in another state than QUEUED: ask again. From here until its answer is heard the turn is
    `unsure`: whatever ends this process, the same bytes are sent again under the same number. A letter that
    came back with its number is signed by whoever signs it now, and says so. Raises LeaseLost, KeyWithdrawn.
    """
    found = _FIRST_QUEUED.first(batch_id)
    if found is None:
        _held(batch_id, lease)
        return None
    letter = lock(Letter(pk=found[1]))
    turn = lock(Turn(pk=found[0]))
    batch = _with_its_officer(_held(batch_id, lease))
    if turn.state != TurnState.QUEUED:
        return turn
    if batch.credential.closed_at is not None:
        raise KeyWithdrawn
    if not batch.officer.has_permission(turn.permission, turn.office_code):
        _put_back(turn, NOT_ALLOWED)
        return turn
    if letter.state in (LetterState.REQUESTED, LetterState.RESERVED):
        print_signer(letter, by=batch.officer, turn=turn)
        reserve_or_keep(letter, also=SIGNER_FIELDS)
    turn.attempts, turn.unsure = turn.attempts + 1, True
    save(turn, "attempts", "unsure")
    batch.lease_ends_at = clock.now() + LEASE
    save(batch, "lease_ends_at")
    turn.letter, turn.batch = letter, batch
    return turn


def _with_its_officer(batch: SigningBatch) -> SigningBatch:
    """The batch that is held, with its certificate and its officer as they are now."""
    [batch.credential] = by_key(Credential).read(batch.credential_id)
    [batch.officer] = by_key(Officer).read(batch.officer_id)
    [batch.officer.account] = by_key(Account).read(batch.officer_id)
    return batch


def _held(batch_id: UUID, lease: str) -> SigningBatch:
    batch = lock(SigningBatch(pk=batch_id))
    if batch.state != BatchState.LIVE or batch.lease != lease:
        raise LeaseLost
    return batch


@write_transaction(locks=("letter", "turn", "signingbatch", "number"))
def keep_signed(*, turn: Turn, lease: str, upload: Upload) -> Letter:
    """The signed bytes are the letter's; with the last turn it is published. Once, whatever is repeated."""
    letter = lock(turn.letter)
    turn = lock(turn)
    batch = _held(turn.batch_id or UUID(int=0), lease)
    if turn.state != TurnState.QUEUED:
        return letter
    [batch.officer] = by_key(Officer).read(batch.officer_id)
    files.attach(by=SYSTEM, ids=[upload.pk], to=letter.as_subject())
    _replace_file(letter, upload)
    turning.take(turn, by=batch.officer)
    data = {"letter": str(letter.pk), "attempts": turn.attempts}
    audit.record("documents.signed", by=batch.officer.as_actor(), about=letter.owner, data=data)
    if turning.open_next(letter) is not None:
        return letter
    production.publish_locked(letter)
    if letter.is_published:
        announce(letter, News.PUBLISHED)
    return letter


def _replace_file(letter: Letter, upload: Upload) -> None:
    """Every signature makes a new file out of the last; the one before is let go."""
    before = letter.upload_id
    if letter.state == LetterState.SIGNED:
        letter.upload_id = upload.pk
        save(letter, "upload_id")
    else:
        letter.enter(LetterState.SIGNED, upload_id=upload.pk)
    if before is not None and before != upload.pk:
        files.discard(by=SYSTEM, ids=[before], reason="signed again")


@write_transaction(locks=("turn", "signingbatch"))
def note_fault(*, turn: Turn, lease: str, code: str, unsure: bool) -> None:
    """A temporary fault: the turn stays first in its batch."""
    fresh = lock(turn)
    _held(fresh.batch_id or UUID(int=0), lease)
    fresh.fault, fresh.unsure = code, unsure
    fresh.save(update_fields=["fault", "unsure"])


@write_transaction(locks=("turn", "signingbatch"))
def put_back(*, turn: Turn, lease: str, code: str) -> None:
    """A fault of this letter alone: back to the tray with it, so that the others go on."""
    fresh = lock(turn)
    batch = _held(fresh.batch_id or UUID(int=0), lease)
    if fresh.state == TurnState.QUEUED:
        _put_back(fresh, code)
        data = {"letter": str(fresh.letter_id), "fault": code}
        audit.record("documents.not_signed", by=SYSTEM, about=batch.as_subject(), data=data)


def _put_back(turn: Turn, code: str) -> None:
    turn.state, turn.place, turn.fault, turn.unsure = TurnState.OPEN, None, code, False
    turn.save(update_fields=["state", "place", "fault", "unsure"])


@write_transaction(locks="signingbatch")
def finish(*, batch_id: UUID, lease: str) -> bool:
    """Nothing is left, the batch is done; False when a letter was added in the meantime."""
    batch = _held(batch_id, lease)
    if Turn.objects.filter(batch=batch, state=TurnState.QUEUED).exists():
        return False
    end(batch)
    return True


def end(batch: SigningBatch) -> None:
    """The batch is over; called within the transaction that holds its lock."""
    batch.state, batch.finished_at = BatchState.DONE, clock.now()
    batch.lease, batch.lease_ends_at = "", None
    batch.save(update_fields=["state", "finished_at", "lease", "lease_ends_at"])


@write_transaction(locks="signingbatch")
def lay_down(*, batch_id: UUID, lease: str, fault: str) -> None:
    """Give the batch up until its officer opens the key again; nothing happens to one that was lost."""
    batch = lock(SigningBatch(pk=batch_id))
    if batch.state == BatchState.LIVE and batch.lease == lease:
        _wait(batch, fault)


@write_transaction(locks="signingbatch")
def let_lapsed_wait() -> int:
    """Batches whose process is gone wait for their officers; returns how many."""
    lapsed = SigningBatch.objects.filter(state=BatchState.LIVE, lease_ends_at__lt=clock.now())
    rows = [batch for batch in lock(lapsed) if batch.state == BatchState.LIVE]
    for batch in rows:
        _wait(batch, PROCESS_LOST)
    return len(rows)


def _wait(batch: SigningBatch, fault: str) -> None:
    batch.state, batch.lease, batch.lease_ends_at, batch.fault = BatchState.WAITING, "", None, fault
    batch.save(update_fields=["state", "lease", "lease_ends_at", "fault"])
    audit.record("documents.batch_waits", by=SYSTEM, about=batch.as_subject(), data={"fault": fault})

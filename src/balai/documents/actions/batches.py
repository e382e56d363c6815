"""Signing several letters with one passphrase: begin, go on after a loss, let go.

The passphrase and the opened key stay in this process: they are arguments and variables here, and nothing
else. What is stored is which letters, in which order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.views.decorators.debug import sensitive_variables

from balai import audit
from balai.documents import batching, live, turning
from balai.documents.enums import BatchState, SignatureKind, TurnKind, TurnState
from balai.documents.errors import (
    BatchOver,
    NoCertificate,
    NothingChosen,
    NotYourTurn,
    ToBeSignedInInk,
    TooManyAtOnce,
)
from balai.documents.models import Credential, Letter, SigningBatch, Turn
from balai.documents.permissions import REVOKE
from balai.documents.signing.credentials import open_credential
from balai.documents.signing.registry import OpenedKey, Signer, signer_of
from balai.people.models import Officer
from balai.runtime import clock, ratelimit
from balai.runtime.errors import Forbidden
from balai.runtime.transaction import lock, write_transaction

MOST_LETTERS = 200
TRIES, TRY_SECONDS = 8, 15 * 60
_BUCKET = "documents.passphrase"


@dataclass(frozen=True)
class _Key:
    """An opened key with the class that signs with it."""

    credential: Credential
    signer: Signer
    opened: OpenedKey


@sensitive_variables("passphrase")
def begin_batch(*, by: Officer, turns: Sequence[Turn], passphrase: str) -> SigningBatch:
    """Sign these letters in this order, after those of the officer's batch that are not signed yet.

    Returns at once; a thread of this process signs. Raises NothingChosen, TooManyAtOnce, NoCertificate,
    PassphraseWrong (and what else `Signer.unlock` raises), TooMany after too many wrong ones, NotYourTurn,
    TurnOver and ToBeSignedInInk when one of the letters is not the officer's to sign so now; then none is.
    """
    if not turns:
        raise NothingChosen()
    if len(turns) > MOST_LETTERS:
        raise TooManyAtOnce(most=MOST_LETTERS)
    key = _unlocked(by, passphrase)
    lease = batching.new_lease()
    try:
        batch, is_ours = _queue(by=by, turns=turns, credential=key.credential, lease=lease)
    except BaseException:
        key.opened.close()
        raise
    _start(batch, key, lease if is_ours else "")
    return batch


@sensitive_variables("passphrase")
def resume(*, by: Officer, passphrase: str) -> SigningBatch:
    """Go on with the batch that waits, where it stopped. Raises BatchOver, and as begin_batch for the key."""
    if not SigningBatch.objects.filter(officer=by).exclude(state=BatchState.DONE).exists():
        raise BatchOver()
    key = _unlocked(by, passphrase)
    lease = batching.new_lease()
    try:
        batch, is_ours = _reopen(by=by, credential=key.credential, lease=lease)
    except BaseException:
        key.opened.close()
        raise
    _start(batch, key, lease if is_ours else "")
    return batch


@write_transaction(locks=("officer", "turn", "signingbatch"))
def release(*, by: Officer) -> SigningBatch:
    """Put what a waiting batch has not signed back into the tray. Raises BatchOver when none waits.

    A letter whose signature may exist already keeps its number; signing it again sends the same bytes.
    """
    lock(by)
    waiting = SigningBatch.objects.filter(officer=by).exclude(state=BatchState.DONE).first()
    if waiting is None:
        raise BatchOver()
    queued = lock(Turn.objects.filter(batch=waiting, state=TurnState.QUEUED))
    batch = lock(waiting)
    if not batch.is_waiting:
        raise BatchOver()
    for turn in queued:
        turn.state, turn.place = TurnState.OPEN, None
        turn.save(update_fields=["state", "place"])
    batching.end(batch)
    data = {"letters": len(queued)}
    audit.record("documents.batch_released", by=by.as_actor(), about=batch.as_subject(), data=data)
    return batch


@write_transaction(locks=("officer", "turn", "signingbatch"))
def release_of_another(*, by: Officer, letter: Letter) -> SigningBatch:
    """Put the letters of a batch whose officer does not come back into the tray, so that they can be stopped.

    The batch is the one that `letter` waits in; of it, the letters of offices where `by` may revoke. Its
    officer finds them in the tray, and reads there that they were released. Raises Forbidden, and BatchOver
    when the letter is in no batch that waits: one that is being signed goes on.
    """
    offices = by.office_codes(REVOKE)
    if letter.office_code not in offices:
        raise Forbidden(REVOKE)
    of_letter = SigningBatch.objects.filter(turns__letter=letter, turns__state=TurnState.QUEUED)
    waiting = of_letter.select_related("officer").first()
    if waiting is None:
        raise BatchOver()
    lock(waiting.officer)
    queued = lock(Turn.objects.filter(batch=waiting, state=TurnState.QUEUED))
    batch = lock(waiting)
    hers = set(Letter.objects.filter(turns__in=queued, office_code__in=offices).values_list("pk", flat=True))
    if not batch.is_waiting or letter.pk not in hers:
        raise BatchOver()
    released = [turn for turn in queued if turn.letter_id in hers]
    for turn in released:
        turn.state, turn.place, turn.fault = TurnState.OPEN, None, batching.RELEASED
        turn.save(update_fields=["state", "place", "fault"])
    if len(released) == len(queued):
        batching.end(batch)
    data = {"letters": len(released), "officer": waiting.officer.name}
    audit.record("documents.batch_released", by=by.as_actor(), about=batch.as_subject(), data=data)
    return batch


@sensitive_variables("passphrase")
def _unlocked(officer: Officer, passphrase: str) -> _Key:
    """The officer's key, opened; guesses are counted before anything is tried."""
    credential = open_credential(officer)
    if credential is None:
        raise NoCertificate()
    signer = signer_of(credential.signer)
    ratelimit.hit(_BUCKET, str(officer.pk), limit=TRIES, seconds=TRY_SECONDS)
    opened = signer.unlock(credential, passphrase)
    ratelimit.forgive(_BUCKET, str(officer.pk))
    return _Key(credential, signer, opened)


def _start(batch: SigningBatch, key: _Key, lease: str) -> None:
    """Hand the key to a thread, or forget it when a thread with the same key is at work already."""
    if not lease:
        key.opened.close()
        return
    live.start(live.LiveBatch(batch.pk, lease, key.signer, key.opened))


@write_transaction(locks=("officer", "letter", "turn", "signingbatch"))
def _queue(
    *, by: Officer, turns: Sequence[Turn], credential: Credential, lease: str
) -> tuple[SigningBatch, bool]:
    """The turns in their places; True beside the batch when it is this lease's to sign."""
    lock(by)
    locked = {turn.pk: turn for turn in lock(Turn.objects.filter(pk__in=[turn.pk for turn in turns]))}
    if Letter.objects.filter(turns__in=locked, signature=SignatureKind.WET).exists():
        raise ToBeSignedInInk()
    batch, is_ours = _batch_for(by, credential, lease)
    place = batch.turns.order_by("-place").values_list("place", flat=True).exclude(place=None).first() or 0
    for asked in dict.fromkeys(turn.pk for turn in turns):
        turn = locked.get(asked)
        if turn is None or turn.kind != TurnKind.SIGN:
            raise NotYourTurn()
        turning.require(turn, by=by)
        place += 1
        turn.state, turn.batch, turn.place, turn.fault = TurnState.QUEUED, batch, place, ""
        turn.save(update_fields=["state", "batch", "place", "fault"])
    audit.record(
        "documents.batch_begun",
        by=by.as_actor(),
        about=batch.as_subject(),
        data={"letters": len(locked), "certificate": credential.serial},
    )
    return batch, is_ours


def _batch_for(by: Officer, credential: Credential, lease: str) -> tuple[SigningBatch, bool]:
    """The officer's open batch, taken over when nobody signs it, or a new one."""
    known = SigningBatch.objects.filter(officer=by).exclude(state=BatchState.DONE).first()
    if known is not None:
        batch = lock(known)
        if batch.state == BatchState.LIVE and not batch.is_waiting:
            return batch, False
        if batch.state != BatchState.DONE:
            batching.enliven(batch, lease=lease, credential=credential)
            return batch, True
    now = clock.now()
    made = SigningBatch.objects.create(
        officer=by,
        credential=credential,
        state=BatchState.LIVE,
        lease=lease,
        lease_ends_at=now + batching.LEASE,
        created_at=now,
    )
    return made, True


@write_transaction(locks=("officer", "signingbatch"))
def _reopen(*, by: Officer, credential: Credential, lease: str) -> tuple[SigningBatch, bool]:
    lock(by)
    known = SigningBatch.objects.filter(officer=by).exclude(state=BatchState.DONE).first()
    if known is None:
        raise BatchOver()
    batch = lock(known)
    if batch.state == BatchState.DONE:
        raise BatchOver()
    if not batch.is_waiting:
        return batch, False
    batching.enliven(batch, lease=lease, credential=credential)
    audit.record("documents.batch_resumed", by=by.as_actor(), about=batch.as_subject())
    return batch, True

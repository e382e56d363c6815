"""Signing a batch with an opened key: a thread of the web process that the passphrase was typed into.

The key lives in this thread alone. Nothing of the work does: which letters, in which order, how far, is in
the database, so whatever ends this process ends only the key, and the batch goes on, in order, when its
officer opens it again. Why this is no job: docs/decisions/0008-signing-batches.md.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from balai.documents import batching, production, rendering
from balai.documents.batching import KeyWithdrawn, LeaseLost
from balai.documents.enums import TurnState
from balai.documents.errors import RenderFailed
from balai.documents.models import Turn
from balai.documents.signing.registry import (
    OpenedKey,
    Signer,
    SignerBusy,
    SignerRefused,
    SignerUnsure,
)

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")

SIGNER_DOWN = "signer_down"
STOPPED = "stopped"
BROKEN = "broken"
RENDER = "render"
KEY_WITHDRAWN = "key_withdrawn"


@dataclass(frozen=True)
class Patience:
    """How long a signer that is down is waited for, with the key open: seconds between tries, and tries.

    A step that the database refuses for a moment (SQLite busy, a deadlock, a connection that broke) is tried
    `database_tries` times with the same pauses.
    """

    first_seconds: float = 0.5
    longest_seconds: float = 15.0
    tries: int = 12
    database_tries: int = 4

    def pause_after(self, failures: int) -> float:
        """0.5 s, 1 s, 2 s, … up to the longest."""
        return min(self.longest_seconds, self.first_seconds * 2 ** min(failures - 1, 16))


PATIENCE = Patience()


class LiveBatch:
    """One batch in the hands of one thread."""

    def __init__(
        self, batch_id: UUID, lease: str, signer: Signer, opened: OpenedKey, patience: Patience = PATIENCE
    ) -> None:
        self.batch_id = batch_id
        self._lease = lease
        self._signer = signer
        self._opened = opened
        self.patience = patience
        self._stop = threading.Event()
        self._set: tuple[UUID, rendering.SetLetter] | None = None
        self._failures = 0

    def stop(self) -> None:
        """End after the letter in hand; the batch then waits for its officer."""
        self._stop.set()

    def run(self) -> None:
        """Sign until nothing is left, the lease is lost, or the signer is down for too long."""
        try:
            self._run_to_an_end()
        except LeaseLost:
            log.warning("batch %s lost its lease; this process signs it no more", self.batch_id)
        except KeyWithdrawn:
            self._lay_down(KEY_WITHDRAWN)
        except (DatabaseError, InterfaceError):
            log.exception("batch %s lost the database; its lease lapses and it waits", self.batch_id)
        except Exception:
            log.exception("batch %s broke off", self.batch_id)
            self._lay_down(BROKEN)
        finally:
            self._opened.close()

    def _run_to_an_end(self) -> None:
        while not self._stop.is_set():
            turn = self._insist(batching.take_up, batch_id=self.batch_id, lease=self._lease)
            if turn is None:
                if self._insist(batching.finish, batch_id=self.batch_id, lease=self._lease):
                    return
            elif turn.state == TurnState.QUEUED and not self._sign(turn):
                self._lay_down(SIGNER_DOWN)
                return
        self._lay_down(STOPPED)

    def _lay_down(self, fault: str) -> None:
        self._insist(batching.lay_down, batch_id=self.batch_id, lease=self._lease, fault=fault)

    def _insist(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """One step, again when the database refused it for a moment: the open key is worth the wait.

        Every step may be repeated: it asks first what is done already.
        """
        failures = 0
        while True:
            try:
                return step(*args, **kwargs)
            except (OperationalError, InterfaceError):
                failures += 1
                if failures >= self.patience.database_tries:
                    raise
                log.warning("batch %s: the database refused a step", self.batch_id, exc_info=True)
                connection.close_if_unusable_or_obsolete()
                self._stop.wait(self.patience.pause_after(failures))

    def _sign(self, turn: Turn) -> bool:
        """One try at one letter; False when the signer has failed too often."""
        try:
            letter = self._letter_of(turn)
            order = rendering.sign_order(turn, letter.rooms)
            signed = self._signer.sign(self._opened, letter.pdf, order)
        except SignerBusy as fault:
            return self._wait_after(turn, fault.code, unsure=False)
        except SignerUnsure as fault:
            return self._wait_after(turn, fault.code, unsure=True)
        except SignerRefused as fault:
            self._insist(batching.put_back, turn=turn, lease=self._lease, code=fault.code)
        except RenderFailed as fault:
            log.error("letter %s cannot be set: %s", turn.letter_id, fault)
            self._insist(batching.put_back, turn=turn, lease=self._lease, code=RENDER)
        else:
            upload = self._insist(production.store_pdf, turn.letter, signed)
            self._insist(batching.keep_signed, turn=turn, lease=self._lease, upload=upload)
        self._failures = 0
        return True

    def _letter_of(self, turn: Turn) -> rendering.SetLetter:
        """What is to be signed: the same bytes at every try."""
        if self._set is None or self._set[0] != turn.pk:
            self._set = (turn.pk, production.unsigned_or_last(turn.letter))
        return self._set[1]

    def _wait_after(self, turn: Turn, code: str, *, unsure: bool) -> bool:
        self._insist(batching.note_fault, turn=turn, lease=self._lease, code=code, unsure=unsure)
        self._failures += 1
        if self._failures >= self.patience.tries:
            return False
        self._stop.wait(self.patience.pause_after(self._failures))
        return True

    def beat(self, ended: threading.Event) -> None:
        """Hold the lease while a slow signer is waited for; in a thread of its own, until `ended`."""
        while not ended.wait(batching.LEASE.total_seconds() / 3):
            try:
                if not batching.hold(self.batch_id, self._lease):
                    return
            except (DatabaseError, InterfaceError):
                log.warning("lease of batch %s could not be prolonged", self.batch_id, exc_info=True)
            finally:
                connection.close()


Starter = Callable[[LiveBatch], None]
_running: dict[LiveBatch, threading.Thread] = {}
_guard = threading.Lock()


def _in_a_thread(batch: LiveBatch) -> None:
    thread = threading.Thread(target=_run_with_heart, args=(batch,), name="signing", daemon=True)
    with _guard:
        _running[batch] = thread
    thread.start()


def _run_with_heart(batch: LiveBatch) -> None:
    ended = threading.Event()
    heart = threading.Thread(target=batch.beat, args=(ended,), name="signing-heart", daemon=True)
    heart.start()
    try:
        batch.run()
    finally:
        ended.set()
        connection.close()
        with _guard:
            _running.pop(batch, None)


_starter: Starter = _in_a_thread


def start(batch: LiveBatch) -> None:
    """Sign this batch from now on, beside whatever else this process does."""
    _starter(batch)


@contextmanager
def started_by(starter: Starter) -> Iterator[None]:
    """Let `starter` run batches instead of a thread: `started_by(LiveBatch.run)` for commands and tests."""
    global _starter
    before, _starter = _starter, starter
    try:
        yield
    finally:
        _starter = before


def end_all(seconds: float = 5.0) -> None:
    """Before this process ends: finish the letters in hand, let the batches wait, forget the keys."""
    with _guard:
        running = list(_running.items())
    for batch, _thread in running:
        batch.stop()
    for _batch, thread in running:
        thread.join(seconds)

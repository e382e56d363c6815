"""The same envelope twice is one deed: the key is taken in the transaction of the deed itself.

A second sender of the same key waits at the unique index until the first commits or fails (on SQLite:
until the one writer is done), then is told what the first made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection
from django.db.transaction import TransactionManagementError

from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.runtime import clock
from balai.runtime.transaction import write_transaction
from balai.sync.errors import KeyReused, KeyUnfinished
from balai.sync.models import IdempotencyKey

KEPT_FOR = timedelta(days=400)  # longer than a phone may hold an envelope (kernel.uuid7.CLIENT_MAY_WAIT)


@dataclass(frozen=True)
class Earlier:
    """An envelope with this key was acted upon before; `result` is what came of it."""

    result: Subject


def once(*, owner: Subject, kind: str, key: str, fingerprint: str = "") -> Earlier | None:
    """Take the key for this transaction: None means "do it, then call finish"; Earlier means "done before".

    Call it first inside the write transaction of the deed. `key` is any text the client chose;
    `fingerprint` (hex of a hash over the content, optional) tells a true repeat from a key used twice:
    KeyReused is raised when both are known and differ. An error in the deed rolls the key back, so the
    client may try again with the same key.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("once() belongs inside the write transaction of the deed")
    moment = clock.now()
    row = IdempotencyKey(
        id=uuid7(),
        **_where(owner, kind, key),
        fingerprint=fingerprint,
        created_at=moment,
        expires_at=moment + KEPT_FOR,
    )
    IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)
    kept = IdempotencyKey.objects.get(**_where(owner, kind, key))
    return None if kept.pk == row.pk else _earlier(kept, fingerprint)


def finish(*, owner: Subject, kind: str, key: str, result: Subject) -> None:
    """Say what the deed made; the last thing before its transaction ends."""
    open_key = IdempotencyKey.objects.filter(**_where(owner, kind, key), result_label="")
    if open_key.update(result_label=result.label, result_id=result.id) != 1:
        raise KeyUnfinished(f"finish() without once(), or twice: {kind}")


@write_transaction
def expire_keys(*, moment: datetime) -> int:
    """Forget keys that no phone can hold any more; returns how many."""
    return IdempotencyKey.objects.filter(expires_at__lte=moment).delete()[0]


def _earlier(kept: IdempotencyKey, fingerprint: str) -> Earlier:
    if kept.fingerprint and fingerprint and kept.fingerprint != fingerprint:
        raise KeyReused()
    if kept.result is None:
        raise KeyUnfinished(f"{kept.kind} was taken at {kept.created_at} and never finished")
    return Earlier(kept.result)


def _where(owner: Subject, kind: str, key: str) -> dict[str, str]:
    return {
        "owner_label": owner.label,
        "owner_id": owner.id,
        "kind": kind,
        "key_hash": sha256(key.encode("utf-8", "surrogatepass")).hexdigest(),
    }

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
from balai.runtime import clock
from balai.runtime.transaction import write_transaction
from balai.sync.errors import KeyReused, KeyUnfinished
from balai.sync.models import IdempotencyKey

KEPT_FOR = timedelta(days=400)  # longer than a phone may hold an envelope (kernel.uuid7.CLIENT_MAY_WAIT)
_OWN = ("owner_label", "owner_id", "kind", "key_hash")
_COLUMNS = ("id", *_OWN, "fingerprint", "result_label", "result_id", "created_at", "expires_at")
# Says by itself whether the key was free; the ORM would need a second statement to find out.
_TAKE = f"""
INSERT INTO {IdempotencyKey._meta.db_table} ({", ".join(_COLUMNS)})
VALUES ({", ".join(["%s"] * len(_COLUMNS))})
ON CONFLICT ({", ".join(_OWN)}) DO NOTHING
RETURNING kind
"""  # noqa: S608 (names of our own table)


@dataclass(frozen=True)
class Earlier:
    """An envelope with this key was acted upon before; `result` is what came of it."""

    result: Subject


def once(
    *, owner: Subject, kind: str, key: str, fingerprint: str = "", result: Subject | None = None
) -> Earlier | None:
    """Take the key for this transaction: None means "do it, then call finish"; Earlier means "done before".

    A deed that knows beforehand what it will make (a client-made id) says so in `result`, and has no finish.

    Call it first inside the write transaction of the deed. `key` is any text the client chose;
    `fingerprint` (hex of a hash over the content, optional) tells a true repeat from a key used twice:
    KeyReused is raised when both are known and differ. An error in the deed rolls the key back, so the
    client may try again with the same key.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("once() belongs inside the write transaction of the deed")
    where = _where(owner, kind, key)
    if _take(where, fingerprint, result):
        return None
    return _earlier(IdempotencyKey.objects.get(**where), fingerprint)


def _take(where: dict[str, str], fingerprint: str, result: Subject | None) -> bool:
    """True when the key was free and is ours now."""
    moment = clock.now()
    row = IdempotencyKey(
        **where,
        fingerprint=fingerprint,
        result_label=result.label if result else "",
        result_id=result.id if result else "",
        created_at=moment,
        expires_at=moment + KEPT_FOR,
    )
    by_name = {field.name: field for field in IdempotencyKey._meta.concrete_fields}
    values = [by_name[name].get_db_prep_save(getattr(row, name), connection) for name in _COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        return cursor.fetchone() is not None


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

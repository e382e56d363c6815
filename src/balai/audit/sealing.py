"""The arithmetic of the seal: what is hashed, in which form, and how one batch hangs on the one before.

Each entry gives a leaf: 8 bytes of its id and the SHA-256 of its canonical text. A batch packs its leaves;
its head is the SHA-256 of the head before, the batch's number, instant, count, running total and leaves;
the head is signed with HMAC-SHA-256 under the journal key, which lies outside the database. Whoever
changes a row must change the leaf, the head, all heads after it, and cannot make the signatures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from balai.audit.models import Batch, Entry

FIRST_HEAD = "0" * 64
ID_BYTES = 8
LEAF_BYTES = ID_BYTES + hashlib.sha256().digest_size


@dataclass(frozen=True)
class Leaf:
    """One entry as the batch remembers it."""

    entry_id: int
    digest: bytes

    def packed(self) -> bytes:
        """Forty bytes."""
        return self.entry_id.to_bytes(ID_BYTES, "big") + self.digest


def canonical_instant(at: datetime) -> str:
    """Microseconds in UTC, the same text whichever database returned it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def leaf_of(entry: Entry) -> Leaf:
    """The leaf of an entry as it stands now."""
    row = [
        entry.pk,
        canonical_instant(entry.at),
        entry.event,
        entry.by_kind,
        entry.by_id,
        entry.by_name,
        entry.about_label,
        entry.about_id,
        entry.note,
        entry.data,
    ]
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return Leaf(entry.pk, hashlib.sha256(text.encode()).digest())


def unpacked(leaves: bytes) -> Iterator[Leaf]:
    """The leaves that a batch packs, in order."""
    for start in range(0, len(leaves), LEAF_BYTES):
        leaf = leaves[start : start + LEAF_BYTES]
        yield Leaf(int.from_bytes(leaf[:ID_BYTES], "big"), leaf[ID_BYTES:])


def head_of(batch: Batch) -> str:
    """The head that a batch's content makes: 64 hexadecimal characters."""
    facts = [batch.previous_head, batch.number, canonical_instant(batch.sealed_at), batch.count, batch.total]
    text = json.dumps(facts, separators=(",", ":"))
    return hashlib.sha256(text.encode() + b"\n" + bytes(batch.leaves)).hexdigest()
